import type { Client } from '@temporalio/client';
import { readFileSync } from 'node:fs';
import PostalMime from 'postal-mime';
import { startPlan } from '../../client/start-plan';
import { readDirectory } from '../../config/directory';
import { planToYaml, readPlan } from '../../config/read-plan';
import { realClock } from '../../contracts/clock';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { live } from '../../domain/life';
import { instantAt, MINUTE_MS } from '../../domain/time';
import { loadCalendarYears } from '../../ledger/calendar';
import { commitBatch } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { readPlanFile } from '../../ledger/plans';
import { readSeeds } from '../../ledger/tasks';
import { type Desk, desk } from '../support/delivery';
import { onEachEngine } from '../support/ledger';

const AT = instantAt('2018-10-22', 8 * 60);
const SECRET = 'CN18-09';
const EXAMPLE = 'ke-hoach-25-ctr-thai-binh.txt';
const { directory } = readDirectory(readFileSync('examples/thu-muc-thai-binh.yaml', 'utf8'), 'thu-muc');
const read = (name: string, bytes: Uint8Array) => {
  const { plan } = directory === null ? { plan: null } : readPlan({ name, bytes }, { directory, code: 'CN18' });
  if (plan === null) throw new Error(`${name} has errors`);
  return plan;
};
/** The real plan as a person edits it: row 9 is marked, and quoted once more in a comment. */
const example = read(EXAMPLE, readFileSync(`examples/${EXAMPLE}`));
const title = example.tasks.find(({ id }) => id === SECRET)?.title ?? '';
const marked = {
  ...example,
  tasks: example.tasks.map((t) => (t.id === SECRET ? { ...t, confidential: true, group: 'Nhóm việc mật' } : t)),
};
const bytes = Buffer.from(`# ${title}\n${planToYaml(marked)}`);
const plan = read('ke-hoach.yaml', bytes);
const words = [title, title.slice(0, 40), 'Nhóm việc mật'];
const saysNone = (text: string): void => words.forEach((word) => expect(text).not.toContain(word));

onEachEngine((fresh) => {
  let ledger: Ledger;
  let post: Desk;
  let started: unknown[];
  beforeEach(async () => {
    [ledger, started] = [await fresh(), []];
    post = desk(ledger, 'smtp://127.0.0.1:1');
    await loadCalendarYears(ledger, SHIPPED_CALENDAR.years);
    if (directory !== null) await importDirectory(ledger, directory, { replace: true, today: '2018-10-22' });
  });
  afterEach(() => post.mailer.close());

  const start = () => {
    const client = {
      options: { namespace: 'default' },
      connection: {
        operatorService: { listSearchAttributes: async () => ({}), addSearchAttributes: async () => ({}) },
      },
      workflow: { start: async (_type: unknown, options: unknown) => void started.push(options) },
    };
    const to = {
      ledger,
      client: Object.assign(Object.create(null), client) as Client,
      calendar: SHIPPED_CALENDAR,
      clock: realClock(AT),
    };
    return startPlan({ ...to, plan, file: { name: 'ke-hoach.yaml', bytes }, startAt: AT, now: AT });
  };
  /** What the tasks decide on their first day. */
  const firstDay = async (): Promise<void> => {
    for (const seed of (
      await readSeeds(
        ledger,
        plan.tasks.map((t) => t.id),
      )
    ).values()) {
      const { events, notices, views } = live(seed, [], AT);
      const projection = views.at(-1)?.projection;
      if (projection !== undefined) await commitBatch(ledger, { task: seed.id, events, notices, projection, now: AT });
    }
  };
  const attached = async () => {
    await post.freeze({ now: AT + 10 * MINUTE_MS });
    const bodies = await ledger.selectFrom('body').select('content').execute();
    const mails = await Promise.all(bodies.map(({ content }) => PostalMime.parse(content)));
    return {
      mails,
      files: mails
        .flatMap((m) => m.attachments)
        .filter((a) => a.filename === 'ke-hoach.yaml')
        .map((a) => Buffer.from(a.content as Uint8Array).toString('utf8')),
    };
  };
  const kept = async (): Promise<string> => {
    const rows = await Promise.all(
      (['plan', 'task', 'event', 'notice', 'message', 'start'] as const).map((table) =>
        ledger.selectFrom(table).selectAll().execute(),
      ),
    );
    const { content } = (await readPlanFile(ledger, 'CN18')) ?? {};
    return JSON.stringify([rows, Buffer.from(content ?? []).toString('utf8')]);
  };

  test('the words of a confidential row go into no mail, no history and no table; the rest of the plan goes out with the first mails', async () => {
    await start();
    await firstDay();
    const { mails, files } = await attached();
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      saysNone(file);
      expect(file).toContain('nhiệm vụ mật: xem văn bản gửi qua đường văn thư');
      expect(file).toContain(example.tasks[0]?.title);
    }
    for (const { text, html, subject } of mails) saysNone(`${subject}${text}${html}`);
    saysNone(JSON.stringify(started));
    saysNone(await kept());
    expect(await kept()).toContain(SECRET);
  });

  test('a plan that was kept with them is attached to no mail, and started once more it loses them', async () => {
    await start();
    const before = { spec: JSON.stringify(plan.tasks), file: bytes };
    await ledger.updateTable('plan').set(before).where('code', '=', 'CN18').execute();
    await firstDay();
    const { mails, files } = await attached();
    expect([mails.length > 5, files]).toEqual([true, []]);
    expect(await ledger.selectFrom('plan_receipt').selectAll().execute()).toEqual([]);
    expect((await start()).started).toHaveLength(plan.tasks.length);
    saysNone(await kept());
    expect(Buffer.from((await readPlanFile(ledger, 'CN18'))?.content ?? []).toString('utf8')).toContain(
      example.tasks[0]?.title,
    );
  });
});

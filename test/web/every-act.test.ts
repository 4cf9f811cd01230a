import type { Browser } from 'playwright-core';
import { ACT_WORDS } from '../../client/words';
import { type Act, ACTS } from '../../domain/acts';
import { ANSWERS } from '../../domain/matters';
import type { Plan, TaskSpec } from '../../domain/plan';
import { header, spec, at } from '../support/builders';
import { exampleStory } from '../support/story';
import { chromiumPath, launch } from './browser';
import { openLedSite, type LedSite } from './led-site';
import { type Filled, type Officials, officials } from './official';
import { storyActs } from './story-acts';

const [FIRST, ASKED, LETTERS] = [at('2018-10-23T09:00'), at('2018-10-23T10:00'), at('2018-11-07T09:00')];
const PAPER = { number: '15/UBND-CTXDGT', date: '2018-10-23' };
const TYPED_PAPER = ['--document-number', PAPER.number, '--document-date', PAPER.date];
const hasChromium = chromiumPath() !== undefined;
if (!hasChromium) process.stderr.write('SKIPPED every act by link: Chromium is not installed here.\n');

/** One act from the mail to the changed state. `state`: what the task is then. `before`: commands that bring the task there. */
type Case = {
  readonly row: number; readonly by: string; readonly filled: Filled; readonly state: string;
  readonly before?: readonly (readonly string[])[]; readonly day?: typeof LETTERS;
};
const lead = 'tb-skhdt/officer';
const host = 'tb-sct/officer';
const document = PAPER;

/** Every act there is: pressed in the story of one task (story.test.ts), or here. None is missing: there is no act that links do not offer. */
const PRESSED: Readonly<Record<Act, 'story' | Case>> = {
  acknowledge: 'story', 'open-consultation': 'story', 'give-input': 'story', 'respond-to-input': 'story', prepare: 'story', submit: 'story', confirm: 'story',
  return: 'story', 'request-extension': 'story', 'give-opinion': 'story', 'grant-extension': 'story', 'raise-obstacle': 'story', forward: 'story', undo: 'story',
  'acknowledge-obstacle': 'story', 'consolidate-obstacle': 'story', 'decide-obstacle': 'story',
  'reject-assignment': { row: 1, by: lead, filled: { reason: 'Nhiệm vụ thuộc chức năng của Sở Tài chính.' }, state: 'assigned' },
  'report-progress': { row: 2, by: lead, filled: { text: 'Đã có dự thảo lần 1.', percent: '40' }, state: 'assigned' },
  'close-consultation': {
    row: 3, by: lead, filled: {}, state: 'assigned', before: [['open-consultation', '--by', lead, '--subject', 'Dự thảo', '--due-on', '2018-11-30', ...TYPED_PAPER]],
  },
  'refuse-extension': {
    row: 4, by: 'tb-vp/officer', filled: { reason: 'Chưa đủ căn cứ.' }, state: 'assigned', before: [
      ['request-extension', '--by', 'tb-skhdt/leader', '--to', '2020-03-31', '--reason', 'Chờ hướng dẫn', ...TYPED_PAPER],
      ['give-opinion', '--by', host, '--support', 'no', ...TYPED_PAPER],
    ],
  },
  'set-due-date': { row: 5, by: host, filled: { dueOn: '2018-12-28', document }, state: 'assigned' },
  'enter-event': { row: 6, by: host, filled: { date: '2018-10-23', document }, state: 'assigned' },
  amend: { row: 7, by: host, filled: { field: 'title', value: 'Tên nhiệm vụ đã đính chính', reason: 'Sai chính tả', document }, state: 'assigned' },
  reassign: { row: 8, by: host, filled: { lead: 'tb-stc', document }, state: 'assigned' },
  suspend: { row: 9, by: host, filled: { document }, state: 'suspended' },
  resume: { row: 10, by: host, filled: { document }, state: 'assigned', before: [['suspend', '--by', host, ...TYPED_PAPER]] },
  discontinue: { row: 11, by: host, filled: { document }, state: 'discontinued' },
  merge: { row: 12, by: host, filled: { document }, state: 'merged' },
  'carry-over': { row: 13, by: host, filled: { document }, state: 'carried_over' },
  delegate: { row: 14, by: lead, filled: { to: 'p006', from: '2018-10-23', until: '2018-10-31' }, state: 'assigned' },
  remind: { row: 14, by: host, filled: { text: 'Đề nghị báo cáo sớm.' }, state: 'assigned' },
  // The paper of the request that was made by link above: event 2 of its task.
  'enter-document': { row: 1, by: host, filled: { of: '2', document }, state: 'assigned' },
  'approve-letter': { row: 15, by: 'tb-sct/leader', filled: { text: 'Đề nghị hoàn thành trong tháng 11.', number: '100/SCT' }, state: 'assigned', day: LETTERS },
  'reject-letter': { row: 16, by: 'tb-sct/leader', filled: { reason: 'Đã làm việc trực tiếp.' }, state: 'assigned', day: LETTERS },
};
const CASES = ACTS.flatMap((act): (readonly [Act, Case])[] => {
  const one = PRESSED[act];
  return one === 'story' ? [] : [[act, one]];
});
const idOf = (row: number): string => `MT18-${String(row).padStart(2, '0')}`;

const rowOf = (row: number): TaskSpec => spec({
  id: idOf(row), no: String(row), title: `Việc thứ ${row} của kế hoạch`, timing: 'deadline', startsOn: '2018-10-22', dueOn: '2019-12-31',
  ...(row === 5 ? { dueOn: null } : {}), ...(row >= 15 ? { dueOn: '2018-10-24' } : {}),
  ...(row === 6 ? { timing: 'conditional' as const, dueOn: null, afterEvent: { count: 20, unit: 'working-days' as const } } : {}),
});
const plan: Plan = {
  plan: { ...header, code: 'MT18' }, duties: [], indicators: [], recipients: [], warnings: [], tasks: Array.from({ length: 16 }, (_, i) => rowOf(i + 1)),
};

(hasChromium ? describe : describe.skip)('an official with a phone', () => {
  let site: LedSite;
  let browser: Browser;
  let people: Officials;
  /** The link to the task that will be another unit's. */
  let lost: string;
  beforeAll(async () => {
    const { directory, startAt } = exampleStory();
    [site, browser] = await Promise.all([openLedSite({ plans: [plan], directory, from: startAt, first: FIRST }), launch()]);
    people = officials(browser, site.inboxUrl, directory.seats);
    await site.standAt(FIRST, plan.tasks.map((t) => t.id));
    for (const [, { row, before = [] }] of CASES) for (const [act = '', ...typed] of before) await site.dondoc('task', act, idOf(row), '--yes', ...typed);
    await site.standAt(ASKED, plan.tasks.map((t) => t.id));
    const page = await people.open(lead, idOf(8));
    lost = page.url();
    await people.leave(page);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  }, 60_000);

  /** One person stands for a whole unit here: as if ten minutes went by between what it does. */
  const rested = (): Promise<unknown> => site.ledger.deleteFrom('tally').where('kind', '=', 'code-10m').execute();
  const board = async (task: string): Promise<string> => (await (await fetch(`${site.webUrl}/tasks/${task}`)).text()).replace(/<[^>]*>/g, ' ');

  const pressed = async (act: Act, { row, by, filled, state }: Case): Promise<void> => {
    const task = idOf(row);
    await rested();
    expect(await people.act(by, task, act, filled)).toContain('Đã ghi nhận.');
    expect(await site.dondoc('task', 'show', task)).toMatchObject({ id: task, state });
    expect(await board(task)).toContain(ACT_WORDS[act][0]);
    const events = await site.ledger.selectFrom('event').select(['position', 'via', 'person']).where('task', '=', task).where('act', '=', act).execute();
    expect(events).toEqual([{ position: by, via: 'link', person: expect.stringMatching(/^p\d+$/) }]);
  };
  const due = (day: Case['day']) => CASES.filter(([, one]) => one.day === day);

  it.each(due(undefined))('from the mail in the inbox: %s', (act, one) => pressed(act, one), 60_000);

  it('of a unit that lost its task reads that the link has ended, and why', async () => {
    const answer = await fetch(lost);
    expect([answer.status, await answer.text()]).toEqual([410, expect.stringContaining('được giao cho đơn vị khác chủ trì')]);
  });

  it('gets the drafts of letters', async () => {
    await site.standAt(LETTERS, plan.tasks.slice(14).map((t) => t.id));
    for (const [act, one] of due(LETTERS)) await pressed(act, one);
  }, 180_000);
});

test('the story of one task presses the others, each of the five answers among them', () => {
  const acts = storyActs();
  expect([...new Set(acts.map((a) => a.act))].sort()).toEqual(ACTS.filter((act) => PRESSED[act] === 'story').sort());
  expect(new Set(acts.flatMap((a) => (a.act === 'give-input' ? [a.fields.answer] : [])))).toEqual(new Set(ANSWERS));
});

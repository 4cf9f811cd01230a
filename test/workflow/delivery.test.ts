import { Worker } from '@temporalio/worker';
import { join } from 'node:path';
import { writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { temporal } from '@temporalio/proto';
import { startPlan } from '../../client/start-plan';
import { TASK_QUEUE, POST_WORKFLOW_ID, taskWorkflowId } from '../../contracts/ids';
import { act, type TaskWorkflow } from '../../contracts/task';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { rehearse } from '../../domain/rehearsal';
import { HOUR_MS, type Instant, parseInstant } from '../../domain/time';
import { importDirectory } from '../../ledger/directory';
import { writeClock } from '../../ledger/settings';
import { createDependencies } from '../../worker/dependencies';
import { version } from '../../package.json';
import { prepareLedger } from '../../worker/prepare-ledger';
import { freshLedger } from '../support/ledger';
import { startSmtpPeer } from '../support/smtp-peer';
import { exampleStory } from '../support/story';
import { startTimeSkipping, workflowBundle } from '../support/temporal';

const UNTIL = parseInstant('2019-01-08T17:00')!;
const HISTORIES = join(__dirname, '..', 'replay', 'histories');
/** The first run of a release leaves its histories behind, to be replayed by every later one. */
const record = (id: string, history: Buffer): void => {
  const name = { [POST_WORKFLOW_ID]: `post-${version}.bin`, 'task/CN18-06': `task-${version}.bin` }[id];
  if (name === undefined || existsSync(join(HISTORIES, name))) return;
  mkdirSync(HISTORIES, { recursive: true });
  writeFileSync(join(HISTORIES, name), history);
};
const SILENT = { info: () => undefined, warn: () => undefined };

it('twelve tasks from the first mail past the first year-end: what is sent is what the rehearsal says, and nothing personal stands in a history', async () => {
  const { plan, file, directory, acts: all, texts, startAt } = exampleStory();
  const acts = all.filter((a) => a.at < UNTIL);
  const [env, { ledger, stop }, peer] = await Promise.all([startTimeSkipping(), freshLedger(), startSmtpPeer()]);
  const sms: { to: string; text: string }[] = [];
  const anchor = await env.currentTimeMs();
  const clock = { anchor, from: startAt - HOUR_MS, rate: 1 };
  const goTo = async (at: Instant): Promise<void> => { await env.sleep(Math.max(1, at - clock.from + anchor - (await env.currentTimeMs()))); };
  await prepareLedger(ledger, startAt);
  await writeClock(ledger, clock);
  await importDirectory(ledger, directory, { replace: false, today: '2018-10-22' });
  const { activities, mailer } = createDependencies({
    settings: { publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example', mailFrom: 'Đôn đốc <don-doc@thaibinh.example>' },
    smtpUrl: peer.url, linkSecret: 'a secret of the tests, at least 32 characters', ledger, client: env.client, log: SILENT,
    sms: { name: 'phones', ratePerSecond: null, concurrency: 10, keyHoldsMinutes: null, send: async ({ to, text }) => { sms.push({ to, text }); return { outcome: 'accepted', detail: 'taken' }; } },
  });
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: TASK_QUEUE, workflowBundle, activities });
  const histories: string[] = [];
  const { startId } = await worker.runUntil(async () => {
    const started = await startPlan({ ledger, client: env.client, plan, file, startAt, now: startAt - HOUR_MS, clock, calendar: SHIPPED_CALENDAR });
    for (const { at, task, command } of acts) {
      await goTo(at);
      await env.client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(task)).executeUpdate(act, { args: [command] });
    }
    await goTo(UNTIL);
    for (const id of [POST_WORKFLOW_ID, ...plan.tasks.map((t) => taskWorkflowId(t.id))]) {
      const history = Buffer.from(temporal.api.history.v1.History.encode(await env.client.workflow.getHandle(id).fetchHistory()).finish());
      histories.push(history.toString('utf8'));
      record(id, history);
    }
    return started;
  });

  const addressOf = (position: string, channel: 'email' | 'sms'): string | null => {
    const seat = directory.seats.find((s) => s.position === position);
    return (channel === 'email' ? seat?.email?.toLowerCase() : seat?.phone) ?? null;
  };
  const seeds = exampleStory().seeds.map((seed) => ({ ...seed, startId }));
  const expected = rehearse({ seeds, acts, until: UNTIL, addressOf });
  const rows = await ledger.selectFrom('message').selectAll().where('state', '=', 'accepted').execute();
  const line = (m: { channel: string; class: string; address: string }, notices: readonly string[]): string => `${m.channel} ${m.class} ${m.address} ${[...notices].sort().join(' ')}`;
  const deliveries = await ledger.selectFrom('delivery').selectAll().execute();
  const sent = rows.map((m) => line(m, deliveries.filter((d) => d.message === m.key).map((d) => d.notice))).sort();
  expect(sent).toEqual(expected.messages.map((m) => line(m, m.notices.map((n) => n.key))).sort());
  expect(peer.taken).toHaveLength(rows.filter((m) => m.channel === 'email').length);
  expect(sms).toHaveLength(rows.filter((m) => m.channel === 'sms').length);

  const forbidden = [...texts, ...directory.seats.flatMap((s) => [s.name, s.email, s.phone, s.phone?.replace('+', '')])].filter((t): t is string => t !== undefined && t.length > 3);
  expect(forbidden.length).toBeGreaterThan(100);
  for (const history of histories) expect(forbidden.filter((t) => history.includes(t))).toEqual([]);

  await Promise.all([mailer.close(), peer.stop()]);
  await env.teardown();
  await stop();
}, 300_000);

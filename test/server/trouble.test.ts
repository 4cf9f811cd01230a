import { sql } from 'kysely';
import { messageWorkflowId, POST_WORKFLOW_ID } from '../../contracts/ids';
import type { MessageWorkflow } from '../../contracts/post';
import { MINUTE_MS } from '../../domain/time';
import { insertTask } from '../../ledger/tasks';
import { audit, NOTHING_WRONG } from '../support/audit';
import { at } from '../support/builders';
import { emailOf, furnish, notice } from '../support/delivery';
import { type LiveSite, startLiveSite, until, untilSent, untilSettled, type WorkerProcess } from '../support/live-site';
import { postgresPrograms } from '../support/postgres';
import { assignedEvent, projectionFor, seedOf, START } from '../support/task-values';

const TASK = 'CN18-01';
const [OFFICER, LEADER] = ['tb-skhdt/officer', 'tb-skhdt/leader'] as const;

/** On the embedded engine every statement waits for an open transaction: there nothing can be held in the middle. */
const onPostgres = postgresPrograms() === undefined ? it.skip : it;

let site: LiveSite;
let worker: WorkerProcess;
beforeEach(async () => {
  site = await startLiveSite(at('2018-10-22T08:00'));
  await furnish(site.ledger);
  await insertTask(site.ledger, seedOf(TASK), START);
  worker = await site.startWorker();
}, 60_000);
afterEach(() => site.stop());

const assign = () => site.commit({
  task: TASK, events: [assignedEvent()], projection: { ...projectionFor(TASK, 1), nextWakeAt: null }, now: site.storyNow(),
  notices: [OFFICER, LEADER].map((to) => notice(TASK, { to, kind: 'reminder', group: 'act-1' })),
});
/** The activity that the post waits for. */
const underWay = async () => (await site.server.client.workflow.getHandle(POST_WORKFLOW_ID).describe()).raw.pendingActivities?.[0];
const messageTo = (address: string) => site.ledger.selectFrom('message').selectAll().where('address', '=', address).executeTakeFirst();

it('a mail that the server puts off is tried again by the post, without a workflow of its own, and taken once; nobody else waits', async () => {
  site.peer.fault(emailOf(OFFICER), 'defer-rcpt');
  await assign();
  await until('the other mail is taken', () => site.peer.taken.length === 1);
  await untilSent(site);
  const { key, next_try_at: again } = (await messageTo(emailOf(OFFICER))) ?? {};
  const workflow = site.server.client.workflow.getHandle<MessageWorkflow>(messageWorkflowId(key ?? ''));
  await expect(workflow.describe()).rejects.toMatchObject({ name: 'WorkflowNotFoundError' });
  site.peer.fault(emailOf(OFFICER), 'none');
  await site.moveClock((again ?? 0) - MINUTE_MS);
  expect(site.peer.taken.map((t) => t.to)).toEqual([emailOf(LEADER)]);
  await site.moveClock((again ?? 0) + 1);
  await until('it is taken', () => site.peer.taken.length === 2);
  await untilSent(site);
  expect(site.peer.taken.map((t) => t.to)).toEqual([emailOf(LEADER), emailOf(OFFICER)]);
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 120_000);

it('a mail in trouble outlives a Temporal that lost everything: a pass of the new post takes it up, and it goes out once', async () => {
  site.peer.fault(emailOf(OFFICER), 'defer-rcpt');
  await assign();
  await until('the other mail is taken', () => site.peer.taken.length === 1);
  await untilSent(site);
  site.peer.fault(emailOf(OFFICER), 'none');
  await worker.kill();
  await site.server.lose();
  await site.moveClock(site.storyNow() + 30 * MINUTE_MS);
  await site.startWorker();
  await until('it is taken up', () => site.peer.taken.length === 2);
  await untilSettled(site);
  expect(site.peer.taken.map((t) => t.to)).toEqual([emailOf(LEADER), emailOf(OFFICER)]);
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 120_000);

it('a server that thinks for longer than a heartbeat is waited for, and gets the mail once', async () => {
  /** How long the server knows the activity to have lived: from its start to its last heartbeat. */
  const livedMs = async (): Promise<number> => {
    const activity = await underWay();
    const seconds = (at: { readonly seconds?: unknown } | null | undefined): number => Number(at?.seconds ?? 0);
    return activity?.lastHeartbeatTime ? (seconds(activity.lastHeartbeatTime) - seconds(activity.lastStartedTime)) * 1000 : 0;
  };
  site.peer.onTaken(() => until('the heart beats on for longer than its timeout', async () => (await livedMs()) > 12_000, 30_000));
  await assign();
  await untilSent(site);
  expect(await messageTo(emailOf(OFFICER))).toMatchObject({ state: 'accepted', attempt: 1 });
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 120_000);

onPostgres('a worker that dies while it freezes costs seconds: the next one freezes and sends, once', async () => {
  await site.ledger.transaction().execute(async (tx) => {
    await sql`lock table body in exclusive mode`.execute(tx);
    await assign();
    await until('the post freezes', async () => (await underWay())?.activityType?.name === 'freeze');
    await worker.kill();
  });
  await site.startWorker();
  await untilSent(site);
  expect(site.peer.taken.map((t) => t.to).sort()).toEqual([emailOf(LEADER), emailOf(OFFICER)]);
  expect(await audit(site.ledger, site.peer)).toEqual({ ...NOTHING_WRONG, doubled: [] });
}, 120_000);

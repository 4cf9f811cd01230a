import { createCommit } from '../../activities/commit';
import type { TaskEvent } from '../../domain/task';
import { createReportNeedsRepair } from '../../activities/needs-repair';
import { createOpen } from '../../activities/open';
import { shareNext } from '../../activities/share-next';
import type { Ledger } from '../../ledger/connect';
import { listOpenTasks } from '../../ledger/tasks';
import { KEYS, sealedEvent } from '../support/door';
import { embeddedEngine } from '../support/ledger';
import { acknowledgedEvent, assignedEvent, noticeOf, projectionFor, seedOf, START } from '../support/task-values';

const TASK = 'CN18-05';
const batch = { task: TASK, events: [assignedEvent()], notices: [noticeOf(TASK)], projection: projectionFor(TASK, 1), now: START };
const engine = embeddedEngine();
let ledger: Ledger;
let pokes: number;
const pokePost = (): Promise<void> => {
  pokes += 1;
  return Promise.resolve();
};
beforeEach(async () => {
  ledger = await engine.freshLedger();
  pokes = 0;
});
afterAll(() => engine.stop());

test('opening writes the task once and gives back what is on record; it takes the mark of repair away', async () => {
  const open = createOpen({ ledger });
  expect(await open({ seed: seedOf(TASK) })).toEqual({ events: [] });
  await createCommit({ ledger, keys: KEYS, pokePost })(batch);
  await createReportNeedsRepair({ ledger })({ task: TASK, reason: 'r', now: START });
  expect((await listOpenTasks(ledger))[0]?.needsRepair).toBe('r');
  expect(await open({ seed: seedOf(TASK) })).toEqual({ events: [assignedEvent()] });
  expect((await listOpenTasks(ledger))[0]?.needsRepair).toBeNull();
});

test('the post is poked for urgent notices on every outcome, and not for those of the digest', async () => {
  await createOpen({ ledger })({ seed: seedOf(TASK) });
  const commit = createCommit({ ledger, keys: KEYS, pokePost });
  expect(await commit(batch)).toEqual({ outcome: 'written', head: 1 });
  expect(await commit(batch)).toEqual({ outcome: 'same', head: 1 });
  expect(await commit({ ...batch, events: [sealedEvent(TASK, acknowledgedEvent(5))], projection: projectionFor(TASK, 5) })).toEqual({ outcome: 'behind', head: 1 });
  expect(pokes).toBe(3);
  await commit({ ...batch, events: [sealedEvent(TASK, acknowledgedEvent())], notices: [noticeOf(TASK, { key: 'd', class: 'digest' })], projection: projectionFor(TASK, 2) });
  expect(pokes).toBe(3);
});

test('a poke that fails makes the activity fail, so that its retry pokes again; the batch is written once', async () => {
  await createOpen({ ledger })({ seed: seedOf(TASK) });
  await expect(createCommit({ ledger, keys: KEYS, pokePost: () => Promise.reject(new Error('away')) })(batch)).rejects.toThrow('away');
  expect(await createCommit({ ledger, keys: KEYS, pokePost })(batch)).toEqual({ outcome: 'same', head: 1 });
  expect(pokes).toBe(1);
});

test('a commit for a task without a row is not tried again', async () => {
  await expect(createCommit({ ledger, keys: KEYS, pokePost })(batch)).rejects.toMatchObject({ type: 'NeedsRepair', nonRetryable: true });
});

test('a batch that no table can hold is not tried again, and the task is marked until a commit succeeds', async () => {
  await createOpen({ ledger })({ seed: seedOf(TASK) });
  const commit = createCommit({ ledger, keys: KEYS, pokePost });
  await commit(batch);
  const acknowledged = acknowledgedEvent();
  const unwritable: TaskEvent = acknowledged.type === 'acted' ? sealedEvent(TASK, { ...acknowledged, actor: { ...acknowledged.actor, basis: { number: '12\u0000', date: '2018-10-22' } } }) : acknowledged;
  const failure: unknown = await commit({ ...batch, events: [unwritable], projection: projectionFor(TASK, 2) }).catch((e: unknown) => e);
  expect(failure).toMatchObject({ type: 'NeedsRepair', nonRetryable: true, message: 'the ledger cannot hold a value of this batch' });
  expect((await listOpenTasks(ledger))[0]).toMatchObject({ seq: 1, needsRepair: 'unwritable' });
  await commit({ ...batch, events: [sealedEvent(TASK, acknowledged)], projection: projectionFor(TASK, 2) });
  expect((await listOpenTasks(ledger))[0]).toMatchObject({ seq: 2, needsRepair: null });
});

test('calls during a poke share one more that begins after them', async () => {
  const ends: (() => void)[] = [];
  const shared = shareNext(() => new Promise((resolve) => ends.push(resolve)));
  const first = shared();
  const others = [shared(), shared(), shared()];
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
  await Promise.resolve();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await Promise.all(others);
  void shared();
  expect(ends).toHaveLength(3);
});

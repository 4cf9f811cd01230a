import { type WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { actOnClosed } from '../../client/tasks';
import { TASK_QUEUE, taskWorkflowId } from '../../contracts/ids';
import { act, type TaskWorkflow, taskWorkflowType, view } from '../../contracts/task';
import type { Command } from '../../domain/acts';
import { evolve, initialState } from '../../domain/evolve';
import { at, command, seed, text } from '../support/builders';
import { memoryLedger } from '../support/fake-activities';
import { startDevServerForTest, type TestServer, workflowBundle } from '../support/temporal';

let server: TestServer;
beforeAll(async () => { server = await startDevServerForTest(); }, 120_000);
afterAll(async () => { await server.stop(); });

const start = (taskQueue: string, workflowId: string) =>
  server.client.workflow.start<TaskWorkflow>(taskWorkflowType, {
    taskQueue, workflowId, args: [{ seed: seed(), clock: { anchor: Date.now(), from: at('2018-10-30T09:00'), rate: 1 } }],
  });
const worker = (taskQueue: string, activities: object) => Worker.create({ connection: server.nativeConnection, taskQueue, workflowBundle, activities });

/** Everything that was decided is committed: a question to the workflow, which writes nothing to its history. */
const settled = async (handle: WorkflowHandle<TaskWorkflow>): Promise<void> => {
  for (let seen = await handle.query(view); seen.committedSeq < seen.state.seq; seen = await handle.query(view));
};

it('a refused act reaches the caller with its code and sentence and leaves no trace in history', async () => {
  const ledger = memoryLedger();
  await (await worker('refusals', ledger.activities)).runUntil(async () => {
    const handle = await start('refusals', 'task/refusals');
    await handle.executeUpdate(act, { args: [command('submit', 'tb-skhdt/leader', { summary: text() })] });
    await settled(handle);
    const before = await handle.fetchHistory();
    const refused = handle.executeUpdate(act, { args: [command('confirm', 'tb-skhdt/leader', {})] });
    await expect(refused).rejects.toMatchObject({ name: WorkflowUpdateFailedError.prototype.name, cause: { type: 'Refused', message: expect.stringContaining('không tự xác nhận') } });
    expect((await handle.fetchHistory()).events?.length).toBe(before.events?.length);
    await handle.terminate();
  });
}, 60_000);

it('thirty confirmations at once: one wins, every other is told who and when', async () => {
  const ledger = memoryLedger();
  await (await worker('races', ledger.activities)).runUntil(async () => {
    const handle = await start('races', 'task/races');
    await handle.executeUpdate(act, { args: [command('submit', 'tb-skhdt/leader', { summary: text() })] });
    const press = (i: number) => handle.executeUpdate(act, { args: [command('return', i % 2 ? 'tb-sct/officer' : 'tb-sct/head', { reason: text(), correctBy: '2018-11-12' })] });
    const answers: ('won' | unknown)[] = [];
    for (let round = 0; round < 10; round += 1) {
      answers.push(...(await Promise.all([0, 1, 2].map((i) => press(i).then(() => 'won', (error: WorkflowUpdateFailedError) => error.cause)))));
    }
    expect(answers.filter((a) => a === 'won')).toHaveLength(1);
    for (const loser of answers.filter((a) => a !== 'won')) expect(loser).toMatchObject({ type: 'Refused', details: [{ code: 'already-decided', last: { act: 'return' } }] });
    await handle.terminate();
  });
}, 60_000);

it('a server that is killed with a timer and an act pending goes on where it stopped', async () => {
  const ledger = memoryLedger();
  await (await worker('restart', ledger.activities)).runUntil(async () => {
    const handle = await start('restart', 'task/restart');
    await handle.executeUpdate(act, { args: [command('acknowledge', 'tb-skhdt/officer', { deliverable: text() })] });
    await server.restart();
    await handle.executeUpdate(act, { args: [command('submit', 'tb-skhdt/leader', { summary: text() })] });
    expect((await handle.query(view)).state.name).toBe('submitted');
    await handle.terminate();
  });
  expect(ledger.events.get('CN18-05')!.filter((e) => e.type === 'acted').map((e) => e.act)).toEqual(['acknowledge', 'submit']);
}, 120_000);

it('a task that is over takes the number of a paper: its workflow starts once more, decides, changes no date and ends', async () => {
  const ledger = memoryLedger();
  const { id } = seed();
  const clock = { anchor: Date.now(), from: at('2018-10-30T09:00'), rate: 1 };
  const enter = (nonce: string, number = '9/TTr') =>
    command('enter-document', 'tb-skhdt/clerk', { document: { number, date: '2018-10-25' } }, { nonce });
  const door = { key: 'a secret of the tests, at least 32 characters long', keyId: 'k1', temporal: async () => server.client };
  const put = (one: Command) => actOnClosed(door, { seed: seed(), clock }, one, at('2018-10-30T09:00'));
  const stateOf = () => ledger.events.get(id)!.reduce(evolve, initialState(seed()));
  const ended = () => server.client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(id)).result();
  await (
    await worker(TASK_QUEUE, ledger.activities)
  ).runUntil(async () => {
    const handle = await start(TASK_QUEUE, taskWorkflowId(id));
    await handle.executeUpdate(act, { args: [command('submit', 'tb-skhdt/leader', { summary: text() })] });
    await settled(handle);
    await handle.executeUpdate(act, { args: [command('confirm', 'tb-sct/leader', {})] }).catch(() => undefined);
    const { seq } = await handle.result();
    const before = stateOf();
    const twice = await Promise.all([put(enter('n-1')), put(enter('n-1'))]);
    expect(twice).toEqual(
      twice.map(() => expect.objectContaining({ ok: true, receipt: expect.objectContaining({ state: 'completed' }) })),
    );
    expect(await ended()).toEqual({ state: 'completed', seq: seq + 1 });
    expect(stateOf()).toMatchObject({
      name: 'completed',
      completedOn: before.completedOn,
      workingDaysLate: before.workingDaysLate,
    });
    expect(await put(enter('n-2'))).toMatchObject({ ok: false, code: 'nothing-to-document' });
    expect(await put(command('return', 'tb-sct/leader', { reason: text() }))).toMatchObject({
      ok: false,
      code: 'already-decided',
    });
    expect(await ended()).toEqual({ state: 'completed', seq: seq + 1 });
  });
  expect(ledger.events.get(id)!.flatMap((e) => (e.type === 'acted' ? [e.act] : []))).toEqual([
    'submit',
    'confirm',
    'enter-document',
  ]);
}, 120_000);

import { Worker } from '@temporalio/worker';
import { poke, type PostWorkflow, postWorkflowType } from '../../contracts/post';
import { clockMoved } from '../../contracts/task';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { at } from '../support/builders';
import { memoryLedger } from '../support/fake-activities';
import { until } from '../support/live-site';
import { startDevServerForTest, type TestServer, workflowBundle } from '../support/temporal';

let server: TestServer;
beforeAll(async () => { server = await startDevServerForTest(); }, 120_000);
afterAll(async () => { await server.stop(); });

it('a post that is poked in every pass still begins a new run each day, and goes on sending in it', async () => {
  const clockFrom = (text: string) => ({ anchor: Date.now(), from: at(text), rate: 1 });
  const handle = server.client.workflow.getHandle<PostWorkflow>('post/busy');
  let sent = 0;
  const send = async () => {
    sent += 1;
    await handle.signal(poke);
    return { sent: 1, left: 0 };
  };
  const activities = { ...memoryLedger().activities, freeze: async () => ({ frozen: 1 }), send };
  const worker = await Worker.create({ connection: server.nativeConnection, taskQueue: 'busy', workflowBundle, activities });
  await worker.runUntil(async () => {
    const first = await server.client.workflow.start<PostWorkflow>(postWorkflowType, {
      taskQueue: 'busy', workflowId: handle.workflowId, args: [{ clock: clockFrom('2018-10-22T09:00'), calendar: SHIPPED_CALENDAR }],
    });
    await until('it is busy', () => sent > 3);
    expect((await handle.describe()).runId).toBe(first.firstExecutionRunId);
    await handle.signal(clockMoved, clockFrom('2018-10-23T10:00'));
    await until('a new run', async () => (await handle.describe()).runId !== first.firstExecutionRunId, 20_000);
    const before = sent;
    await until('it goes on', () => sent > before + 3);
    await handle.terminate();
  });
}, 90_000);

it('what was frozen by a worker that died before its answer is sent in the same pass, though the repeated freeze finds nothing to freeze', async () => {
  const handle = server.client.workflow.getHandle<PostWorkflow>('post/lost-answer');
  let [waiting, hasAnswered, sent]: [number, boolean, number] = [0, false, 0];
  const freeze = async () => {
    if (!hasAnswered || waiting > 0) return waiting > 0 ? { frozen: 0, untried: waiting } : { frozen: 0 };
    waiting = 3;
    throw new Error('the answer is lost');
  };
  const send = async () => {
    [sent, waiting, hasAnswered] = [sent + waiting, 0, !hasAnswered];
    return { sent: 0, left: 0 };
  };
  const worker = await Worker.create({ connection: server.nativeConnection, taskQueue: 'lost', workflowBundle, activities: { ...memoryLedger().activities, freeze, send } });
  await worker.runUntil(async () => {
    const clock = { anchor: Date.now(), from: at('2018-10-22T09:00'), rate: 1 };
    await server.client.workflow.start<PostWorkflow>(postWorkflowType, { taskQueue: 'lost', workflowId: handle.workflowId, args: [{ clock, calendar: SHIPPED_CALENDAR }] });
    await until('the first pass is over', () => hasAnswered);
    await handle.signal(poke);
    await until('what was frozen is sent', () => sent === 3, 20_000);
    await handle.terminate();
  });
}, 60_000);

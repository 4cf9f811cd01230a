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

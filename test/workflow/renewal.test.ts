import { Worker } from '@temporalio/worker';
import type { WorkflowHandle } from '@temporalio/client';
import { createRenewTasks, startRenewal } from '../../activities/renew-tasks';
import { RENEWAL_WORKFLOW_ID } from '../../contracts/renewal';
import { TASK_QUEUE, taskWorkflowId } from '../../contracts/ids';
import { type TaskInput, taskWorkflowType, type TaskWorkflow, view } from '../../contracts/task';
import { RULES, type TaskSeed } from '../../domain/task';
import { readRenewedTo } from '../../ledger/settings';
import { insertTasks } from '../../ledger/tasks';
import { prepareLedger } from '../../worker/prepare-ledger';
import { at, seed } from '../support/builders';
import { memoryLedger } from '../support/fake-activities';
import { embeddedEngine } from '../support/ledger';
import { startTimeSkipping, workflowBundle } from '../support/temporal';

const engine = embeddedEngine();
let env: Awaited<ReturnType<typeof startTimeSkipping>>;
beforeAll(async () => { env = await startTimeSkipping(); });
afterAll(async () => { await env.teardown(); await engine.stop(); });

/** More than one activity asks. */
const TASKS = 120;
const NOW = at('2018-10-22T08:00');
const seeds: readonly TaskSeed[] = Array.from({ length: TASKS }, (_, i) => ({ ...seed(), id: `CN18-${1000 + i}` }));

/** A run as a release without versions began it. */
const startOld = async (one: TaskSeed): Promise<WorkflowHandle<TaskWorkflow>> => {
  const input: TaskInput = { seed: one, clock: { anchor: await env.currentTimeMs(), from: NOW, rate: 1 } };
  return env.client.workflow.start<TaskWorkflow>(taskWorkflowType, { taskQueue: TASK_QUEUE, workflowId: taskWorkflowId(one.id), args: [input] });
};
const inputOf = async (handle: WorkflowHandle<TaskWorkflow>): Promise<TaskInput> => {
  const { events } = await handle.fetchHistory();
  return JSON.parse(Buffer.from(events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data ?? []).toString('utf8')) as TaskInput;
};

it('after a release with new rules every open task goes on by them, once; one without a workflow stops nothing', async () => {
  const ledger = await engine.freshLedger();
  await insertTasks(ledger, seeds, NOW);
  await prepareLedger(ledger, NOW);
  expect(await readRenewedTo(ledger)).toBeUndefined();
  const deps = { client: env.client, ledger };
  const activities = { ...memoryLedger().activities, renewTasks: createRenewTasks(deps) };
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: TASK_QUEUE, workflowBundle, activities });
  await worker.runUntil(async () => {
    const running = await Promise.all([seeds[0]!, seeds[TASKS - 1]!].map(startOld));
    await env.sleep('1 minute');
    await Promise.all([startRenewal(deps), startRenewal(deps)]);
    await env.client.workflow.getHandle(RENEWAL_WORKFLOW_ID).result();
    await env.sleep('1 minute');
    for (const handle of running) {
      expect((await inputOf(handle)).rules).toBe(RULES);
      expect((await handle.query(view)).state.seq).toBeGreaterThan(0);
    }
    expect(await readRenewedTo(ledger)).toBe(RULES);
    const { runId } = await env.client.workflow.getHandle(RENEWAL_WORKFLOW_ID).describe();
    await startRenewal(deps);
    expect((await env.client.workflow.getHandle(RENEWAL_WORKFLOW_ID).describe()).runId).toBe(runId);
    await Promise.all(running.map((handle) => handle.terminate()));
  });
}, 120_000);

it('an empty ledger has nothing to renew', async () => {
  const ledger = await engine.freshLedger();
  await prepareLedger(ledger, NOW);
  expect(await readRenewedTo(ledger)).toBe(RULES);
});

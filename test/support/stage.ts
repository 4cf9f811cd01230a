import { type WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Activities } from '../../contracts/activities';
import type { Clock } from '../../contracts/clock';
import { taskWorkflowId } from '../../contracts/ids';
import { act, type Receipt, type TaskInput, taskWorkflowType, type TaskWorkflow } from '../../contracts/task';
import type { Command, Refusal } from '../../domain/acts';
import { RULES, type TaskSeed } from '../../domain/task';
import { HOUR_MS, type Instant } from '../../domain/time';

/** What an input has otherwise than the stage gives it. */
type Other = { readonly [K in keyof TaskInput]?: TaskInput[K] | undefined };
export type Stage = {
  readonly clock: Clock;
  readonly start: (seed: TaskSeed, more?: Other) => Promise<WorkflowHandle<TaskWorkflow>>;
  /** Lets our time pass until an instant. */
  readonly goTo: (at: Instant) => Promise<void>;
  readonly act: (task: string, command: Command) => Promise<Receipt | Refusal>;
};

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof WorkflowUpdateFailedError && error.cause !== undefined && 'details' in error.cause) return (error.cause.details as [Refusal])[0];
  throw error;
};

/** Runs a play on the time-skipping server: a worker with these activities, our clock beginning an hour before `from`. */
export const onStage = async (
  env: TestWorkflowEnvironment, workflowBundle: WorkflowBundleOption, activities: Activities, from: Instant, play: (stage: Stage) => Promise<void>,
): Promise<void> => {
  const taskQueue = `stage-${from}-${Math.floor(await env.currentTimeMs())}`;
  const worker = await Worker.create({ connection: env.nativeConnection, namespace: env.namespace ?? 'default', taskQueue, workflowBundle, activities });
  const anchor = await env.currentTimeMs();
  const clock: Clock = { anchor, from: from - HOUR_MS, rate: 1 };
  const goTo = async (at: Instant): Promise<void> => {
    const waitMs = at - (clock.from + (await env.currentTimeMs()) - anchor);
    if (waitMs > 0) await env.sleep(waitMs);
  };
  await worker.runUntil(play({
    clock, goTo,
    start: (seed, more) => env.client.workflow.start<TaskWorkflow>(taskWorkflowType, { taskQueue, workflowId: taskWorkflowId(seed.id), args: [{ seed, clock, rules: RULES, ...more } as TaskInput] }),
    act: (task, command) => env.client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(task)).executeUpdate(act, { args: [command] }).catch(refusalOf),
  }));
};

import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Activities } from '../contracts/activities';
import { TASK_QUEUE } from '../contracts/ids';

export type WorkerInput = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly workflowBundle: WorkflowBundleOption;
  readonly activities: Activities;
  /** At most the ledger's pool: an activity that waits for a connection would only look busy. */
  readonly activitySlots: number;
  readonly taskQueue?: string;
};

/** More than the tasks of a large plan: where a morning wakes all of them, none is played back from its history. About 140 KiB of heap each (docs/benchmarks.md). */
export const CACHED_WORKFLOWS = 1200;

/**
 * How long what happens to a task waits for the worker that has it in memory, before any other may play it back: what a kill
 * costs each task at most.
 */
const STICKY_TIMEOUT = '2s';

/** A worker for every workflow and activity of dondoc. */
export const createWorker = ({ connection, namespace, workflowBundle, activities, activitySlots, taskQueue = TASK_QUEUE }: WorkerInput): Promise<Worker> =>
  Worker.create({
    connection, namespace, taskQueue, workflowBundle, activities,
    maxCachedWorkflows: CACHED_WORKFLOWS,
    maxConcurrentActivityTaskExecutions: activitySlots,
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
    shutdownGraceTime: '10s',
  });

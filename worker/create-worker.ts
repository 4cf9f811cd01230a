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

/** A worker for every workflow and activity of dondoc; the sticky timeout is what a restart costs each task at most. */
export const createWorker = ({ connection, namespace, workflowBundle, activities, activitySlots, taskQueue = TASK_QUEUE }: WorkerInput): Promise<Worker> =>
  Worker.create({
    connection, namespace, taskQueue, workflowBundle, activities,
    maxCachedWorkflows: CACHED_WORKFLOWS,
    maxConcurrentActivityTaskExecutions: activitySlots,
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
    stickyQueueScheduleToStartTimeout: '5s',
    shutdownGraceTime: '10s',
  });

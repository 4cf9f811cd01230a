import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { RenewalActivities } from '../contracts/activities';
import { TASK_QUEUE, taskWorkflowId } from '../contracts/ids';
import { RENEWAL_WORKFLOW_ID, type RenewalWorkflow, renewalWorkflowType } from '../contracts/renewal';
import { renew } from '../contracts/task';
import { RULES } from '../domain/task';
import type { Ledger } from '../ledger/connect';
import { readRenewedTo, writeRenewedTo } from '../ledger/settings';
import { nextOpenTasks } from '../ledger/tasks';

type Deps = { readonly client: Client; readonly ledger: Ledger };

/** Signals of one activity. */
const TASKS_AT_ONCE = 100;

const ask = async (client: Client, task: string): Promise<void> => {
  try {
    await client.workflow.getHandle(taskWorkflowId(task)).signal(renew);
  } catch (error) {
    // None runs: `repair` starts one, by the newest rules.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
};

/** Asks the next hundred open tasks to continue by the newest rules; repeated after a failure, which costs a task one more run. */
export const createRenewTasks = ({ client, ledger }: Deps): RenewalActivities['renewTasks'] => async ({ rules, after }) => {
  const tasks = await nextOpenTasks(ledger, after ?? '', TASKS_AT_ONCE);
  await Promise.all(tasks.map((task) => ask(client, task)));
  const last = tasks.at(-1) ?? null;
  if (last === null) await writeRenewedTo(ledger, rules);
  return { last };
};

/** The first worker of a release with new rules has running tasks take them; harmless at any time and from several workers. */
export const startRenewal = async ({ client, ledger }: Deps): Promise<void> => {
  if (((await readRenewedTo(ledger)) ?? 0) >= RULES) return;
  await client.workflow.start<RenewalWorkflow>(renewalWorkflowType, {
    workflowId: RENEWAL_WORKFLOW_ID, taskQueue: TASK_QUEUE, args: [{ rules: RULES }], workflowIdConflictPolicy: 'USE_EXISTING',
  });
};

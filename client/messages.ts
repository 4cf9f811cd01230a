import { type Client, WorkflowIdConflictPolicy, WorkflowNotFoundError } from '@temporalio/client';
import type { Clock } from '../contracts/clock';
import { messageWorkflowId, TASK_QUEUE } from '../contracts/ids';
import { type MessageWorkflow, messageWorkflowType, urge } from '../contracts/post';
import type { Instant } from '../domain/time';
import { inParallel } from './pool';
import { away } from './tasks';

/** Calls in flight: more only queue in the server's frontend. */
const AT_ONCE = 40;
type OnDone = (done: number) => void;

/** Has one message tried at once, within the sending hours; by the workflow that looks after it, which is started where there is none. */
export const retryMessage = async (client: Client, key: string, clock: Clock, now: Instant): Promise<void> => {
  try {
    await client.workflow.signalWithStart<MessageWorkflow>(messageWorkflowType, {
      workflowId: messageWorkflowId(key), taskQueue: TASK_QUEUE, args: [{ key, clock, at: now }], signal: urge, signalArgs: [],
    });
  } catch (error) {
    throw away(client, error);
  }
};

/** One that came to its end by itself has settled its message: a ledger that says otherwise was restored, and the post holds it. */
const KEPT: readonly string[] = ['RUNNING', 'COMPLETED'];
const isLookedAfter = async (client: Client, key: string): Promise<boolean> => {
  try {
    return KEPT.includes((await client.workflow.getHandle(messageWorkflowId(key)).describe()).status.name);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw away(client, error);
  }
};

/** Of these messages, those that no workflow looks after or has settled; 40 are asked for at a time. */
export const withoutWorkflow = async <T extends { readonly key: string }>(client: Client, messages: readonly T[], onDone: OnDone): Promise<readonly T[]> => {
  const found = await inParallel(messages, AT_ONCE, async (message) => ((await isLookedAfter(client, message.key)) ? [] : [message]), onDone);
  return found.flat();
};

/** Has each of them looked after by a workflow of its own, from when its next step is due; harmless where one runs by now. */
export const lookAfter = async (
  client: Client, messages: readonly { readonly key: string; readonly dueAt: Instant }[], clock: Clock, onDone: OnDone,
): Promise<void> => {
  await inParallel(messages, AT_ONCE, async ({ key, dueAt }) => {
    try {
      await client.workflow.start<MessageWorkflow>(messageWorkflowType, {
        workflowId: messageWorkflowId(key), taskQueue: TASK_QUEUE, args: [{ key, clock, at: dueAt }],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      });
    } catch (error) {
      throw away(client, error);
    }
  }, onDone);
};

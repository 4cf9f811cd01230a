import { type Client, WorkflowIdConflictPolicy } from '@temporalio/client';
import { messageWorkflowId, TASK_QUEUE } from '../../contracts/ids';
import { type MessageWorkflow, messageWorkflowType } from '../../contracts/post';
import type { Instant } from '../../domain/time';
import { MINUTE_MS } from '../../domain/time';
import { readCalendar } from '../../ledger/calendar';
import type { Ledger } from '../../ledger/connect';
import { readUnattended, setAttended } from '../../ledger/outbox';
import { readClock } from '../../ledger/settings';

/** Starts the `message` workflow of one message; harmless where it runs already. */
export type StartMessage = (key: string) => Promise<void>;

export const createStartMessage = ({ client, ledger, taskQueue = TASK_QUEUE }: { readonly client: Client; readonly ledger: Ledger; readonly taskQueue?: string }): StartMessage =>
  async (key) => {
    const [clock, calendar] = await Promise.all([readClock(ledger), readCalendar(ledger)]);
    if (!clock || !calendar) throw new Error('the ledger has no clock or no calendar yet: a message cannot be looked after');
    await client.workflow.start<MessageWorkflow>(messageWorkflowType, {
      workflowId: messageWorkflowId(key), taskQueue, args: [{ key, clock, calendar }], workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
  };

/** The workflow tries again about five minutes after it was started, and says so itself from then on. */
const FIRST_RETRY_MS = 5 * MINUTE_MS;

/** A workflow for each message in trouble that has none: one whose start fails is found again by the next pass. */
export const attendTrouble = async (deps: { readonly ledger: Ledger; readonly startMessage: StartMessage }, now: Instant): Promise<number> => {
  const keys = await readUnattended(deps.ledger);
  for (const key of keys) {
    await deps.startMessage(key);
    await setAttended(deps.ledger, key, now + FIRST_RETRY_MS);
  }
  return keys.length;
};

import type { Client } from '@temporalio/client';
import { POST_WORKFLOW_ID, TASK_QUEUE } from '../contracts/ids';
import { poke, type PostWorkflow, postWorkflowType } from '../contracts/post';
import { readCalendar } from '../ledger/calendar';
import type { Ledger } from '../ledger/connect';
import { readClock } from '../ledger/settings';

const signalWithStart = async ({ client, ledger }: { readonly client: Client; readonly ledger: Ledger }): Promise<void> => {
  const [clock, calendar] = await Promise.all([readClock(ledger), readCalendar(ledger)]);
  if (!clock || !calendar) throw new Error('the ledger has no clock or no calendar yet: the post cannot start');
  await client.workflow.signalWithStart<PostWorkflow>(postWorkflowType, {
    workflowId: POST_WORKFLOW_ID, taskQueue: TASK_QUEUE, args: [{ clock, calendar }], signal: poke, signalArgs: [],
  });
};

/**
 * Wakes the post, or starts it with the ledger's clock and calendar. A poke carries nothing, so callers that come while one is on its way share the
 * next one: each call ends only after a poke that began after the call did.
 */
export const createPokePost = (deps: { readonly client: Client; readonly ledger: Ledger }): (() => Promise<void>) => {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    const started = signalWithStart(deps).finally(() => {
      if (current === started) current = undefined;
    });
    current = started;
    return started;
  };
  const afterCurrent = (running: Promise<void>): Promise<void> =>
    running.catch(() => undefined).then(() => {
      next = undefined;
      return begin();
    });
  return () => (current === undefined ? begin() : (next ??= afterCurrent(current)));
};

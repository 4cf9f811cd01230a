import type { Client } from '@temporalio/client';
import { POST_WORKFLOW_ID, TASK_QUEUE } from '../contracts/ids';
import { poke, POST_VERSION, type PostWorkflow, postWorkflowType } from '../contracts/post';
import { readCalendar } from '../ledger/calendar';
import type { Ledger } from '../ledger/connect';
import { signalOnce } from '../ledger/outbox';
import { readClock } from '../ledger/settings';
import { shareNext } from './share-next';

type Deps = { readonly client: Client; readonly ledger: Ledger };

/** Wakes the post, or starts it with the ledger's clock and calendar. */
export const startPost = async ({ client, ledger }: Deps): Promise<void> => {
  const [clock, calendar] = await Promise.all([readClock(ledger), readCalendar(ledger)]);
  if (!clock || !calendar) throw new Error('the ledger has no clock or no calendar yet: the post cannot start');
  await client.workflow.signalWithStart<PostWorkflow>(postWorkflowType, {
    workflowId: POST_WORKFLOW_ID, taskQueue: TASK_QUEUE, args: [{ version: POST_VERSION, clock, calendar }], signal: poke, signalArgs: [],
  });
};

/**
 * The same, unless it was woken already and has not looked since, by whatever process: a poke carries nothing, and a run takes ten thousand of them. Calls of this
 * process that come while one is on its way share the next.
 */
export const createPokePost = (deps: Deps): (() => Promise<void>) => shareNext(() => signalOnce(deps.ledger, () => startPost(deps)));

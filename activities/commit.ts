import { ApplicationFailure } from '@temporalio/activity';
import type { TaskActivities } from '../contracts/activities';
import { FAILURES } from '../contracts/failures';
import { commitBatch, TaskUnknown } from '../ledger/commit';
import type { Ledger } from '../ledger/connect';
import { carryOut } from './carry-out';

/**
 * Writes a batch with what its acts do beyond the task and, where something in it is urgent, pokes the post, whatever the outcome: a retry whose first
 * attempt wrote and then died before the poke answers `same`. Fails for good (`NeedsRepair`) where the task has no row.
 */
export const createCommit = (deps: { readonly ledger: Ledger; readonly pokePost: () => Promise<void> }): TaskActivities['commit'] => async (batch) => {
  const { urgent, ...result } = await commitBatch(deps.ledger, batch).catch((error: unknown) => {
    if (error instanceof TaskUnknown) throw ApplicationFailure.nonRetryable(error.message, FAILURES.needsRepair);
    throw error;
  });
  if (result.outcome === 'written' || result.outcome === 'same') await carryOut(deps.ledger, batch.task, batch.events, batch.now);
  if (urgent) await deps.pokePost();
  return result;
};

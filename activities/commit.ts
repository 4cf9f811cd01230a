import { ApplicationFailure } from '@temporalio/activity';
import type { TaskActivities } from '../contracts/activities';
import type { CommitBatch } from '../contracts/task';
import { FAILURES } from '../contracts/failures';
import { commitBatch, TaskUnknown, UNWRITABLE } from '../ledger/commit';
import type { Ledger } from '../ledger/connect';
import { noteReferences } from '../ledger/lost';
import { isDataException } from '../ledger/database-errors';
import { setNeedsRepair } from '../ledger/tasks';
import { carryOut } from './carry-out';
import { sealProblems, tellUnsealed } from './unsealed';

type Deps = {
  readonly ledger: Ledger;
  /** Keys that acts are sealed with, by id. */
  readonly keys: Readonly<Record<string, string>>;
  readonly pokePost: () => Promise<void>;
};

const write = async ({ ledger, keys }: Deps, batch: CommitBatch) => {
  const problems = await sealProblems(ledger, keys, batch);
  const { urgent, ...result } = await commitBatch(ledger, batch, [...problems.keys()]);
  if (result.outcome === 'unsealed') await tellUnsealed(ledger, batch, result.acts, problems);
  if (result.outcome === 'written' || result.outcome === 'same') {
    await carryOut(ledger, batch.task, batch.events, batch.now);
    if (batch.isRestored === true) await noteReferences(ledger, batch.task, batch.events);
  }
  return { urgent, result };
};

/** What no repetition mends ends the retries: a batch without a row for its task, or with a value that no table takes; that one is marked. */
const failForGood = async (ledger: Ledger, task: string, error: unknown): Promise<never> => {
  if (error instanceof TaskUnknown) throw ApplicationFailure.nonRetryable(error.message, FAILURES.needsRepair);
  if (!isDataException(error)) throw error;
  await setNeedsRepair(ledger, task, UNWRITABLE);
  // The database's own sentence may quote what it could not take.
  throw ApplicationFailure.nonRetryable('the ledger cannot hold a value of this batch', FAILURES.needsRepair);
};

/**
 * Checks who sent the acts of a batch: one that no door of ours has sealed, or whose nonce was taken before, is answered `unsealed` with nothing written.
 * Writes a batch with what its acts do beyond the task and, where something in it is urgent, pokes the post, whatever the outcome: a retry whose first
 * attempt wrote and then died before the poke answers `same`. Fails for good (`NeedsRepair`) where the task has no row, or where the ledger can never take
 * what the batch holds: then the task is marked.
 */
export const createCommit = (deps: Deps): TaskActivities['commit'] => async (batch) => {
  const { urgent, result } = await write(deps, batch).catch((error: unknown) => failForGood(deps.ledger, batch.task, error));
  if (urgent) await deps.pokePost();
  return result;
};

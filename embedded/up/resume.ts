import type { Client } from '@temporalio/client';
import { clockOf } from '../../client/services';
import { startTasks, workflowStates } from '../../client/tasks';
import { openSeeds } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';

/** Starts the workflow of every open task that has none, from the ledger: what a Temporal that lost its file needs. Answers with the tasks started. */
export const resumeTasks = async (ledger: Ledger, client: Client, realNow: number): Promise<readonly string[]> => {
  const seeds = (await openSeeds(ledger)).map((o) => o.seed);
  const states = await workflowStates(client, seeds.map((s) => s.id));
  const missing = new Set(states.filter((s) => s.status !== 'running').map((s) => s.task));
  const results = await startTasks(client, seeds.filter((s) => missing.has(s.id)), await clockOf(ledger, realNow), { isAgain: true });
  return results.filter((r) => r.outcome === 'started').map((r) => r.task);
};

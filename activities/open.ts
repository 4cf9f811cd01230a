import type { TaskActivities } from '../contracts/activities';
import type { Ledger } from '../ledger/connect';
import { insertTask, readEvents, setNeedsRepair } from '../ledger/tasks';

/** The first step of every chain: the task's row is there afterwards, a mark `needs-repair` is gone, and its events come back in order. */
export const createOpen = (deps: { readonly ledger: Ledger }): TaskActivities['open'] => async ({ seed }) => {
  await insertTask(deps.ledger, seed, seed.startAt);
  await setNeedsRepair(deps.ledger, seed.id, null);
  return { events: await readEvents(deps.ledger, seed.id) };
};

import type { TaskActivities } from '../contracts/activities';
import { REFUSED_AFTER_REOPEN } from '../contracts/failures';
import type { Ledger } from '../ledger/connect';
import { clearMark, insertTask, readEvents } from '../ledger/tasks';

/** The first step of every chain: the task's row is there afterwards, and its events come back in order. A mark `needs-repair` is gone, but the one that a person must have read. */
export const createOpen = (deps: { readonly ledger: Ledger }): TaskActivities['open'] => async ({ seed }) => {
  await insertTask(deps.ledger, seed, seed.startAt);
  await clearMark(deps.ledger, seed.id, REFUSED_AFTER_REOPEN);
  return { events: await readEvents(deps.ledger, seed.id) };
};

import type { PostActivities } from '../contracts/activities';
import { dateAt, DAY_MS } from '../domain/time';
import type { Ledger } from '../ledger/connect';
import { deleteLinks, eraseBodies, forgetVisits } from '../ledger/retention';
import { readRetentionDay, writeRetentionDay } from '../ledger/settings';

/** For one call: what serves people comes in between. */
const BUDGET_MS = 20_000;
/** Rows of one statement. */
const AT_ONCE = 500;

/**
 * Once a day: erases bytes of messages, links and visits that have outlived their retention (docs/operations.md, "Retention"), some hundreds at a time, within a
 * budget of time. `left`: there is more, and the caller asks again; the day counts as done when nothing is left.
 */
export const createRetain = (
  deps: { readonly ledger: Ledger; readonly keepBodiesDays: number; readonly budgetMs?: number },
): PostActivities['retain'] => async ({ now }) => {
  const { ledger, keepBodiesDays, budgetMs = BUDGET_MS } = deps;
  const today = dateAt(now);
  if ((await readRetentionDay(ledger)) === today) return { left: false };
  const until = performance.now() + budgetMs;
  const steps = [
    () => eraseBodies(ledger, now - keepBodiesDays * DAY_MS, AT_ONCE),
    () => deleteLinks(ledger, today, AT_ONCE),
  ];
  await forgetVisits(ledger);
  for (const step of steps) {
    for (let erased = AT_ONCE; erased === AT_ONCE;) {
      if (performance.now() >= until) return { left: true };
      erased = await step();
    }
  }
  await writeRetentionDay(ledger, today);
  return { left: false };
};

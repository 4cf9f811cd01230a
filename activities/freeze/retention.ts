import { dateAt, DAY_MS, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { eraseBodies, forgetVisits } from '../../ledger/retention';
import { readRetentionDay, writeRetentionDay } from '../../ledger/settings';

/** Once a day: erases what has outlived its retention. A first day with much to erase is spread over several. */
export const retain = async (ledger: Ledger, keepBodiesDays: number, now: Instant): Promise<void> => {
  if ((await readRetentionDay(ledger)) === dateAt(now)) return;
  await writeRetentionDay(ledger, dateAt(now));
  await eraseBodies(ledger, now - keepBodiesDays * DAY_MS);
  await forgetVisits(ledger);
};

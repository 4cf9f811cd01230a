import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { holdRestored } from '../../ledger/outbox';
import { nextStamp, readStamp } from '../../ledger/settings';
import type { Log } from '../ports';

/**
 * The post knows the last stamp of the outbox. A ledger that lacks it was restored from a backup: what it believes to be still unsent may have been sent, and waits
 * for a person (docs/delivery.md, "A ledger restored from a backup").
 */
export const holdWhereRestored = async ({ ledger, log }: { readonly ledger: Ledger; readonly log: Log }, seen: number, now: Instant): Promise<void> => {
  if ((await readStamp(ledger)) >= seen) return;
  const notices = await holdRestored(ledger, now);
  await nextStamp(ledger, seen);
  log.warn({ notices }, 'the ledger was restored from a backup: what it may have sent before is held');
};

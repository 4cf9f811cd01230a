import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { holdRestored } from '../../ledger/outbox';
import { nextStamp } from '../../ledger/settings';
import type { Log } from '../ports';

/**
 * The post knows the last stamp of the outbox. A ledger that lacks it was restored from a backup: what it believes to be still unsent may have been sent, and waits
 * for a person (docs/delivery.md, "A ledger restored from a backup"). Answers with the stamp that the ledger has then.
 */
export const holdWhereRestored = async ({ ledger, log }: { readonly ledger: Ledger; readonly log: Log }, seen: number, now: Instant): Promise<number> => {
  const notices = await holdRestored(ledger, now);
  log.warn({ notices }, 'the ledger was restored from a backup: what it may have sent before is held');
  return nextStamp(ledger, seen);
};

import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { failOver, holdRestored, holdUnfinished, readLost } from '../../ledger/outbox';
import { nextStamp } from '../../ledger/settings';
import type { Log } from '../ports';
import { reportLost, reportUnclear } from '../send/lost';

type Deps = { readonly ledger: Ledger; readonly log: Log };
type Seen = { readonly seen: number; readonly seenAt: Instant };

/**
 * The post knows the last stamp of the outbox. A ledger that lacks it was restored from a backup: what it believes to be still unsent may have been sent, and waits
 * for a person (docs/delivery.md, "A ledger restored from a backup"). What was decided after the pass that saw that stamp (`seenAt`) cannot have been.
 * Answers with the stamp that the ledger has then.
 */
export const holdWhereRestored = async ({ ledger, log }: Deps, { seen, seenAt }: Seen, now: Instant): Promise<number> => {
  // What the backup knows to have failed goes over to the next channel first: it may have done so before, and is held
  // with the rest.
  const lost = await readLost(ledger);
  // Somebody is told before: it is not read as lost again where this ends in between.
  await reportLost(ledger, lost, now);
  await failOver(ledger, lost.map((m) => m.key), now);
  const notices = await holdRestored(ledger, Math.min(seenAt, now - 1), now);
  const messages = await holdUnfinished(ledger, now);
  for (const key of messages) await reportUnclear(ledger, key, now);
  const what = 'the ledger was restored from a backup: what it may have sent before is held';
  log.warn({ notices, messages: messages.length }, what);
  return nextStamp(ledger, seen);
};

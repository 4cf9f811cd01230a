import { dateAt, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { readNotices, readProjections, readWithdrawn, supersede, type Supersession } from '../../ledger/outbox';
import { deadReason } from '../freeze/triage';

/**
 * Looks once more at what messages say, as of this moment: those that hold a notice which is no longer true are superseded. Only for messages of
 * which no byte ever left. Answers with the keys that may not be sent.
 */
export const recheck = async (ledger: Ledger, messages: readonly { readonly key: string; readonly attempt: number }[], now: Instant): Promise<ReadonlySet<string>> => {
  const notices = await readNotices(ledger, messages.map((m) => m.key));
  const tasks = [...notices.values()].flat().flatMap((n) => n.notice.task ?? []);
  const [projections, withdrawn] = await Promise.all([readProjections(ledger, tasks), readWithdrawn(ledger)]);
  const untrue = messages.flatMap(({ key, attempt }): Supersession[] => {
    const dead = (notices.get(key) ?? []).flatMap((n) => {
      const reason = deadReason(n, { projections, withdrawn, today: dateAt(now) });
      return reason === undefined ? [] : [{ notice: n.notice.key, reason }];
    });
    return dead.length === 0 ? [] : [{ key, attempt, reason: `no longer true: ${[...new Set(dead.map((d) => d.reason))].join(', ')}`, dead }];
  });
  if (untrue.length > 0) await supersede(ledger, untrue, now);
  return new Set(untrue.map((u) => u.key));
};

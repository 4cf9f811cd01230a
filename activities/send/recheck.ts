import type { Notice } from '../../domain/notice';
import { dateAt, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { readNotices, readProjections, readWithdrawn, supersede, type Supersession } from '../../ledger/outbox';
import { deadReason } from '../freeze/triage';

type Said = { readonly notice: Notice; readonly plan: string | null };
type Judge = (said: Said) => string | undefined;

/** What is no longer true of one message. One that cannot be judged is frozen anew, where what this release does not understand is held alone. */
const judged = ({ key, attempt }: { readonly key: string; readonly attempt: number }, said: readonly Said[], judge: Judge): Supersession | undefined => {
  try {
    const dead = said.flatMap((one) => {
      const reason = judge(one);
      return reason === undefined ? [] : [{ notice: one.notice.key, reason }];
    });
    return dead.length === 0 ? undefined : { key, attempt, reason: `no longer true: ${[...new Set(dead.map((d) => d.reason))].join(', ')}`, dead };
  } catch {
    return { key, attempt, reason: 'it cannot be told whether it is still true', dead: [] };
  }
};

/**
 * Looks once more at what messages say, as of this moment: those that hold a notice which is no longer true are superseded. Only for messages of
 * which no byte ever left. Answers with the keys that may not be sent.
 */
export const recheck = async (ledger: Ledger, messages: readonly { readonly key: string; readonly attempt: number }[], now: Instant): Promise<ReadonlySet<string>> => {
  const notices = await readNotices(ledger, messages.map((m) => m.key));
  const tasks = [...notices.values()].flat().flatMap((n) => n.notice.task ?? []);
  const [projections, withdrawn] = await Promise.all([readProjections(ledger, tasks), readWithdrawn(ledger)]);
  const judge: Judge = (one) => deadReason(one, { projections, withdrawn, today: dateAt(now) });
  const untrue = messages.flatMap((message) => judged(message, notices.get(message.key) ?? [], judge) ?? []);
  if (untrue.length > 0) await supersede(ledger, untrue, now);
  return new Set(untrue.map((u) => u.key));
};

import { nextOpening, type WorkingCalendar } from '../../domain/calendar';
import { isPosition } from '../../domain/plan';
import { DAY_MS, type Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { type DeliveryRef, holdUnsaid, type PlannedDelivery, settleDeliveries, type Unsaid } from '../../ledger/outbox';
import type { DirectoryHeader } from '../../ledger/settings';
import type { Log } from '../ports';
import { reportProblems } from './problems';

type Deps = { readonly ledger: Ledger; readonly log: Log; readonly header: DirectoryHeader | null; readonly calendar: WorkingCalendar };

const keyOf = ({ notice, channel }: DeliveryRef): string => `${channel} ${notice}`;

/**
 * Holds what cannot be said until the next opening, or until a worker starts (another release may know the words), or until a person asks. The host unit's
 * officer is told by mail, except where there is no plan in whose name to write. A code is left out: who asked for it asks again. Answers whether somebody is to be
 * told of it now.
 */
export const keepBack = async ({ ledger, log, header, calendar }: Deps, unsaid: readonly Unsaid[], planned: readonly PlannedDelivery[], now: Instant): Promise<boolean> => {
  if (unsaid.length === 0) return false;
  const byKey = new Map(planned.map((p) => [keyOf({ notice: p.notice.key, channel: p.channel }), p]));
  const isCode = (one: Unsaid): boolean => byKey.get(keyOf(one))?.notice.class === 'code';
  await settleDeliveries(ledger, unsaid.filter(isCode).map(({ notice, channel }) => ({ notice, channel, state: 'dropped', reason: 'no-text' })));
  const held = unsaid.filter((one) => !isCode(one));
  await holdUnsaid(ledger, held, nextOpening(calendar, now + 1) ?? now + DAY_MS);
  log.warn({ notices: held.map((u) => u.notice).slice(0, 20), count: held.length, why: [...new Set(held.map((u) => u.why))] }, 'notices could not be said and are held');
  const problems = held.filter(({ why }) => why !== 'no-plan').flatMap((one) => {
    const delivery = byKey.get(keyOf(one));
    return delivery === undefined || !isPosition(delivery.notice.to) ? [] : [{ delivery, position: delivery.notice.to, why: 'unsaid' as const }];
  });
  return reportProblems(ledger, header, problems, now);
};

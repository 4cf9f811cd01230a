import type { Position } from '../../domain/plan';
import { stillTrue } from '../../domain/still-true';
import type { TaskProjection } from '../../domain/task';
import type { PlannedDelivery, Settlement } from '../../ledger/outbox';
import type { Holder } from '../../ledger/directory';
import { addressOn } from './address';
import type { FailureReason } from './report';

/** A notice that will be said: to whom it goes, and where. */
export type Ready = PlannedDelivery & { readonly holder: Holder; readonly address: string };
export type Problem = { readonly delivery: PlannedDelivery; readonly position: Position; readonly why: FailureReason };
export type Triage = { readonly ready: readonly Ready[]; readonly settled: readonly Settlement[]; readonly problems: readonly Problem[] };

export type Known = {
  readonly projections: ReadonlyMap<string, TaskProjection>;
  readonly withdrawn: ReadonlySet<string>;
  readonly resolve: (position: Position) => Holder | undefined;
};

/** Why a notice is not said any more; undefined where it still holds. */
export const deadReason = (
  { notice, plan }: Pick<PlannedDelivery, 'notice' | 'plan'>, { projections, withdrawn }: Pick<Known, 'projections' | 'withdrawn'>,
): string | undefined => {
  if (plan !== null && withdrawn.has(plan) && notice.kind !== 'plan-withdrawn') return 'plan-withdrawn';
  const verdict = stillTrue(notice, notice.task === null ? null : projections.get(notice.task) ?? null);
  return verdict.ok ? undefined : verdict.reason;
};

const emptySeats = (ready: readonly Ready[]): Problem[] =>
  ready.flatMap((delivery) => delivery.holder.passedOver.map((position) => ({ delivery, position, why: 'empty-seat' as const })));

/** Sorts what is planned into what will be said, what is settled without a message, each with its reason, and what a person must look at. */
export const triage = (planned: readonly PlannedDelivery[], known: Known): Triage => {
  const ready: Ready[] = [];
  const settled: Settlement[] = [];
  const problems: Problem[] = [];
  const settle = ({ notice, channel }: PlannedDelivery, state: Settlement['state'], reason: string): void => {
    settled.push({ notice: notice.key, channel, state, reason });
  };
  const place = (delivery: PlannedDelivery): void => {
    const { to, channels } = delivery.notice;
    const dead = deadReason(delivery, known);
    if (dead !== undefined) return settle(delivery, 'dropped', dead);
    const holder = known.resolve(to);
    const why = holder === undefined ? 'no-holder' : channels.every((c) => addressOn(c, holder) === undefined) ? 'no-address' : undefined;
    if (holder === undefined || why !== undefined) {
      problems.push({ delivery, position: to, why: why ?? 'no-holder' });
      return settle(delivery, 'failed', why ?? 'no-holder');
    }
    const address = addressOn(delivery.channel, holder);
    if (address === undefined) return settle(delivery, 'dropped', delivery.channel === 'email' ? 'no-email' : 'no-phone');
    ready.push({ ...delivery, holder, address });
  };
  planned.forEach(place);
  return { ready, settled, problems: [...problems, ...emptySeats(ready)] };
};

import { addressOn } from '../../domain/address';
import type { Channel } from '../../domain/notice';
import type { Position } from '../../domain/plan';
import { stillTrue } from '../../domain/still-true';
import type { TaskProjection } from '../../domain/task';
import type { CivilDate } from '../../domain/time';
import type { DeliveryRef, PlannedDelivery, Settlement, Unsaid } from '../../ledger/outbox';
import type { Holder } from '../../ledger/directory';
import type { Unsayable } from '../../ledger/schema';
import type { FailureReason } from './report';
import { unsayable } from './sayable';

/** A notice that will be said: to whom it goes, and where. */
export type Ready = PlannedDelivery & { readonly holder: Holder; readonly address: string };
export type Problem = { readonly delivery: PlannedDelivery; readonly position: Position; readonly why: FailureReason };
/**
 * `detours`: what must go by another channel than the plan says, because the one it says leads nowhere. `unsaid`: what this release does not understand; it keeps
 * back nothing else.
 */
export type Triage = {
  readonly ready: readonly Ready[]; readonly settled: readonly Settlement[]; readonly problems: readonly Problem[]; readonly detours: readonly DeliveryRef[];
  readonly unsaid: readonly Unsaid[];
};

export type Known = {
  readonly projections: ReadonlyMap<string, TaskProjection>;
  readonly withdrawn: ReadonlySet<string>;
  /** The day on which it would be read. */
  readonly today: CivilDate;
  readonly resolve: (position: Position) => Holder | undefined;
  /** Somebody who may act for a position: for what is meant for one person alone. */
  readonly personAt: (position: Position, person: string) => Holder | undefined;
  /** False where the site has no gateway: then phones count for nothing. */
  readonly hasSms: boolean;
};

const OTHER: Readonly<Record<Channel, Channel>> = { email: 'sms', sms: 'email' };
const NO_ADDRESS: Readonly<Record<Channel, string>> = { email: 'no-email', sms: 'no-phone' };
/** What the plan requires by SMS beside the mail is required of everybody; the rest a person may ask to be left out. */
const isLeftOut = ({ notice, channel, isFallback }: PlannedDelivery, { without, email }: Holder): boolean =>
  channel === 'sms' && !isFallback && notice.class !== 'urgent' && notice.class !== 'code' && without?.includes('sms') === true && email !== undefined;

/** Why a notice is not said any more; undefined where it still holds. */
export const deadReason = (
  { notice, plan }: Pick<PlannedDelivery, 'notice' | 'plan'>, { projections, withdrawn, today }: Pick<Known, 'projections' | 'withdrawn' | 'today'>,
): string | undefined => {
  if (plan !== null && withdrawn.has(plan) && notice.kind !== 'plan-withdrawn') return 'plan-withdrawn';
  const verdict = stillTrue(notice, notice.task === null ? null : projections.get(notice.task) ?? null, today);
  return verdict.ok ? undefined : verdict.reason;
};

const emptySeats = (ready: readonly Ready[]): Problem[] =>
  ready.flatMap((delivery) => delivery.holder.passedOver.map((position) => ({ delivery, position, why: 'empty-seat' as const })));

type Placed =
  | { readonly as: 'ready'; readonly holder: Holder; readonly address: string }
  | { readonly as: 'settled'; readonly state: Settlement['state']; readonly reason: string; readonly why?: FailureReason; readonly detour?: Channel }
  | { readonly as: 'unsaid'; readonly unsayable: Unsayable };

const placeOf = (delivery: PlannedDelivery, known: Known): Placed => {
  const { notice, channel } = delivery;
  const { to, channels, facts } = notice;
  const dead = deadReason(delivery, known);
  if (dead !== undefined) return { as: 'settled', state: 'dropped', reason: dead };
  if (channel === 'sms' && !known.hasSms) return { as: 'settled', state: 'dropped', reason: 'no-gateway' };
  const holder = facts.person === undefined ? known.resolve(to) : known.personAt(to, facts.person);
  if (holder === undefined) return { as: 'settled', state: 'failed', reason: 'no-holder', why: 'no-holder' };
  if (isLeftOut(delivery, holder)) return { as: 'settled', state: 'dropped', reason: 'asked-for-less' };
  const address = addressOn(channel, holder);
  if (address !== undefined) return { as: 'ready', holder, address };
  if (delivery.isFallback && holder.passedOver.length > 0) return { as: 'settled', state: 'dropped', reason: NO_ADDRESS[channel], detour: OTHER[channel] };
  // A code that cannot be sent as it was promised is not sent otherwise: the person asks for another one.
  const isOnlyWay = notice.class !== 'code' && !channels.includes(OTHER[channel]) && !delivery.isFallback;
  return isOnlyWay ? { as: 'settled', state: 'failed', reason: 'no-address', why: 'no-address', detour: OTHER[channel] } : { as: 'settled', state: 'dropped', reason: NO_ADDRESS[channel] };
};

/** One that cannot be judged is kept back alone. */
const placed = (delivery: PlannedDelivery, known: Known): Placed => {
  const reason = unsayable(delivery);
  if (reason !== undefined) return { as: 'unsaid', unsayable: reason };
  try {
    return placeOf(delivery, known);
  } catch {
    return { as: 'unsaid', unsayable: 'unreadable' };
  }
};

/** A second way that was taken because the first one failed is not needed where the first goes to whoever stands in. */
const isSuperfluous = (all: readonly Ready[]) => ({ notice, channel, isFallback }: Ready): boolean =>
  isFallback && channel === 'sms' && all.some((r) => r.notice.key === notice.key && r.channel === 'email');

/** Sorts what is planned into what will be said, what is settled without a message, each with its reason, and what a person must look at. */
export const triage = (planned: readonly PlannedDelivery[], known: Known): Triage => {
  const sorted = planned.map((delivery) => ({ delivery, to: placed(delivery, known) }));
  const all = sorted.flatMap(({ delivery, to }): Ready[] => (to.as === 'ready' ? [{ ...delivery, holder: to.holder, address: to.address }] : []));
  const superfluous = all.filter(isSuperfluous(all));
  const ready = all.filter((r) => !superfluous.includes(r));
  const refOf = ({ notice, channel }: PlannedDelivery): DeliveryRef => ({ notice: notice.key, channel });
  const settled = sorted.flatMap(({ delivery, to }) => (to.as === 'settled' ? [{ delivery, to }] : []));
  return {
    ready,
    settled: [
      ...settled.map(({ delivery, to }): Settlement => ({ ...refOf(delivery), state: to.state, reason: to.reason })),
      ...superfluous.map((delivery) => ({ ...refOf(delivery), state: 'dropped' as const, reason: 'not-needed' })),
    ],
    problems: [
      ...settled.flatMap(({ delivery, to }): Problem[] => (to.why === undefined ? [] : [{ delivery, position: delivery.notice.to, why: to.why }])),
      ...emptySeats(ready),
    ],
    detours: settled.flatMap(({ delivery, to }): DeliveryRef[] => (to.detour === undefined ? [] : [{ ...refOf(delivery), channel: to.detour }])),
    unsaid: sorted.flatMap(({ delivery, to }): Unsaid[] => (to.as === 'unsaid' ? [{ ...refOf(delivery), why: to.unsayable }] : [])),
  };
};

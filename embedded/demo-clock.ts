import { isSendingTime, nextSlot, SLOT_MINUTES, type WorkingCalendar } from '../domain/calendar';
import { HOUR_MS, type Instant, MINUTE_MS } from '../domain/time';
import type { Agenda } from '../ledger/agenda';

/** What waits in the ledger at an instant of the story at which its clock stands. */
export type DemoSnapshot = Agenda & { readonly now: Instant };
export type Wait = { readonly kind: 'wait'; readonly for: 'tasks' | 'deliveries' | 'messages' };
export type NextStep =
  /** Our time goes from `from` (now, or a leap ahead of it) to `until` and stands there. */
  | { readonly kind: 'grant'; readonly from: Instant; readonly until: Instant }
  /** Something of this instant is not finished. */
  | Wait
  /** Nothing will ever happen by itself. */
  | { readonly kind: 'idle' };

/** The slot at or before an instant within the sending hours: Vietnamese half hours are those of UTC. */
const slotAt = (now: Instant): Instant => now - (now % (SLOT_MINUTES * MINUTE_MS));
const isDue = (at: Instant | null, now: Instant): boolean => at !== null && at <= now;

/** What must be finished before time may go on: no task is due, nothing that a pass of the post should have taken, no message under way. */
const unfinished = (cal: WorkingCalendar, s: DemoSnapshot): Wait | undefined => {
  if (s.opening > 0 || isDue(s.wakes[0] ?? null, s.now)) return { kind: 'wait', for: 'tasks' };
  if (s.inFlight > 0 || isDue(s.nextTryAt, s.now)) return { kind: 'wait', for: 'messages' };
  const isMissed = isSendingTime(cal, s.now) && (isDue(s.urgentAt, s.now) || isDue(s.plannedAt, slotAt(s.now)));
  return isMissed ? { kind: 'wait', for: 'deliveries' } : undefined;
};

/** The slot that takes a delivery; a delivery that is due already goes with the next one. */
const slotFor = (cal: WorkingCalendar, sendAt: Instant | null, now: Instant): Instant =>
  (sendAt === null ? undefined : nextSlot(cal, Math.max(sendAt - 1, now))) ?? Infinity;

/** The last wake of the same morning: before the next slot, so that what these tasks decide is written when the post opens, and at most an hour on. */
const lastWakeTogether = (cal: WorkingCalendar, wakes: readonly Instant[], before: Instant): Instant => {
  const first = wakes[0] ?? Infinity;
  const limit = Math.min(first + HOUR_MS, (nextSlot(cal, first) ?? Infinity) - 1, before - 1);
  return wakes.filter((at) => at <= limit).at(-1) ?? first;
};

/**
 * The next span of the demonstration's clock. It never passes an instant at which something happens: tasks decide first, the slot follows when they
 * have written, and a slot is left when each of its messages is final or waits for a later time. More than an hour without any of it is leapt over.
 * `isForced` gives up waiting for what is unfinished, and goes on to whatever comes next.
 */
export const nextStep = (cal: WorkingCalendar, snapshot: DemoSnapshot, isForced = false): NextStep => {
  const wait = unfinished(cal, snapshot);
  if (wait && !isForced) return wait;
  const { now } = snapshot;
  const wakes = snapshot.wakes.filter((at) => at > now);
  const slot = Math.min(slotFor(cal, snapshot.plannedAt, now), isForced ? nextSlot(cal, now) ?? Infinity : Infinity);
  const retry = snapshot.nextTryAt !== null && snapshot.nextTryAt > now ? snapshot.nextTryAt : Infinity;
  const others = Math.min(slot, retry);
  const first = Math.min(wakes[0] ?? Infinity, others);
  if (!Number.isFinite(first)) return { kind: 'idle' };
  const until = first < others ? lastWakeTogether(cal, wakes, others) : first;
  return { kind: 'grant', from: first - now > HOUR_MS ? first : now, until };
};

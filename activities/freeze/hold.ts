import type { PlannedDelivery, StartProgress } from '../../ledger/outbox';
import { type Instant, MINUTE_MS } from '../../domain/time';

/** One start's `assigned` notices wait for each other no longer than this. */
const LONGEST_MS = 10 * MINUTE_MS;
/** How soon a start that is not complete is looked at again. */
const RECHECK_MS = MINUTE_MS;

const STARTED: readonly string[] = ['assigned', 'assigned-coordinator'];
const isOfStart = ({ notice }: PlannedDelivery): boolean => notice.class === 'act' && STARTED.includes(notice.kind);

export const startsOf = (planned: readonly PlannedDelivery[]): readonly string[] => [...new Set(planned.filter(isOfStart).map((p) => p.notice.group))];

export type Held = { readonly free: readonly PlannedDelivery[]; readonly recheckAt?: Instant };

/**
 * Keeps back what a start tells until all its tasks have said theirs, so that each address gets one message; ten minutes after the first of it was
 * decided, it goes as it is.
 */
export const holdStarts = (planned: readonly PlannedDelivery[], starts: ReadonlyMap<string, StartProgress>, now: Instant): Held => {
  const ends = new Map<string, Instant>();
  for (const [id, start] of starts) {
    const decided = planned.filter((p) => isOfStart(p) && p.notice.group === id).map((p) => p.notice.decidedAt);
    const end = Math.max(start.startedAt, decided.reduce((first, at) => Math.min(first, at), Infinity)) + LONGEST_MS;
    if (start.missing > 0 && now < end) ends.set(id, end);
  }
  if (ends.size === 0) return { free: planned };
  return {
    free: planned.filter((p) => !(isOfStart(p) && ends.has(p.notice.group))),
    recheckAt: Math.min(now + RECHECK_MS, ...ends.values()),
  };
};

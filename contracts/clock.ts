import type { Instant } from '../domain/time';

/**
 * Our time as a value: `from` + (Temporal's time - `anchor`) × `rate`, standing still at `until`. In production `from` = `anchor`,
 * rate 1 and no `until`; a story of 2018 runs on the same code with `from` in 2018.
 */
export type Clock = { readonly anchor: Instant; readonly from: Instant; readonly rate: number; readonly until?: Instant };

export const realClock = (now: Instant): Clock => ({ anchor: now, from: now, rate: 1 });

/** Temporal's time → ours. */
export const ourTime = (clock: Clock, temporalTime: Instant): Instant => {
  const at = Math.floor(clock.from + (temporalTime - clock.anchor) * clock.rate);
  return clock.until === undefined ? at : Math.min(at, clock.until);
};

/** How long to wait on Temporal's clock until ours shows `at`; undefined where ours stands still before. At least 1 ms. */
export const temporalWaitMs = (clock: Clock, temporalTime: Instant, at: Instant): number | undefined => {
  if (clock.until !== undefined && at > clock.until) return undefined;
  return Math.max(1, Math.ceil((at - clock.from) / clock.rate + clock.anchor - temporalTime));
};

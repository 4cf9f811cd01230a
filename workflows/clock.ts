import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { type Clock, ourTime, temporalWaitMs } from '../contracts/clock';
import { DAY_MS, type Instant } from '../domain/time';

/** The only file that reads Temporal's time, and turns waits of our time into its timers. */

/** The longest timer: a wake farther away is armed again when this one fires. */
export const HORIZON_DAYS = 90;
export const now = (clock: Clock): Instant => ourTime(clock, Date.now());

/** One timer that can be armed earlier, never cancelled for a later wake: a timer that fires early costs less than one that is replaced. */
export type Alarm = {
  /** Arms for an instant of ours (at most the horizon ahead); kept when the armed one is earlier. `summary` is read in Temporal's UI. */
  readonly arm: (clock: Clock, at: Instant, summary: string) => void;
  /** Forgets the armed timer: the clock itself has moved. */
  readonly reset: () => void;
  /** True once after it fired. */
  readonly takeFired: () => boolean;
  readonly hasFired: () => boolean;
};

export const createAlarm = (horizonDays = HORIZON_DAYS): Alarm => {
  let armed: { readonly at: Instant; readonly scope: CancellationScope } | null = null;
  let fired = false;
  const reset = (): void => { armed?.scope.cancel(); armed = null; };
  const arm = (clock: Clock, wanted: Instant, summary: string): void => {
    const at = Math.min(wanted, now(clock) + horizonDays * DAY_MS);
    if (armed !== null && armed.at <= at) return;
    const waitMs = temporalWaitMs(clock, Date.now(), at);
    if (waitMs === undefined) return;
    reset();
    const scope = new CancellationScope();
    armed = { at, scope };
    void scope.run(() => sleep(waitMs, { summary })).then(
      () => { if (armed?.scope === scope) { armed = null; fired = true; } },
      (error: unknown) => { if (!isCancellation(error)) throw error; },
    );
  };
  return { arm, reset, hasFired: () => fired, takeFired: () => { const had = fired; fired = false; return had; } };
};

import { condition, continueAsNew, isCancellation, setHandler, workflowInfo } from '@temporalio/workflow';
import type { MessageInput } from '../contracts/post';
import { clockMoved } from '../contracts/task';
import { isSendingTime, nextOpening } from '../domain/calendar';
import { type Instant, MINUTE_MS } from '../domain/time';
import { createAlarm, now } from './clock';
import { sending } from './effects';

/** Waits between attempts within the sending hours: a greylisting server wants some minutes, a broken one no hurry. The last repeats. */
const WAIT_MINUTES = [5, 10, 20, 30] as const;

/** A message in trouble: tried again with the same bytes until the sending hours end, and from the next opening on. Returns its final state. */
export async function message(input: MessageInput): Promise<string> {
  const { calendar, key } = input;
  const alarm = createAlarm();
  let clock = input.clock;
  setHandler(clockMoved, (moved) => { clock = moved; alarm.reset(); });

  /** Our next attempt after the n-th; beyond the calendar, the same hour tomorrow. */
  const nextTry = (attempt: number): Instant => {
    const at = now(clock) + WAIT_MINUTES[Math.min(attempt, WAIT_MINUTES.length - 1)]! * MINUTE_MS;
    return isSendingTime(calendar, at) ? at : nextOpening(calendar, at) ?? at;
  };
  const waitUntil = async (at: Instant): Promise<void> => {
    while (now(clock) < at) {
      alarm.takeFired();
      alarm.arm(clock, at, `Gửi lại ${key}`);
      const seen = clock;
      await condition(() => alarm.hasFired() || clock !== seen);
    }
  };

  for (let attempt = 0; ; attempt += 1) {
    const isAtOnce = attempt === 0 && input.isUrged === true && isSendingTime(calendar, now(clock));
    if (!isAtOnce) await waitUntil(nextTry(attempt));
    try {
      const { state, isFinal } = await sending.retry({ key, now: now(clock), nextTryAt: nextTry(attempt + 1) });
      if (isFinal) return state;
    } catch (error) {
      if (isCancellation(error)) throw error;
    }
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof message>({ key, calendar, clock });
  }
}

import { condition, continueAsNew, isCancellation, setHandler, workflowInfo } from '@temporalio/workflow';
import { type MessageInput, urge } from '../contracts/post';
import { clockMoved } from '../contracts/task';
import { type Instant, MINUTE_MS } from '../domain/time';
import { createAlarm, now } from './clock';
import { sending } from './effects';

/** A worker that died in the middle: what it left is looked at again. */
const AFTER_FAILURE_MS = 5 * MINUTE_MS;

/** A message in trouble: looked at when its next step is due, with timers of our clock, until there is none. Returns its final state. */
export async function message(input: MessageInput): Promise<string> {
  const { key } = input;
  const alarm = createAlarm();
  let { clock, at } = input;
  let isUrged = false;
  /** A person's wish: it waits for the hours of sending, and outlives a worker. */
  let urgedAt = input.urgedAt ?? null;
  setHandler(urge, () => {
    isUrged = true;
    urgedAt = now(clock);
  });
  setHandler(clockMoved, (moved) => { clock = moved; alarm.reset(); });

  const waitUntil = async (wanted: Instant): Promise<void> => {
    while (now(clock) < wanted && !isUrged) {
      alarm.takeFired();
      alarm.arm(clock, wanted, `Gửi lại ${key}`);
      const seen = clock;
      await condition(() => alarm.hasFired() || clock !== seen || isUrged);
    }
  };

  for (;;) {
    await waitUntil(at);
    isUrged = false;
    const wish = urgedAt;
    try {
      const { state, nextAt, isUrged: isStillUrged = false } = await sending.attend({ key, now: now(clock), ...(wish === null ? {} : { urgedAt: wish }) });
      if (nextAt === null && !isUrged) return state;
      at = nextAt ?? at;
      if (urgedAt === wish && !isStillUrged) urgedAt = null;
    } catch (error) {
      if (isCancellation(error)) throw error;
      at = now(clock) + AFTER_FAILURE_MS;
    }
    if (!isUrged && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof message>({ key, clock, at, ...(urgedAt === null ? {} : { urgedAt }) });
  }
}

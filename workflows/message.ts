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
  let { clock, at, attempts } = input;
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
      const told = { ...(wish === null ? {} : { urgedAt: wish }), ...(attempts === undefined ? {} : { attempts }) };
      const answer = await sending.attend({ key, now: now(clock), ...told });
      if (answer.nextAt === null && !isUrged) return answer.state;
      at = answer.nextAt ?? at;
      attempts = answer.attempts ?? attempts;
      if (urgedAt === wish && answer.isUrged !== true) urgedAt = null;
    } catch (error) {
      if (isCancellation(error)) throw error;
      at = now(clock) + AFTER_FAILURE_MS;
    }
    if (isUrged || !workflowInfo().continueAsNewSuggested) continue;
    const kept = { ...(urgedAt === null ? {} : { urgedAt }), ...(attempts === undefined ? {} : { attempts }) };
    await continueAsNew<typeof message>({ key, clock, at, ...kept });
  }
}

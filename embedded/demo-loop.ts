import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { pokePost } from '../client/tasks';
import { type Clock, ourTime } from '../contracts/clock';
import { messageWorkflowId, POST_WORKFLOW_ID, taskWorkflowId } from '../contracts/ids';
import { clockMoved } from '../contracts/task';
import type { WorkingCalendar } from '../domain/calendar';
import { dateAt, HOUR_MS, type Instant, isoInstant } from '../domain/time';
import { readAgenda, readClockBearers } from '../ledger/agenda';
import type { Ledger } from '../ledger/connect';
import { readClock, writeClock } from '../ledger/settings';
import { nextStep } from './demo-clock';

/** An hour of the story in a second. */
export const DEMO_RATE = HOUR_MS / 1000;
const LOOK_MS = 50;
const IDLE_MS = 500;
/** After its last commit a workflow may still be ending its run; a signal in that moment makes it do so twice. */
const QUIET_MS = 250;
/** Nothing has changed for so long: everyone is told the clock again, and the post is woken; then after twice as long, and so on. */
const REMIND_AFTER_MS = 3_000;
/** Then time goes on to the next slot all the same: whatever it is, it must not stop the story. */
const FORCE_AFTER_MS = 30_000;

export type DemoDeps = {
  readonly ledger: Ledger;
  readonly client: Client;
  readonly calendar: WorkingCalendar;
  /** Our milliseconds in one of Temporal's. */
  readonly rate?: number;
  readonly realNow?: () => Instant;
  readonly log?: (line: string) => void;
  /** Told when the story reaches another month, `2019-03`. */
  readonly onMonth?: (month: string) => void;
  /** True while time must not go on, although nothing of this instant is left to do. Left out: never. */
  readonly isHeld?: () => boolean;
};

const monthAt = (at: Instant): string => dateAt(at).slice(0, 7);

/** A standing clock at an instant of the story. */
export const standingAt = (at: Instant, realNow: Instant, rate = DEMO_RATE): Clock => ({ anchor: realNow, from: at, rate, until: at });

/** Tells the clock to every open task, the post and each message in trouble. One that has just ended needs no clock. */
const announce = async ({ ledger, client }: DemoDeps, clock: Clock): Promise<void> => {
  const { tasks, messages } = await readClockBearers(ledger);
  const ids = [...tasks.map(taskWorkflowId), POST_WORKFLOW_ID, ...messages.map(messageWorkflowId)];
  await Promise.all(ids.map((id) => client.workflow.getHandle(id).signal(clockMoved, clock).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  })));
};

/**
 * Leads the clock of the demonstration: looks at the ledger, grants the next span, stores it and tells it. The only loop of its kind: it stands in for
 * the passing of time and decides nothing else. `stop` settles when the clock will not move any more.
 */
export const leadDemoClock = (deps: DemoDeps): { stop(): Promise<void> } => {
  const { ledger, client, calendar, rate = DEMO_RATE, realNow = Date.now, log = () => undefined, isHeld = () => false } = deps;
  let isStopped = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => { clearTimeout(timer); resolve(); };
    if (isStopped) wake();
  });
  let seen = '';
  let since = realNow();
  let reminders = 0;

  const remind = async (clock: Clock): Promise<void> => {
    reminders += 1;
    await announce(deps, clock);
    await pokePost(client, { clock, calendar });
  };

  /** One look at the ledger; answers how long to pause until the next. */
  const turn = async (): Promise<number> => {
    const clock = await readClock(ledger);
    if (clock?.until === undefined) return IDLE_MS;
    const now = ourTime(clock, realNow());
    if (now < clock.until) return Math.max(1, Math.ceil((clock.until - now) / clock.rate));
    const snapshot = { ...(await readAgenda(ledger)), now };
    const state = JSON.stringify(snapshot);
    if (state !== seen) [seen, since, reminders] = [state, realNow(), 0];
    const stuckMs = realNow() - since;
    const isStill = isHeld();
    const step = nextStep(calendar, snapshot, !isStill && stuckMs > FORCE_AFTER_MS);
    if (step.kind === 'idle') return IDLE_MS;
    if (step.kind === 'wait') {
      if (stuckMs > REMIND_AFTER_MS * 2 ** reminders) await remind(clock);
      return LOOK_MS;
    }
    if (isStill) {
      // A hold is no fault: it must not count towards going on by force.
      since = realNow();
      return LOOK_MS;
    }
    if (stuckMs < QUIET_MS) return QUIET_MS - stuckMs;
    if (stuckMs > FORCE_AFTER_MS) log(`something of ${isoInstant(now)} was not finished; the clock goes on`);
    const granted: Clock = { anchor: realNow(), from: step.from, rate, until: step.until };
    await writeClock(ledger, granted);
    await announce(deps, granted);
    const [before, after] = [monthAt(now), monthAt(step.until)];
    if (before !== after) deps.onMonth?.(after);
    return LOOK_MS;
  };

  const lead = async (): Promise<void> => {
    const clock = await readClock(ledger);
    if (clock) await announce(deps, clock);
    while (!isStopped) {
      const ms = await turn().catch((error: unknown) => {
        if (!isStopped) log(`the clock waits: ${error instanceof Error ? error.message : String(error)}`);
        return IDLE_MS;
      });
      await pause(ms);
    }
  };
  const running = lead().catch((error: unknown) => log(`the clock has stopped: ${error instanceof Error ? error.message : String(error)}`));
  return { stop: () => { isStopped = true; wake(); return running; } };
};

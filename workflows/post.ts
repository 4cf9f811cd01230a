import { allHandlersFinished, condition, continueAsNew, isCancellation, log, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Frozen, Sent } from '../contracts/activities';
import { poke, POST_VERSION, type PostInput } from '../contracts/post';
import { clockMoved } from '../contracts/task';
import { isSendingTime, nextSlot, type WorkingCalendar } from '../domain/calendar';
import { CODE_LIFE_MS } from '../domain/delivery';
import { DAY_MS, dmy, dateAt, earlier, type Instant } from '../domain/time';
import { createAlarm, now } from './clock';
import { collecting, freezing, retaining, sending } from './effects';
import { refuseNewer, takes } from './version';

/** Messages of one `send`: what one killed worker leaves to be looked at. */
const BATCH = 500;
/** Rounds of freeze and send in one pass: a message superseded at sending is frozen anew in the next. */
const MAX_ROUNDS = 100;
/** Rounds of reading the mailbox in one pass, two hundred mails each. */
const MAX_COLLECTIONS = 10;
/** A worker that dies is replaced, and the step is taken again at once; after more failures than this it waits. */
const MAX_FAILURES = 3;
/** How long: a ledger that was away is found again soon after it is back. */
const AFTER_FAILURES_MS = 4_000;
/** What has become due during the pass itself. */
const AT_ONCE_MS = 1_000;

/** A freeze that is repeated after its worker died freezes nothing: what the first one froze waits to be sent all the same. */
const hasWork = ({ frozen, untried = 0 }: Frozen): boolean => frozen + untried > 0;

/** Nothing is left, or nothing moves on: what could not be tried waits for its time. */
const isDone = ({ frozen }: Frozen, sent: Sent | undefined): boolean =>
  sent !== undefined && (sent.left === 0 || (frozen === 0 && (sent.tried ?? sent.sent) === 0));

/** Undefined where it fails, which is logged; what it left is taken up by who calls it again. */
const attempted = async <T>(run: () => Promise<T>, otherwise: string): Promise<T | undefined> => {
  try {
    return await run();
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn(otherwise);
    return undefined;
  }
};

/**
 * One for the whole ledger, a run a day: at each slot of the sending hours, and at once when poked, everything that is planned and due is frozen
 * into messages and sent. Every pass takes all of it, so a lost poke costs one slot at most.
 */
export async function post(input: PostInput): Promise<void> {
  refuseNewer(input.version, POST_VERSION);
  const hasChange = takes(input.version);
  /** Ends its run between two rounds, and looks again soon after a failure. */
  const isSecond = (input.version ?? 0) >= 2;
  let { calendar, stamp, stampedAt } = input;
  const alarm = createAlarm();
  let clock = input.clock;
  let isPoked = true;
  let recheckAt: Instant | undefined;
  /** When what is planned was last gathered: a slot since then has not had its pass, however long this one takes. */
  let gatheredAt = now(clock);
  let hasMailbox = false;
  /** True until a `send` has said that nothing is left: a quiet slot then costs one activity. */
  let mayHaveLeft = true;
  /** Codes could not be sent: until when somebody may still wait for them. */
  let codesUntil: Instant | undefined;
  let hasErased = false;
  setHandler(poke, () => { isPoked = true; });
  setHandler(clockMoved, (moved) => { clock = moved; alarm.reset(); });

  const startedAt = now(clock);
  const isOver = (): boolean => (now(clock) - startedAt >= DAY_MS || workflowInfo().continueAsNewSuggested) && allHandlersFinished();
  /** The next run begins with a pass. */
  const mustStop = (): boolean => isSecond && isOver();

  /**
   * What the ledger says beside its answer to a question asked `at`: another calendar than ours, and how far its outbox has come. A stamp behind ours is of a ledger that
   * was restored meanwhile: the next pass still knows ours, and finds it out.
   */
  const learn = (told: { readonly calendar?: WorkingCalendar; readonly stamp?: number }, at: Instant): void => {
    calendar = told.calendar ?? calendar;
    if (told.stamp !== undefined && told.stamp >= (stamp ?? 0)) [stamp, stampedAt] = [told.stamp, at];
  };
  const stamped = (): Pick<PostInput, 'stamp' | 'stampedAt'> =>
    ({ ...(stamp === undefined ? {} : { stamp }), ...(stampedAt === undefined ? {} : { stampedAt }) });
  const freeze = async (codesOnly: boolean): Promise<Frozen> => {
    const at = now(clock);
    if (!codesOnly) gatheredAt = at;
    const frozen = await freezing.freeze({ now: at, calendarVersion: calendar.version, ...stamped(), ...(codesOnly ? { codesOnly } : {}) });
    learn(frozen, at);
    return frozen;
  };
  const send = async (): Promise<Sent> => {
    const at = now(clock);
    const sent = await sending.send({ now: at, limit: BATCH });
    learn(sent, at);
    return sent;
  };

  /** What came back: a bounce fails over at once. True where there was anything. */
  const collect = async (): Promise<boolean> => {
    let collected = 0;
    await attempted(async () => {
      for (let round = 0; round < MAX_COLLECTIONS; round += 1) {
        const answer = await collecting.collect({ now: now(clock) });
        collected += answer.collected;
        if (answer.left === 0) break;
      }
    }, 'the mailbox could not be read; it is read again at the next slot');
    return collected > 0;
  };

  const lookAgainSoon = (): void => {
    if (!isSecond) return;
    const isAhead = recheckAt !== undefined && recheckAt > now(clock);
    recheckAt = earlier(isAhead ? recheckAt : undefined, now(clock) + AFTER_FAILURES_MS);
  };

  /** Freezes and sends until nothing is left. */
  const deliver = async (): Promise<void> => {
    let failures = 0;
    for (let round = 0; round < MAX_ROUNDS && isSendingTime(calendar, now(clock)) && !mustStop(); round += 1) {
      const on = dateAt(now(clock));
      const frozen = await attempted(() => freeze(false), 'freeze was interrupted; it is taken up again');
      if (frozen === undefined) {
        failures += 1;
        if (failures < MAX_FAILURES) continue;
        return lookAgainSoon();
      }
      // Repeated over a night: what it froze speaks of yesterday, and is frozen anew.
      if (dateAt(now(clock)) !== on && hasChange('frozen-today')) continue;
      recheckAt = frozen.recheckAt;
      hasMailbox = frozen.hasMailbox === true;
      if (!hasWork(frozen) && !mayHaveLeft) return;
      const sent = await attempted(send, 'send was interrupted; what it left is taken up again');
      mayHaveLeft = sent?.left !== 0 || (!isSecond && sent.retryAt !== undefined);
      recheckAt = earlier(recheckAt, sent?.retryAt);
      if (sent === undefined) failures += 1;
      if (failures >= MAX_FAILURES) return lookAgainSoon();
      if (isDone(frozen, sent)) return;
    }
  };

  const isForCodes = (): boolean => codesUntil !== undefined && now(clock) < codesUntil;
  /** Somebody waits for a code at a page, whatever the hour. */
  const deliverCodes = async (): Promise<void> => {
    const done = await attempted(async (): Promise<{ readonly retryAt?: Instant }> => {
      if (!hasWork(await freeze(true))) return {};
      return sending.send({ now: now(clock), limit: BATCH, codesOnly: true });
    }, 'codes could not be sent outside the sending hours');
    if (!isSecond) return;
    const again = done === undefined ? now(clock) + AFTER_FAILURES_MS : done.retryAt;
    if (again === undefined) codesUntil = undefined;
    else {
      if (!isForCodes()) codesUntil = now(clock) + CODE_LIFE_MS;
      recheckAt = again;
    }
  };

  /** Once a run, which lasts a day: what has outlived its retention goes after the morning's mails, or at the next pass where there is much of it. */
  const erase = async (): Promise<void> => {
    if (!isSecond || hasErased || !isSendingTime(calendar, now(clock))) return;
    const answer = await attempted(() => retaining.retain({ now: now(clock) }), 'erasing was interrupted; it goes on at the next pass');
    hasErased = answer?.left === false;
  };

  const pass = async (wasPoked: boolean): Promise<void> => {
    if ((wasPoked || isForCodes()) && !isSendingTime(calendar, now(clock)) && hasChange('codes-any-hour')) await deliverCodes();
    await deliver();
    if (hasMailbox && !mustStop() && (await collect())) await deliver();
    await erase();
  };

  /** The next slot; at once where one has passed while the pass was under way. */
  const nextPassAt = (): Instant => {
    const slot = nextSlot(calendar, isSecond ? gatheredAt : now(clock)) ?? Infinity;
    return slot > now(clock) ? slot : now(clock) + AT_ONCE_MS;
  };

  /** When to look again before the next slot. Outside the sending hours nobody has looked again: the next slot will. */
  const lookAgainAt = (): Instant => {
    if (recheckAt === undefined) return Infinity;
    if (recheckAt > now(clock)) return recheckAt;
    if (isSecond) return isSendingTime(calendar, now(clock)) ? now(clock) + AT_ONCE_MS : Infinity;
    return hasChange('recheck-ahead') ? Infinity : recheckAt;
  };

  for (;;) {
    alarm.takeFired();
    const wasPoked = isPoked;
    isPoked = false;                                            // what was planned before this line is gathered below
    gatheredAt = now(clock);
    await pass(wasPoked);
    // Also when poked in the meantime: waiting for a quiet moment would keep a busy post in one run.
    if (isOver()) await continueAsNew<typeof post>({ version: POST_VERSION, clock, calendar, ...stamped() });
    const wake = Math.min(nextPassAt(), lookAgainAt());
    if (Number.isFinite(wake)) {
      setCurrentDetails(`Lượt gửi tiếp theo: ${dmy(dateAt(wake))}`);
      alarm.arm(clock, wake, `Lượt gửi ${dmy(dateAt(wake))}`);
    }
    const seen = clock;
    await condition(() => isPoked || alarm.hasFired() || clock !== seen);
  }
}

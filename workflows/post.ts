import { allHandlersFinished, condition, continueAsNew, isCancellation, log, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Frozen } from '../contracts/activities';
import { poke, POST_VERSION, type PostInput } from '../contracts/post';
import { clockMoved } from '../contracts/task';
import { isSendingTime, nextSlot, type WorkingCalendar } from '../domain/calendar';
import { DAY_MS, dmy, dateAt, type Instant } from '../domain/time';
import { createAlarm, now } from './clock';
import { collecting, freezing, sending } from './effects';
import { refuseNewer, takes } from './version';

/** Messages of one `send`: what one killed worker leaves to be looked at. */
const BATCH = 500;
/** Rounds of freeze and send in one pass: a message superseded at sending is frozen anew in the next. */
const MAX_ROUNDS = 100;
/** Rounds of reading the mailbox in one pass, two hundred mails each. */
const MAX_COLLECTIONS = 10;
/** A worker that dies while sending is replaced; more failures than this wait for the next slot. */
const MAX_FAILURES = 3;

const earlier = (a: Instant | undefined, b: Instant | undefined): Instant | undefined => (a === undefined || b === undefined ? a ?? b : Math.min(a, b));

/** A freeze that is repeated after its worker died freezes nothing: what the first one froze waits to be sent all the same. */
const hasWork = ({ frozen, untried = 0 }: Frozen): boolean => frozen + untried > 0;

/**
 * One for the whole ledger, a run a day: at each slot of the sending hours, and at once when poked, everything that is planned and due is frozen
 * into messages and sent. Every pass takes all of it, so a lost poke costs one slot at most.
 */
export async function post(input: PostInput): Promise<void> {
  refuseNewer(input.version, POST_VERSION);
  const hasChange = takes(input.version);
  let { calendar, stamp } = input;
  const alarm = createAlarm();
  let clock = input.clock;
  let isPoked = true;
  let recheckAt: Instant | undefined;
  let hasMailbox = false;
  /** True until a `send` has said that nothing is left: a quiet slot then costs one activity. */
  let mayHaveLeft = true;
  setHandler(poke, () => { isPoked = true; });
  setHandler(clockMoved, (moved) => { clock = moved; alarm.reset(); });

  /** What the ledger says beside its answer: another calendar than ours, and how far its outbox has come. */
  const learn = (told: { readonly calendar?: WorkingCalendar; readonly stamp?: number }): void => {
    calendar = told.calendar ?? calendar;
    stamp = told.stamp ?? stamp;
  };
  const freeze = async (codesOnly: boolean): Promise<Frozen> => {
    const frozen = await freezing.freeze({ now: now(clock), calendarVersion: calendar.version, ...(stamp === undefined ? {} : { stamp }), ...(codesOnly ? { codesOnly } : {}) });
    learn(frozen);
    return frozen;
  };
  const sendOnce = async (): Promise<Awaited<ReturnType<typeof sending.send>> | undefined> => {
    try {
      const sent = await sending.send({ now: now(clock), limit: BATCH });
      learn(sent);
      return sent;
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('send was interrupted; what it left is taken up again');
      return undefined;
    }
  };

  /** What came back: a bounce fails over at once. True where there was anything. */
  const collect = async (): Promise<boolean> => {
    let collected = 0;
    try {
      for (let round = 0; round < MAX_COLLECTIONS; round += 1) {
        const answer = await collecting.collect({ now: now(clock) });
        collected += answer.collected;
        if (answer.left === 0) break;
      }
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('the mailbox could not be read; it is read again at the next slot');
    }
    return collected > 0;
  };

  /** Freezes and sends until nothing is left. */
  const deliver = async (): Promise<void> => {
    let failures = 0;
    for (let round = 0; round < MAX_ROUNDS && isSendingTime(calendar, now(clock)); round += 1) {
      const on = dateAt(now(clock));
      const frozen = await freeze(false);
      // Repeated over a night: what it froze speaks of yesterday, and is frozen anew.
      if (dateAt(now(clock)) !== on && hasChange('frozen-today')) continue;
      recheckAt = frozen.recheckAt;
      hasMailbox = frozen.hasMailbox === true;
      if (!hasWork(frozen) && !mayHaveLeft) return;
      const sent = await sendOnce();
      mayHaveLeft = sent?.left !== 0 || sent.retryAt !== undefined;
      recheckAt = earlier(recheckAt, sent?.retryAt);
      if (sent === undefined) failures += 1;
      if (failures >= MAX_FAILURES || (sent !== undefined && frozen.frozen === 0 && sent.sent === 0) || sent?.left === 0) return;
    }
  };

  /** Somebody waits for a code at a page, whatever the hour. A failure here is a code that does not come: the person asks for another one. */
  const deliverCodes = async (): Promise<void> => {
    try {
      if (hasWork(await freeze(true))) await sending.send({ now: now(clock), limit: BATCH, codesOnly: true });
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('codes could not be sent outside the sending hours');
    }
  };

  const pass = async (wasPoked: boolean): Promise<void> => {
    if (wasPoked && !isSendingTime(calendar, now(clock)) && hasChange('codes-any-hour')) await deliverCodes();
    await deliver();
    if (hasMailbox && (await collect())) await deliver();
  };

  const startedAt = now(clock);
  for (;;) {
    alarm.takeFired();
    const wasPoked = isPoked;
    isPoked = false;                                            // what was planned before this line is gathered below
    await pass(wasPoked);
    // Also when poked in the meantime: the next run begins with a pass, and waiting for a quiet moment would keep a busy post in one run.
    if ((now(clock) - startedAt >= DAY_MS || workflowInfo().continueAsNewSuggested) && allHandlersFinished()) {
      await continueAsNew<typeof post>({ version: POST_VERSION, clock, calendar, ...(stamp === undefined ? {} : { stamp }) });
    }
    const slot = nextSlot(calendar, now(clock));
    // Outside the sending hours nobody has looked again: the next slot will.
    const isAhead = recheckAt === undefined || recheckAt > now(clock) || !hasChange('recheck-ahead');
    const wake = Math.min(slot ?? Infinity, isAhead ? recheckAt ?? Infinity : Infinity);
    if (Number.isFinite(wake)) {
      setCurrentDetails(`Lượt gửi tiếp theo: ${dmy(dateAt(wake))}`);
      alarm.arm(clock, wake, `Lượt gửi ${dmy(dateAt(wake))}`);
    }
    const seen = clock;
    await condition(() => isPoked || alarm.hasFired() || clock !== seen);
  }
}

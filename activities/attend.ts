import type { MessageActivities } from '../contracts/activities';
import { isSendingTime, nextOpening, type WorkingCalendar } from '../domain/calendar';
import { DAY_MS, type Instant } from '../domain/time';
import { readCalendar } from '../ledger/calendar';
import type { Ledger } from '../ledger/connect';
import {
  applyReceipts, type AttemptRef, claimNext, endOpenAttempt, hasBegunSince, holdUnfinished, markBodyStarted, type MessageStatus,
  putOff, readSendables, readStatus, recordResults, setNextSteps,
} from '../ledger/outbox';
import type { SendDeps } from './send/batch';
import { reportUnclear } from './send/lost';
import { patiently } from './send/patience';
import { recheck } from './send/recheck';
import { submitIfWhole } from './send/submit';
import { attendOne, insteadOfAttempt } from './send/trouble';

export type AttendDeps = Omit<SendDeps, 'startMessage'> & { /** Wakes the post for what goes by another channel or is frozen anew. */ readonly pokePost: () => Promise<void> };

const SETTLED: readonly MessageStatus['state'][] = ['accepted', 'delivered', 'bounced', 'superseded', 'failed'];

/** More attempts than these at a time would leave no place for what is quick: a relay that stalls holds each of them for minutes. */
const MOST_AT_ONCE = 8;
/** When one that found no place comes back. */
const BUSY_MS = 30_000;

type Answer = Awaited<ReturnType<MessageActivities['attend']>>;
const end = (state: string): Answer => ({ state, nextAt: null });
/** How many attempts have come to their end. */
const attemptsOf = ({ attempt, isTried }: MessageStatus): number => (isTried ? attempt - 1 : attempt);
const comeBack = (status: MessageStatus, nextAt: Instant): Answer => ({ state: status.state, nextAt, attempts: attemptsOf(status) });
type Look = { readonly status: MessageStatus; readonly calendar: WorkingCalendar; readonly now: Instant; readonly isUrged: boolean };

/** Whose next step is not this workflow's: a person's, the post's, or the next channel. */
const OTHERS: readonly MessageStatus['awaits'][] = ['person', 'channel', 'post'];
const isOver = ({ state, awaits }: MessageStatus, isUrged: boolean): boolean =>
  SETTLED.includes(state) || (!isUrged && (state === 'rejected' || OTHERS.includes(awaits)));

/** Not now: what was decided before, or the hours of sending, say when. Undefined where an attempt is due. */
const notYet = ({ status, calendar, now, isUrged }: Look): Answer | undefined => {
  if (isOver(status, isUrged)) return end(status.state);
  if (!isUrged && status.nextTryAt !== null && status.nextTryAt > now) return comeBack(status, status.nextTryAt);
  if (status.class === 'code' || isSendingTime(calendar, now)) return undefined;
  return comeBack(status, nextOpening(calendar, now) ?? now + DAY_MS);
};

const givenUp = async ({ ledger, pokePost }: AttendDeps, { status: { key, state, attempt: attempts }, now }: Look): Promise<Answer> => {
  await setNextSteps(ledger, [{ key, attempts, awaits: 'channel' }], now);
  await pokePost();
  return end((await readStatus(ledger, key))?.state ?? state);
};

/** What stands in the ledger, whoever decided it: a pass of the post may have come first, and starts no second workflow. */
const decidedOf = async ({ ledger, pokePost }: AttendDeps, key: string): Promise<Answer> => {
  const status = await readStatus(ledger, key);
  if (status === undefined) return end('unknown');
  const isForPost = ['channel', 'post'].includes(status.awaits ?? '') || ['rejected', 'bounced'].includes(status.state);
  if (isForPost) await pokePost();
  const isPlanned = status.awaits === 'attempt' || status.awaits === 'receipt';
  return isPlanned && status.nextTryAt !== null ? comeBack(status, status.nextTryAt) : end(status.state);
};

/** What follows an attempt that counted or did not: settled, or the next time, or somebody else's matter. */
const after = async (deps: AttendDeps, key: string, calendar: WorkingCalendar, now: Instant): Promise<Answer> => {
  await applyReceipts(deps.ledger, now);
  await attendOne(deps, calendar, key, now);
  return decidedOf(deps, key);
};

/** As of its turn: what it says is no longer true, or it may not be given once more. Undefined where an attempt may be made. */
const noMore = async (deps: AttendDeps, { status, calendar, now, isUrged }: Look): Promise<Answer | undefined> => {
  const { key, state, bodyWasStarted } = status;
  if (state === 'frozen' && !bodyWasStarted && (await recheck(deps.ledger, [status], now)).has(key)) {
    await deps.pokePost();
    return end('superseded');
  }
  return !isUrged && (await insteadOfAttempt(deps, calendar, key, now)) !== undefined ? decidedOf(deps, key) : undefined;
};

/** One that was frozen and has no bytes any more can only be given up. */
const attempt = async (deps: AttendDeps, at: Look): Promise<Answer> => {
  const { status: { key, attempt: seen }, calendar, now } = at;
  const { ledger } = deps;
  const [message] = await readSendables(ledger, [key]);
  if (message === undefined) return givenUp(deps, at);
  const number = await claimNext(ledger, { key, number: seen }, now);
  if (number === undefined) return after(deps, key, calendar, now);
  const mark = async (one: AttemptRef): Promise<boolean> => (await markBodyStarted(ledger, [one], now)).has(key);
  const result = await submitIfWhole({ ...deps, now, markBodyStarted: mark }, message, number);
  await patiently(() => recordResults(ledger, [result], now));
  return after(deps, key, calendar, now);
};

/** Counts the attempts under way in this process. */
type Places = { taken: number };
const inPlace = async (places: Places, work: () => Promise<Answer>): Promise<Answer> => {
  places.taken += 1;
  try {
    return await work();
  } finally {
    places.taken -= 1;
  }
};

/** As it stands, once what a worker left here that died in the middle of an attempt has come to its end: whether that may be repeated, the table says. */
const readAfterDeath = async (ledger: Ledger, status: MessageStatus, now: Instant): Promise<MessageStatus | undefined> => {
  const { key, isTried, attempt: number } = status;
  if (!isTried) return status;
  await endOpenAttempt(ledger, { key, number }, now);
  return readStatus(ledger, key);
};

/** Codes are left alone: whoever waits for one asks again. */
const lacks = (status: MessageStatus, attempts: number): boolean =>
  !SETTLED.includes(status.state) && status.class !== 'code' && attemptsOf(status) < attempts;
/** The ledger lacks an attempt that was made: restored from a backup, it cannot say what came of it, and a person decides. */
const restored = async ({ ledger, log }: AttendDeps, key: string, now: Instant): Promise<Answer> => {
  await holdUnfinished(ledger, now, key);
  await reportUnclear(ledger, key, now);
  log.warn({ message: key }, 'a message was tried after the backup that the ledger was restored from: a person decides');
  return end('ambiguous');
};

/** It comes back later than was decided, which is on record: else it would look like one that nobody looks after. */
const later = async ({ ledger }: AttendDeps, key: string, answer: Answer): Promise<Answer> => {
  if (answer.nextAt !== null) await putOff(ledger, [key], answer.nextAt);
  return answer;
};

const look = async (deps: AttendDeps, places: Places, input: Parameters<MessageActivities['attend']>[0]): Promise<Answer> => {
  const { ledger } = deps;
  const { now, key, urgedAt, attempts = 0 } = input;
  const isUrged = urgedAt !== undefined && !(await hasBegunSince(ledger, key, urgedAt));
  const [seen, calendar] = await Promise.all([readStatus(ledger, key), readCalendar(ledger)]);
  if (seen === undefined || calendar === undefined) return end('unknown');
  if (!isUrged && lacks(seen, attempts)) return restored(deps, key, now);
  const status = await readAfterDeath(ledger, seen, now);
  if (status === undefined) return end('unknown');
  const at: Look = { status, calendar, now, isUrged };
  if (!isUrged && status.awaits === null && !SETTLED.includes(status.state)) return after(deps, key, calendar, now);
  const waits = notYet(at);
  if (waits !== undefined) return later(deps, key, isUrged && waits.nextAt !== null ? { ...waits, isUrged } : waits);
  if (status.awaits === 'receipt' && !isUrged) return givenUp(deps, at);
  if (places.taken >= MOST_AT_ONCE && status.class !== 'code' && !isUrged) return later(deps, key, comeBack(status, now + BUSY_MS));
  return inPlace(places, async () => {
    await deps.pace[status.channel].turns(1);
    return (await noMore(deps, at)) ?? attempt(deps, at);
  });
};

/**
 * Looks after one message in trouble: one more attempt with the same bytes, within the sending hours only; or the end of waiting for a receipt, and then the
 * next channel. A message of which no byte ever left is looked at once more before. What follows an attempt that a worker died in is decided before another one
 * is made.
 */
export const createAttend = (deps: AttendDeps): MessageActivities['attend'] => {
  const places: Places = { taken: 0 };
  return (input) => look(deps, places, input);
};

import { addWorkingDays, isSendingTime, nextOpening, type WorkingCalendar } from './calendar';
import type { Channel, MessageClass } from './notice';
import { dateAt, HOUR_MS, type Instant, MINUTE_MS } from './time';

/**
 * How one attempt ended. `not-sent`: no byte of the message was taken. `deferred`: refused for now (RFC 5321, 4yz). `rejected`: refused for good (5yz).
 * `ambiguous`: it may have been taken (RFC 1047). `accepted`: the receiver has taken it over, which is not yet delivered.
 */
export const OUTCOMES = ['accepted', 'rejected', 'deferred', 'not-sent', 'ambiguous'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** What a receiver reports afterwards. `delayed` is information only. */
export type ReceiptStatus = 'delivered' | 'failed' | 'delayed';

/** Resend the same bytes; resend with the key by which the gateway knows a repetition; wait for a receipt, then go by another channel; ask a person. */
export type AmbiguousPolicy = 'resend' | 'resend-with-key' | 'hold' | 'ask';
/** By class of message. A mailbox drops a second copy with the same Message-ID and bytes; a phone does not. A code is never repeated: the person asks for another. */
export const AMBIGUOUS: Readonly<Record<Channel, Readonly<Record<MessageClass, AmbiguousPolicy>>>> = {
  email: { digest: 'resend', act: 'resend', urgent: 'resend', code: 'hold' },
  sms: { digest: 'resend-with-key', act: 'resend-with-key', urgent: 'resend-with-key', code: 'hold' },
};
/** What goes first: a code, what is urgent, what an act caused, the digest. */
export const PRESSING: readonly MessageClass[] = ['code', 'urgent', 'act', 'digest'];

/** Without a gateway that drops repetitions: an urgent text is looked at by a person, the others wait for their receipt. */
const WITHOUT_KEY: Readonly<Record<MessageClass, AmbiguousPolicy>> = { digest: 'hold', act: 'hold', urgent: 'ask', code: 'hold' };

/** Messages of one address on one day; what is beyond it waits for the next working day. Urgent ones and codes are not counted. */
export const PER_ADDRESS: Readonly<Record<Channel, number>> = { email: 40, sms: 12 };
const CANNOT_WAIT: readonly MessageClass[] = ['urgent', 'code'];
export type DayCount = { readonly inAll: number; readonly ofAddress: (channel: Channel, address: string) => number };

/**
 * Of messages about to be made, in order of their pressing: those that the day still has room for, and those that wait for the next. `dailyLimit`: of the
 * whole site.
 */
export const withinLimits = <T extends { readonly channel: Channel; readonly address: string; readonly class: MessageClass }>(all: readonly T[], made: DayCount, dailyLimit: number) => {
  const [now, later]: [T[], T[]] = [[], []];
  const own = new Map<string, number>();
  for (const one of [...all].sort((a, b) => PRESSING.indexOf(a.class) - PRESSING.indexOf(b.class))) {
    const key = `${one.channel} ${one.address}`;
    const ofAddress = (own.get(key) ?? made.ofAddress(one.channel, one.address)) + 1;
    const isFree = CANNOT_WAIT.includes(one.class);
    if (!isFree && (ofAddress > PER_ADDRESS[one.channel] || made.inAll + now.length >= dailyLimit)) later.push(one);
    else {
      now.push(one);
      own.set(key, ofAddress);
    }
  }
  return { now, later };
};

type Retry = { readonly waitMinutes: readonly number[]; readonly workingDays: number };
/** What is tried again, and for how long. The last wait repeats; retries end with the sending hours and go on at the next opening. */
export const RETRIES: Readonly<Record<'not-sent' | 'deferred' | 'ambiguous', Retry>> = {
  'not-sent': { waitMinutes: [2, 5, 10, 20, 30], workingDays: 3 },
  deferred: { waitMinutes: [5, 10, 20, 30], workingDays: 3 },
  ambiguous: { waitMinutes: [5, 10, 20, 30], workingDays: 3 },
};
/** A code is of use for ten minutes. */
const CODE_RETRY: Retry = { waitMinutes: [1], workingDays: 0 };
export const CODE_LIFE_MS = 10 * MINUTE_MS;
/** How long a receipt may take before another channel is used. */
const RECEIPT_MS = HOUR_MS;

/** A message whose last attempt did not end in `accepted`. */
export type Trouble = {
  readonly channel: Channel;
  readonly class: MessageClass;
  readonly outcome: Exclude<Outcome, 'accepted'>;
  /** Attempts made so far. */
  readonly attempts: number;
  readonly frozenAt: Instant;
  /** Until when the gateway drops a repetition that carries the same key; undefined where it does not. */
  readonly keyHoldsUntil?: Instant;
};
/** `give-up`: not delivered, its notices go by the next channel. `ask`: a person decides. */
export type NextStep =
  | { readonly do: 'attempt' | 'await-receipt'; readonly at: Instant }
  | { readonly do: 'give-up' | 'ask' };

const policyOf = ({ channel, class: name, keyHoldsUntil }: Trouble, now: Instant): AmbiguousPolicy => {
  const wanted = AMBIGUOUS[channel][name];
  return wanted === 'resend-with-key' && (keyHoldsUntil === undefined || keyHoldsUntil <= now) ? WITHOUT_KEY[name] : wanted;
};

/** The last instant of retrying: the end of the n-th working day after the day of freezing; for a code ten minutes. Beyond the calendar, none. */
const endOf = (calendar: WorkingCalendar, trouble: Trouble, { workingDays }: Retry): (at: Instant) => boolean => {
  if (trouble.class === 'code') return (at) => at - trouble.frozenAt > CODE_LIFE_MS;
  const last = addWorkingDays(calendar, dateAt(trouble.frozenAt), workingDays);
  return (at) => last !== undefined && dateAt(at) > last;
};

const retry = (calendar: WorkingCalendar, trouble: Trouble, plan: Retry, now: Instant): NextStep => {
  const wait = plan.waitMinutes[Math.min(trouble.attempts - 1, plan.waitMinutes.length - 1)] ?? 0;
  const wanted = now + wait * MINUTE_MS;
  const at = trouble.class === 'code' || isSendingTime(calendar, wanted) ? wanted : nextOpening(calendar, wanted) ?? wanted;
  return endOf(calendar, trouble, plan)(at) ? { do: 'give-up' } : { do: 'attempt', at };
};

/** The next attempt with the same key, where the key still holds by then; otherwise what is done without one. */
const withKey = (calendar: WorkingCalendar, trouble: Trouble, now: Instant): NextStep => {
  const { keyHoldsUntil = now, ...keyless } = trouble;
  const step = retry(calendar, trouble, RETRIES.ambiguous, now);
  return step.do === 'attempt' && step.at >= keyHoldsUntil ? afterAttempt(calendar, keyless, now) : step;
};

/**
 * False where the same bytes may not be given again at `now`, whatever was decided before: the gateway would not know them any more, or a code is of no use any
 * more.
 */
export const mayRepeat = (trouble: Trouble, now: Instant): boolean => {
  if (trouble.class === 'code' && now - trouble.frozenAt > CODE_LIFE_MS) return false;
  return trouble.outcome !== 'ambiguous' || ['resend', 'resend-with-key'].includes(policyOf(trouble, now));
};

/** The one table of what comes after an attempt that was not accepted (docs/delivery.md). Total: beyond the calendar it waits as within. */
export const afterAttempt = (calendar: WorkingCalendar, trouble: Trouble, now: Instant): NextStep => {
  const { outcome } = trouble;
  if (outcome === 'rejected') return { do: 'give-up' };
  const plan = trouble.class === 'code' ? CODE_RETRY : RETRIES[outcome];
  if (outcome !== 'ambiguous') return retry(calendar, trouble, plan, now);
  switch (policyOf(trouble, now)) {
    case 'resend': return retry(calendar, trouble, plan, now);
    case 'resend-with-key': return withKey(calendar, trouble, now);
    case 'hold': return { do: 'await-receipt', at: now + RECEIPT_MS };
    case 'ask': return { do: 'ask' };
  }
};

/**
 * Whether the post makes the next attempt itself, with all that wait for the same time: certainly nothing was taken, so
 * nothing is to be decided but when. A code lives for minutes and by its own clock, and what may have been taken needs its
 * receipts and keys looked at: these have a workflow each.
 */
export const isTriedInBulk = ({ class: name, outcome }: Pick<Trouble, 'class' | 'outcome'>): boolean =>
  name !== 'code' && (outcome === 'not-sent' || outcome === 'deferred');

/**
 * How much of the sending hours a step may come after its time. A pass and an attempt may be under way for ten minutes; passes are half an hour apart, and the
 * first of a day has the most to do.
 */
const GRACE_MS: Readonly<Record<'post' | 'workflow', number>> = { post: HOUR_MS, workflow: 15 * MINUTE_MS };

/** From when on a step that was due at `dueAt` and has not come is one that nobody takes any more. Nights and holidays are not counted. */
export const standsFrom = (calendar: WorkingCalendar, keeper: 'post' | 'workflow', dueAt: Instant): Instant => {
  const at = dueAt + GRACE_MS[keeper];
  if (isSendingTime(calendar, at)) return at;
  return (nextOpening(calendar, at) ?? at) + GRACE_MS[keeper];
};

import type { PostActivities } from '../contracts/activities';
import { isSendingTime } from '../domain/calendar';
import type { Channel } from '../domain/notice';
import { type Instant, MINUTE_MS } from '../domain/time';
import { readCalendar } from '../ledger/calendar';
import {
  applyReceipts, countQueue, endOpenAttempts, expireCodes, postponeQueue, readNextTurn, readQueue,
} from '../ledger/outbox';
import { nextStamp } from '../ledger/settings';
import type { SmsGateway } from './ports';
import { createBatch, isAway, newTally, type SendDeps, type Tally } from './send/batch';
import { inLanes } from './send/lanes';
import type { Pace } from './send/pace';
import { attendTrouble } from './send/trouble';

/** Messages under way at a time. */
const widthOf = (channel: Channel, { concurrency }: SmsGateway): number => (channel === 'email' ? 60 : concurrency);
/** Mails that are checked and claimed together. */
const STEP = 20;
/** With a pace, what is checked together leaves within so much of a second: a check that is older might let go what is no longer true. */
const SECONDS_OF_A_STEP = 0.1;
const stepOf = (channel: Channel, { sms, pace }: SendDeps): number => {
  const { ratePerSecond } = pace[channel];
  const most = channel === 'email' ? STEP : Math.floor(sms.concurrency / 2);
  return Math.max(1, Math.min(most, ratePerSecond === null ? most : Math.floor(ratePerSecond * SECONDS_OF_A_STEP)));
};
/**
 * A slow receiver is given what it takes in so many seconds: then what is more pressing comes first again, on either channel, since both end together. A round that
 * took minutes would be given up by Temporal while it is alive, and what is under way would go out once more.
 */
const SECONDS_OF_A_ROUND = 20;
const limitOf = ({ ratePerSecond }: Pace, limit: number): number => (ratePerSecond === null ? limit : Math.min(limit, Math.max(1, Math.ceil(ratePerSecond * SECONDS_OF_A_ROUND))));
/** When a channel that is away is tried again. */
const AWAY_MS = 5 * MINUTE_MS;

type Round = { readonly limit: number; readonly now: Instant; readonly codesOnly: boolean };

const sendOn = async (deps: SendDeps, channel: Channel, batch: ReturnType<typeof createBatch>, { limit, now, codesOnly }: Round): Promise<Tally> => {
  const most = limitOf(deps.pace[channel], limit);
  const tally = newTally();
  const until = performance.now() + SECONDS_OF_A_ROUND * 1000;
  const isStopped = (): boolean => isAway(tally) || performance.now() > until || (deps.isCancelled?.() ?? false);
  await inLanes(await readQueue(deps.ledger, channel, most, now, codesOnly), { width: widthOf(channel, deps.sms), step: stepOf(channel, deps), isStopped }, batch(channel, tally));
  if (isAway(tally)) await postponeQueue(deps.ledger, channel, now, now + AWAY_MS);
  return tally;
};

/** Both channels at once: neither waits for the other. An error of one is thrown when both have ended. */
const sendAll = async (deps: SendDeps, round: Round): Promise<readonly Tally[]> => {
  const batch = createBatch(deps, round.now);
  const done = await Promise.allSettled([sendOn(deps, 'email', batch, round), sendOn(deps, 'sms', batch, round)]);
  return done.map((d) => {
    if (d.status === 'rejected') throw d.reason;
    return d.value;
  });
};

type Counted = 'tried' | 'sent' | 'superseded' | 'rejected';
const sum = (tallies: readonly Tally[], of: Counted): number => tallies.reduce((n, t) => n + t[of], 0);

const run = async (deps: SendDeps, round: Round): ReturnType<PostActivities['send']> => {
  const { ledger, log } = deps;
  const { now, codesOnly } = round;
  const calendar = await readCalendar(ledger);
  if (calendar === undefined || (!codesOnly && !isSendingTime(calendar, now))) return { sent: 0, left: 0 };
  await endOpenAttempts(ledger, now);
  await expireCodes(ledger, now);
  let tallies: readonly Tally[] = [];
  let givenUp = 0;
  try {
    tallies = await sendAll(deps, round);
  } finally {
    await applyReceipts(ledger, now);
    givenUp = await attendTrouble(deps, calendar, now);
  }
  const [tried, sent, superseded] = [sum(tallies, 'tried'), sum(tallies, 'sent'), sum(tallies, 'superseded')];
  const left = (await countQueue(ledger, now)) + superseded + sum(tallies, 'rejected') + givenUp;
  log.info({ tried, sent, superseded, left }, 'messages sent');
  const retryAt = await readNextTurn(ledger, now);
  const stamp = sent > 0 ? { stamp: await nextStamp(ledger) } : {};
  return { tried: tried + superseded, sent, left, ...stamp, ...(retryAt === undefined ? {} : { retryAt }) };
};

/**
 * Sends up to `limit` messages of each channel that nobody has tried, or that are tried again in bulk, most pressing
 * first, within the sending hours only; with `codesOnly` one-time codes at any hour, since somebody waits for them at a page. What an earlier worker left open, and
 * what was not accepted, is decided by the one table of `domain/delivery.ts`. `left`: how many still wait, those to be frozen anew or to go by the next channel
 * included. `retryAt`: when the next one may be tried that waits for a time. `tried`: what moved on, whatever came of it.
 */
export const createSend = (deps: SendDeps): PostActivities['send'] => ({ now, limit, codesOnly = false }) => run(deps, { now, limit, codesOnly });

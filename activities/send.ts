import type { PostActivities } from '../contracts/activities';
import { isSendingTime } from '../domain/calendar';
import type { Instant } from '../domain/time';
import { readCalendar } from '../ledger/calendar';
import type { Ledger } from '../ledger/connect';
import { type AttemptRef, type AttemptResult, claimFirst, countQueue, endOpenAttempts, markBodyStarted, readQueue, readSendables, recordResults } from '../ledger/outbox';
import type { LinkKeys, Log, Mailer, SmsGateway } from './ports';
import { grouped } from './send/grouped';
import { inLanes } from './send/lanes';
import { recheck } from './send/recheck';
import { reportRefused } from './send/refused';
import { canFill, submit } from './send/submit';
import { attendTrouble, type StartMessage } from './send/trouble';

export type SendDeps = {
  readonly ledger: Ledger;
  readonly mailer: Mailer;
  readonly sms: SmsGateway;
  readonly linkKeys: LinkKeys;
  readonly startMessage: StartMessage;
  readonly log: Log;
  /** The activity's own; left out where there is none (tests). */
  readonly heartbeat?: () => void;
  readonly isCancelled?: () => boolean;
};

/** Messages under way at a time, and how many are checked and claimed together. */
const WIDTH = 60;
const STEP = 20;
const HEARTBEAT_MS = 2000;

type Tally = { sent: number; superseded: number };

/** What one call of `send` does with some keys: check, claim, submit, record. */
const createBatch = (deps: SendDeps, now: Instant, tally: Tally) => {
  const { ledger } = deps;
  const submitDeps = { ...deps, now, markBodyStarted: grouped<AttemptRef>((all) => markBodyStarted(ledger, all, now)) };
  const record = grouped<AttemptResult>((all) => recordResults(ledger, all, now));

  const settle = async (result: AttemptResult): Promise<void> => {
    const counted = await record(result);
    if (counted && result.outcome === 'accepted') tally.sent += 1;
    if (counted && result.outcome === 'rejected') await reportRefused(ledger, result.key, result.detail === 'no-link-key' ? 'no-link-key' : 'rejected', now);
    if (result.outcome !== 'accepted') deps.log.warn({ message: result.key, outcome: result.outcome }, 'a message was not accepted');
  };
  return async (keys: readonly string[]): Promise<readonly (() => Promise<void>)[]> => {
    const dead = await recheck(ledger, keys.map((key) => ({ key, attempt: 0 })), now);
    tally.superseded += dead.size;
    const mine = await claimFirst(ledger, keys.filter((key) => !dead.has(key)), now);
    const messages = await readSendables(ledger, [...mine]);
    return messages.map((message) => async () => {
      const result = canFill(message, deps.linkKeys) ? await submit(submitDeps, message, 1) : { key: message.key, number: 1, outcome: 'rejected' as const, detail: 'no-link-key' };
      await settle(result);
    });
  };
};

/**
 * Sends up to `limit` messages that nobody has tried, most pressing first, within the sending hours only. What an earlier worker left open, and what was not
 * accepted, goes to a `message` workflow of its own. `left`: how many still wait, those to be frozen anew included.
 */
export const createSend = (deps: SendDeps): PostActivities['send'] => async ({ now, limit }) => {
  const { ledger, log } = deps;
  const calendar = await readCalendar(ledger);
  if (calendar === undefined || !isSendingTime(calendar, now)) return { sent: 0, left: 0 };
  const beat = setInterval(() => deps.heartbeat?.(), HEARTBEAT_MS);
  try {
    await endOpenAttempts(ledger, now);
    const tally: Tally = { sent: 0, superseded: 0 };
    const isStopped = (): boolean => deps.isCancelled?.() ?? false;
    try {
      await inLanes(await readQueue(ledger, limit), { width: WIDTH, step: STEP, isStopped }, createBatch(deps, now, tally));
    } finally {
      await attendTrouble(deps, now);
    }
    const left = (await countQueue(ledger)) + tally.superseded;
    log.info({ sent: tally.sent, superseded: tally.superseded, left }, 'messages sent');
    return { sent: tally.sent, left };
  } finally {
    clearInterval(beat);
  }
};

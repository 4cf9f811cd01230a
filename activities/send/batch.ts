import type { Channel } from '../../domain/notice';
import type { Instant } from '../../domain/time';
import {
  type AttemptRef, type AttemptResult, claimQueued, markBodyStarted, type Queued, readSendables, recordResults,
  type Sendable,
} from '../../ledger/outbox';
import type { Ledger } from '../../ledger/connect';
import type { LinkKeys, Log, Mailer, SmsGateway } from '../ports';
import { grouped } from './grouped';
import type { Job } from './lanes';
import type { Pace } from './pace';
import { patiently } from './patience';
import { recheck } from './recheck';
import { ATTEMPT_OVER, submitIfWhole } from './submit';
import type { StartMessage } from './trouble';

export type SendDeps = {
  readonly ledger: Ledger;
  readonly mailer: Mailer;
  readonly sms: SmsGateway;
  readonly linkKeys: LinkKeys;
  readonly startMessage: StartMessage;
  readonly pace: Readonly<Record<Channel, Pace>>;
  readonly log: Log;
  /** The activity's own; left out where there is none (tests). */
  readonly isCancelled?: () => boolean;
};

/** So many in a row that nobody took a byte of: the channel itself is away, and what was not tried yet stays as it is. */
const AWAY_AFTER = 20;

/** What one call of `send` has done so far on a channel. */
export type Tally = { tried: number; sent: number; superseded: number; rejected: number; inARow: number };
export const newTally = (): Tally => ({ tried: 0, sent: 0, superseded: 0, rejected: 0, inARow: 0 });
export const isAway = ({ inARow }: Tally): boolean => inARow >= AWAY_AFTER;

const count = (tally: Tally, { outcome, detail }: AttemptResult): void => {
  if (outcome === 'accepted') tally.sent += 1;
  if (outcome === 'rejected') tally.rejected += 1;
  tally.inARow = outcome === 'not-sent' && detail !== ATTEMPT_OVER ? tally.inARow + 1 : 0;
};

/** What one call of `send` does with some keys: wait for their turn, check what they say as of then, claim, submit, record. */
export const createBatch = (deps: SendDeps, now: Instant) => {
  const { ledger, log } = deps;
  const submitDeps = { ...deps, now, markBodyStarted: grouped<AttemptRef>((all) => markBodyStarted(ledger, all, now)) };
  const record = grouped<AttemptResult>((all) => patiently(() => recordResults(ledger, all, now)));
  const settle = async (result: AttemptResult, tally: Tally): Promise<void> => {
    if (await record(result)) count(tally, result);
    if (result.outcome !== 'accepted') log.warn({ message: result.key, outcome: result.outcome }, 'a message was not accepted');
  };
  return (channel: Channel, tally: Tally) => async (queued: readonly Queued[]): Promise<readonly Job[]> => {
    await deps.pace[channel].turns(queued.length);
    const dead = await recheck(ledger, queued.filter((q) => !q.bodyWasStarted), now);
    tally.superseded += dead.size;
    const mine = await claimQueued(ledger, queued.map((q) => q.key).filter((key) => !dead.has(key)), now);
    const messages = await readSendables(ledger, [...mine.keys()]);
    tally.tried += mine.size;
    const submit = (message: Sendable): Promise<AttemptResult> => submitIfWhole(submitDeps, message, mine.get(message.key) ?? 1);
    return messages.map((message) => async () => settle(await submit(message), tally));
  };
};

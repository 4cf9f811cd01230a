import type { MessageActivities } from '../contracts/activities';
import { isSendingTime } from '../domain/calendar';
import { readCalendar } from '../ledger/calendar';
import { claimNext, markBodyStarted, type MessageStatus, readSendables, readStatus, recordResults } from '../ledger/outbox';
import type { SendDeps } from './send';
import { recheck } from './send/recheck';
import { reportRefused } from './send/refused';
import { canFill, submit } from './send/submit';

export type RetryDeps = Omit<SendDeps, 'startMessage'> & { /** Wakes the post for what a superseded message leaves to be frozen anew. */ readonly pokePost: () => Promise<void> };

const SETTLED: readonly MessageStatus['state'][] = ['accepted', 'delivered', 'bounced', 'superseded', 'failed'];
const HEARTBEAT_MS = 2000;
const answer = (state: string, isFinal: boolean) => ({ state, isFinal });

/**
 * One more attempt with the same bytes, within the sending hours only. Final: accepted, superseded, or refused for good; then the host unit's
 * officer is told. A message of which no byte ever left is looked at once more before.
 */
export const createRetry = (deps: RetryDeps): MessageActivities['retry'] => {
  const { ledger, linkKeys } = deps;

  const attempt: MessageActivities['retry'] = async ({ now, key, nextTryAt }) => {
    const status = await readStatus(ledger, key);
    if (status === undefined) return answer('unknown', true);
    if (SETTLED.includes(status.state)) return answer(status.state, true);
    const calendar = await readCalendar(ledger);
    if (calendar === undefined || !isSendingTime(calendar, now)) return answer(status.state, false);
    if (status.state === 'frozen' && !status.bodyWasStarted && (await recheck(ledger, [status], now)).has(key)) {
      await deps.pokePost();
      return answer('superseded', true);
    }
    const [message] = await readSendables(ledger, [key]);
    const number = message && (await claimNext(ledger, { key, number: status.attempt, nextTryAt }, now));
    if (message === undefined || number === undefined) return answer(status.state, false);
    const result = canFill(message, linkKeys)
      ? await submit({ ...deps, now, markBodyStarted: async (one) => (await markBodyStarted(ledger, [one], now)).has(key) }, message, number)
      : { key, number, outcome: 'rejected' as const, detail: 'no-link-key' };
    const counted = (await recordResults(ledger, [result], now)).has(key);
    if (counted && result.outcome === 'rejected') await reportRefused(ledger, key, result.detail === 'no-link-key' ? 'no-link-key' : 'rejected', now);
    return answer((await readStatus(ledger, key))?.state ?? result.outcome, counted && (result.outcome === 'accepted' || result.outcome === 'rejected'));
  };

  return async (input) => {
    const beat = setInterval(() => deps.heartbeat?.(), HEARTBEAT_MS);
    try {
      return await attempt(input);
    } finally {
      clearInterval(beat);
    }
  };
};

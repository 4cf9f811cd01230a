import { afterAttempt, type Trouble, withinLimits } from '../../../domain/delivery';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { HOUR_MS, MINUTE_MS } from '../../../domain/time';
import { at } from '../../support/builders';

const MONDAY = at('2018-10-22T09:00');
const trouble = (more: Partial<Trouble> = {}): Trouble => ({ channel: 'email', class: 'digest', outcome: 'not-sent', attempts: 1, frozenAt: MONDAY, ...more });
const next = (more: Partial<Trouble>, now = MONDAY) => afterAttempt(SHIPPED_CALENDAR, trouble(more), now);

describe('after an attempt that was not accepted', () => {
  it.each<[string, Partial<Trouble>, number, ReturnType<typeof afterAttempt>]>([
    ['nothing was taken: again soon', {}, MONDAY, { do: 'attempt', at: MONDAY + 2 * MINUTE_MS }],
    ['the more often, the later', { attempts: 9 }, MONDAY, { do: 'attempt', at: MONDAY + 30 * MINUTE_MS }],
    ['refused for now: a greylisting server wants some minutes', { outcome: 'deferred' }, MONDAY, { do: 'attempt', at: MONDAY + 5 * MINUTE_MS }],
    ['retries end with the sending hours and go on at the next opening', { attempts: 9 }, at('2018-10-22T16:15'), { do: 'attempt', at: at('2018-10-23T08:00') }],
    ['a Friday goes on on Monday', { attempts: 9, frozenAt: at('2018-10-26T08:00') }, at('2018-10-26T16:15'), { do: 'attempt', at: at('2018-10-29T08:00') }],
    ['three working days later it is given up', { attempts: 30 }, at('2018-10-25T16:15'), { do: 'give-up' }],
    ['refused for good: the next channel at once', { outcome: 'rejected' }, MONDAY, { do: 'give-up' }],
    ['a mail that may have been taken is sent again: the mailbox drops the double', { outcome: 'ambiguous' }, MONDAY, { do: 'attempt', at: MONDAY + 5 * MINUTE_MS }],
    ['an SMS that may have been taken is not, it waits for its receipt', { outcome: 'ambiguous', channel: 'sms' }, MONDAY, { do: 'await-receipt', at: MONDAY + HOUR_MS }],
    ['unless the gateway drops doubles', { outcome: 'ambiguous', channel: 'sms', keyHoldsUntil: MONDAY + HOUR_MS }, MONDAY, { do: 'attempt', at: MONDAY + 5 * MINUTE_MS }],
    ['for as long as it does', { outcome: 'ambiguous', channel: 'sms', keyHoldsUntil: MONDAY }, MONDAY, { do: 'await-receipt', at: MONDAY + HOUR_MS }],
    ['nor where it will have forgotten by the next attempt', { outcome: 'ambiguous', channel: 'sms', attempts: 2, keyHoldsUntil: MONDAY + 10 * MINUTE_MS }, MONDAY, { do: 'await-receipt', at: MONDAY + HOUR_MS }],
    ['nor over a weekend', { outcome: 'ambiguous', channel: 'sms', class: 'urgent', frozenAt: at('2018-10-26T16:28'), keyHoldsUntil: at('2018-10-26T16:38') }, at('2018-10-26T16:28'), { do: 'ask' }],
    ['an urgent SMS is for a person to decide', { outcome: 'ambiguous', channel: 'sms', class: 'urgent' }, MONDAY, { do: 'ask' }],
    ['a code is never repeated when it may have arrived', { outcome: 'ambiguous', class: 'code', keyHoldsUntil: MONDAY + HOUR_MS, channel: 'sms' }, MONDAY, { do: 'await-receipt', at: MONDAY + HOUR_MS }],
    ['a code is tried again for ten minutes, at night too', { class: 'code', frozenAt: at('2018-10-22T22:00') }, at('2018-10-22T22:01'), { do: 'attempt', at: at('2018-10-22T22:02') }],
    ['and then no more', { class: 'code', frozenAt: at('2018-10-22T22:00') }, at('2018-10-22T22:10'), { do: 'give-up' }],
  ])('%s', (_, more, now, expected) => expect(next(more, now)).toEqual(expected));

  it('waits on beyond the last year of the calendar', () => {
    expect(next({ frozenAt: at('2036-03-03T09:00') }, at('2036-03-03T09:00'))).toMatchObject({ do: 'attempt' });
  });
});

describe('limits of a day', () => {
  const one = (address: string, name: 'digest' | 'act' | 'urgent' | 'code' = 'act') => ({ channel: 'email' as const, address, class: name });
  const none = { inAll: 0, ofAddress: () => 0 };

  it('keep back what is beyond them for one address, and nobody else', () => {
    const { now, later } = withinLimits([...Array.from({ length: 45 }, () => one('a@so.example')), one('b@so.example')], none, 1000);
    expect([now.length, later.length]).toEqual([41, 5]);
    expect(now.filter((m) => m.address === 'b@so.example')).toHaveLength(1);
  });
  it('count what left before', () => {
    expect(withinLimits([one('a@so.example')], { inAll: 0, ofAddress: () => 40 }, 1000).later).toHaveLength(1);
    expect(withinLimits([one('a@so.example')], { inAll: 1000, ofAddress: () => 0 }, 1000).later).toHaveLength(1);
  });
  it('never hold up what cannot wait, and let the digest wait first', () => {
    const { now, later } = withinLimits([one('a@so.example', 'digest'), one('b@so.example', 'code'), one('c@so.example', 'urgent'), one('d@so.example')], none, 3);
    expect(now.map((m) => m.class)).toEqual(['code', 'urgent', 'act']);
    expect(later.map((m) => m.class)).toEqual(['digest']);
  });
});

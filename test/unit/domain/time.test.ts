import fc from 'fast-check';
import {
  addDays, civilDate, DAY_MS, dateAt, dayNumber, dayOf, dmy, isCivilDate, instantAt, isoInstant, minuteOfDay, monthOf, parseInstant, weekday, yearOf,
} from '../../../domain/time';

const days = fc.integer({ min: -25_000, max: 60_000 });
const instants = fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2100, 0) });
const utc = (day: number): Date => new Date(day * DAY_MS);

describe('civil dates', () => {
  it('agree with the platform on every day, by number, parts and weekday', () => {
    fc.assert(fc.property(days, (day) => {
      const date = civilDate(day);
      expect(date).toBe(utc(day).toISOString().slice(0, 10));
      expect(dayNumber(date)).toBe(day);
      expect([yearOf(date), monthOf(date), dayOf(date)]).toEqual([utc(day).getUTCFullYear(), utc(day).getUTCMonth() + 1, utc(day).getUTCDate()]);
      expect(weekday(date)).toBe(utc(day).getUTCDay() || 7);
    }));
  });

  it('sort as text in the order of time, and days add up', () => {
    fc.assert(fc.property(days, fc.integer({ min: -3000, max: 3000 }), (day, n) => {
      const [a, b] = [civilDate(day), addDays(civilDate(day), n)];
      expect(Math.sign(n)).toBe(b > a ? 1 : b < a ? -1 : 0);
      expect(addDays(b, -n)).toBe(a);
    }));
  });

  it.each(['2020-02-29', '2000-02-29', '2018-10-22'])('accept %s', (text) => expect(isCivilDate(text)).toBe(true));
  it.each(['2019-02-29', '1900-02-29', '2019-02-31', '2019-13-01', '2019-00-10', '2019-01-00', '22/10/2018', '2018-10-2', '', ' 2018-10-22', '2018-10-22T00:00'])('refuse "%s"',
    (text) => expect(isCivilDate(text)).toBe(false));

  it('are shown as people read them', () => expect(dmy('2019-12-31')).toBe('31/12/2019'));
});

describe('instants', () => {
  it('a day ends at 24:00 in Viet Nam, seven hours before it does in Greenwich', () => {
    expect(dateAt(Date.UTC(2018, 9, 21, 16, 59, 59, 999))).toBe('2018-10-21');
    expect(dateAt(Date.UTC(2018, 9, 21, 17))).toBe('2018-10-22');
    expect(minuteOfDay(Date.UTC(2018, 9, 22, 1))).toBe(8 * 60);
    expect(instantAt('2018-10-22', 8 * 60)).toBe(Date.UTC(2018, 9, 22, 1));
  });

  it('come apart into a date and a minute, and together again', () => {
    fc.assert(fc.property(instants, (at) => {
      const minute = instantAt(dateAt(at), minuteOfDay(at));
      expect(minute <= at && at < minute + 60_000).toBe(true);
      expect(minuteOfDay(at) >= 0 && minuteOfDay(at) < 24 * 60).toBe(true);
    }));
  });

  it('are written with the offset of Viet Nam and read back to the second', () => {
    expect(isoInstant(Date.UTC(2018, 9, 22, 1))).toBe('2018-10-22T08:00:00+07:00');
    expect(isoInstant(Date.UTC(2018, 11, 31, 16, 59, 59))).toBe('2018-12-31T23:59:59+07:00');
    fc.assert(fc.property(instants, (at) => {
      expect(parseInstant(isoInstant(at))).toBe(Math.floor(at / 1000) * 1000);
      expect(parseInstant(new Date(at).toISOString())).toBe(at);
    }));
  });

  it.each([
    ['2018-10-30T09:00', Date.UTC(2018, 9, 30, 2)],
    ['2018-10-30 09:00', Date.UTC(2018, 9, 30, 2)],
    [' 2018-10-30T09:00:30 ', Date.UTC(2018, 9, 30, 2, 0, 30)],
    ['2018-10-30', Date.UTC(2018, 9, 29, 17)],
    ['2018-10-30T09:00Z', Date.UTC(2018, 9, 30, 9)],
    ['2018-10-30T09:00:00+07:00', Date.UTC(2018, 9, 30, 2)],
    ['2018-10-30T09:00+0700', Date.UTC(2018, 9, 30, 2)],
    ['2018-10-30T09:00-05:30', Date.UTC(2018, 9, 30, 14, 30)],
    ['2018-10-30T09:00:00.25Z', Date.UTC(2018, 9, 30, 9, 0, 0, 250)],
    ['2018-10-30T09:00:00.123456789Z', Date.UTC(2018, 9, 30, 9, 0, 0, 123)],
  ])('reads "%s"', (text, at) => expect(parseInstant(text)).toBe(at));

  it.each([
    '', '30/10/2018', '2018-02-31T09:00', '2018-10-30T24:00', '2018-10-30T09:60', '2018-10-30T09:00:60', '2018-10-30T9:00', '2018-10-30T09', '2018-10-30T09:00+25:00',
    '2018-10-30T09:00+07:60', '2018-10-30Z', '2018-10-30T09:00:00.Z', 'tomorrow', '2018-10-30T09:00 Asia/Ho_Chi_Minh',
  ])('refuses "%s"', (text) => expect(parseInstant(text)).toBeUndefined());
});

import fc from 'fast-check';
import {
  addWorkingDays, calendarDaysBetween, covers, firstDay, firstWorkingDayAfterTet, firstWorkingDayOfMonth, isProvisional, isSendingTime, isWorkingDay, lastDay, nextOpening,
  nextSendingTime, nextSlot, SENDING_CLOSES, SENDING_OPENS, SLOT_MINUTES, trimCalendar, type WorkingCalendar, workingDayFrom, workingDaysBetween, workingDayUntil,
} from '../../../domain/calendar';
import { SHIPPED_CALENDAR as cal } from '../../../domain/calendar-data';
import { addDays, type CivilDate, civilDate, dateAt, dayNumber, instantAt, minuteOfDay } from '../../../domain/time';

const [FIRST, LAST] = [dayNumber(firstDay(cal)), dayNumber(lastDay(cal))];
/** Far enough from both edges for every step the laws take. */
const dates = fc.integer({ min: FIRST + 200, max: LAST - 200 }).map(civilDate);
const workingDates = dates.map((date) => workingDayFrom(cal, date)!);
const steps = fc.integer({ min: -60, max: 60 });
const instants = fc.integer({ min: instantAt(civilDate(FIRST + 10), 0), max: instantAt(civilDate(LAST - 30), 0) });

/** The definition, day by day: what the quick way must equal. */
const slowAdd = (date: CivilDate, n: number): CivilDate => {
  let at = date;
  for (let left = Math.abs(n); left > 0;) {
    at = addDays(at, Math.sign(n));
    if (isWorkingDay(cal, at)) left -= 1;
  }
  return at;
};

describe('working days, as laws', () => {
  it('are what counting one by one gives, from any day and both ways', () => {
    fc.assert(fc.property(dates, steps, (date, n) => expect(addWorkingDays(cal, date, n)).toBe(slowAdd(date, n))));
  });

  it('n then m equals n + m, from a working day', () => {
    fc.assert(fc.property(workingDates, fc.nat(60), fc.nat(60), fc.boolean(), (date, n, m, back) => {
      const sign = back ? -1 : 1;
      expect(addWorkingDays(cal, addWorkingDays(cal, date, sign * n)!, sign * m)).toBe(addWorkingDays(cal, date, sign * (n + m)));
      expect(addWorkingDays(cal, addWorkingDays(cal, date, sign * n)!, -sign * n)).toBe(date);
    }));
  });

  it('never land on a day off', () => {
    fc.assert(fc.property(dates, steps.filter((n) => n !== 0), (date, n) => expect(isWorkingDay(cal, addWorkingDays(cal, date, n)!)).toBe(true)));
  });

  it('between inverts add, and is odd', () => {
    fc.assert(fc.property(workingDates, steps, (date, n) => {
      const to = addWorkingDays(cal, date, n)!;
      expect(workingDaysBetween(cal, date, to)).toBe(n);
      expect(workingDaysBetween(cal, to, date)).toBe(n === 0 ? 0 : -n);
    }));
  });

  it('between adds up along the way', () => {
    fc.assert(fc.property(dates, fc.nat(1500), fc.nat(1500), (date, n, m) => {
      const [a, b] = [addDays(date, n), addDays(date, n + m)].map((d) => (d > lastDay(cal) ? lastDay(cal) : d)) as [CivilDate, CivilDate];
      expect(workingDaysBetween(cal, date, b)).toBe(workingDaysBetween(cal, date, a)! + workingDaysBetween(cal, a, b)!);
    }));
  });

  it('a later day never gives an earlier one', () => {
    fc.assert(fc.property(dates, fc.nat(40), steps, (date, later, n) => expect(addWorkingDays(cal, addDays(date, later), n)! >= addWorkingDays(cal, date, n)!).toBe(true)));
  });

  it('a day off rolls to its neighbours, a working day stays', () => {
    fc.assert(fc.property(dates, (date) => {
      const [after, until] = [workingDayFrom(cal, date)!, workingDayUntil(cal, date)!];
      expect(until <= date && date <= after).toBe(true);
      expect(isWorkingDay(cal, date) ? [until, after] : [date < after, date > until]).toEqual(isWorkingDay(cal, date) ? [date, date] : [true, true]);
    }));
  });

  it('survive a round trip through JSON', () => {
    const copy = JSON.parse(JSON.stringify(cal)) as WorkingCalendar;
    fc.assert(fc.property(dates, steps, (date, n) => expect(addWorkingDays(copy, date, n)).toBe(addWorkingDays(cal, date, n))));
  });
});

describe('sending hours, as laws', () => {
  it('the next slot is later, in the hours, on the half hour, at most a slot away inside the hours', () => {
    fc.assert(fc.property(instants, (at) => {
      const slot = nextSlot(cal, at)!;
      expect(slot > at && isSendingTime(cal, slot)).toBe(true);
      expect(minuteOfDay(slot) % SLOT_MINUTES).toBe(0);
      expect(slot % 60_000).toBe(0);
      if (isSendingTime(cal, at) && minuteOfDay(at) < SENDING_CLOSES) expect(slot - at <= SLOT_MINUTES * 60_000).toBe(true);
    }));
  });

  it('an opening is the first 08:00 of a working day at or after', () => {
    fc.assert(fc.property(instants, (at) => {
      const opening = nextOpening(cal, at)!;
      expect(opening >= at).toBe(true);
      expect([minuteOfDay(opening), isWorkingDay(cal, dateAt(opening))]).toEqual([SENDING_OPENS, true]);
      expect(nextOpening(cal, opening)).toBe(opening);
      const before = workingDayUntil(cal, addDays(dateAt(opening), -1))!;
      expect(instantAt(before, SENDING_OPENS) < at).toBe(true);
    }));
  });

  it('what may leave now leaves now, all else at the next opening', () => {
    fc.assert(fc.property(instants, (at) => expect(nextSendingTime(cal, at)).toBe(isSendingTime(cal, at) ? at : nextOpening(cal, at))));
  });

  it.each([
    ['Friday 16:30, the last slot', '2018-10-26', 16 * 60 + 30, '2018-10-29', 8 * 60],
    ['Friday 16:29', '2018-10-26', 16 * 60 + 29, '2018-10-26', 16 * 60 + 30],
    ['Saturday noon', '2018-10-27', 12 * 60, '2018-10-29', 8 * 60],
    ['Monday 07:59', '2018-10-29', 8 * 60 - 1, '2018-10-29', 8 * 60],
    ['Monday 08:00', '2018-10-29', 8 * 60, '2018-10-29', 8 * 60 + 30],
    ['the swapped Monday 31/12/2018', '2018-12-31', 9 * 60, '2019-01-02', 8 * 60],
    ['the Saturday made up for it', '2019-01-05', 9 * 60, '2019-01-05', 9 * 60 + 30],
    ['the eve of Tết', '2020-01-22', 17 * 60, '2020-01-30', 8 * 60],
  ])('the slot after %s', (_, date, minutes, slotDate, slotMinutes) => {
    expect(nextSlot(cal, instantAt(date, minutes))).toBe(instantAt(slotDate, slotMinutes));
  });
});

describe('the edges of a calendar', () => {
  const short = trimCalendar(cal, '2019-05-01', '2020-02-01');

  it('a trimmed calendar keeps its version and the years asked for', () => {
    expect([short.version, firstDay(short), lastDay(short)]).toEqual([cal.version, '2019-01-01', '2020-12-31']);
  });

  it('beyond the last year every rule refuses, none invents', () => {
    expect([covers(short, '2021-01-01'), isWorkingDay(short, '2021-01-04'), addWorkingDays(short, '2020-12-30', 5), workingDaysBetween(short, '2020-12-30', '2021-01-04')])
      .toEqual([false, undefined, undefined, undefined]);
    expect([addWorkingDays(short, '2020-12-30', 1), addWorkingDays(short, '2020-12-31', 1), addWorkingDays(short, '2019-01-02', -1), addWorkingDays(short, '2021-01-04', 0)])
      .toEqual(['2020-12-31', undefined, undefined, undefined]);
    expect([nextSlot(short, instantAt('2020-12-31', 17 * 60)), nextOpening(short, instantAt('2020-12-31', 9 * 60)), firstWorkingDayAfterTet(short, 2021)]).toEqual([undefined, undefined, undefined]);
  });

  it('near an edge the quick way still finds the last days', () => {
    expect(addWorkingDays(short, '2020-12-01', 22)).toBe('2020-12-31');
    expect(addWorkingDays(short, '2020-12-01', 23)).toBeUndefined();
    expect(addWorkingDays(short, '2019-02-01', -23)).toBe('2019-01-02');
    expect(addWorkingDays(short, '2019-02-01', -24)).toBeUndefined();
  });

  it('an empty calendar, or one with a hole, answers nothing for what it lacks', () => {
    const empty: WorkingCalendar = { version: '0', years: [] };
    const holed: WorkingCalendar = { version: '0', years: cal.years.filter((y) => y.year !== 2020) };
    expect([isWorkingDay(empty, '2019-01-02'), nextSlot(empty, 0)]).toEqual([undefined, undefined]);
    expect([isWorkingDay(holed, '2019-01-02'), isWorkingDay(holed, '2020-01-02')]).toEqual([true, undefined]);
  });
});

describe('small questions', () => {
  it('first working day after Tết and of a month, provisional years, calendar days', () => {
    expect([2018, 2019, 2020, 2021].map((y) => firstWorkingDayAfterTet(cal, y))).toEqual(['2018-02-21', '2019-02-11', '2020-01-30', '2021-02-17']);
    expect(['2019-06-20', '2020-05-15', '2025-05-31', '2026-01-31'].map((d) => firstWorkingDayOfMonth(cal, d))).toEqual(['2019-06-03', '2020-05-04', '2025-05-05', '2026-01-05']);
    expect([isProvisional(cal, '2026-12-31'), isProvisional(cal, '2027-01-01'), isProvisional(cal, '2036-01-01')]).toEqual([false, true, false]);
    expect(calendarDaysBetween('2018-10-22', '2025-12-31')).toBe(2627);
  });
});

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { addWorkingDays, type CalendarYear, workingDaysBetween } from '../../../domain/calendar';
import { SHIPPED_CALENDAR as cal } from '../../../domain/calendar-data';
import { addDays, weekday, yearOf } from '../../../domain/time';
import foreign from '../../fixtures/calendar/foreign-oracles.json';

type YearKey = keyof typeof foreign.lunardate.tet;
const YEARS = cal.years.map((y) => y.year);
const key = (year: number): YearKey => String(year) as YearKey;
const data = (year: number): CalendarYear => cal.years.find((y) => y.year === year)!;
const isWeekend = (date: string): boolean => weekday(date) >= 6;
/** Asked once, in a process of its own: the package's astronomy is ten times slower inside the test runner's sandbox. */
const ASK = `const vietnam = new (require('date-holidays'))('VN');
const days = (year) => vietnam.getHolidays(year, 'en').map(({ date, name }) => [name, date.slice(0, 10)]);
console.log(JSON.stringify(${JSON.stringify(YEARS)}.map((year) => [year, days(year)])))`;
const answer = execFileSync(process.execPath, ['-e', ASK], { encoding: 'utf8', cwd: resolve(__dirname, '../../..') });
const npm = new Map((JSON.parse(answer) as [number, [string, string][]][]).map(([year, days]) => [year, new Map(days)]));
const npmDay = (year: number, name: 'Vietnamese New Year' | 'Hung Kings Commemorations'): string => npm.get(year)!.get(name)!;
const nextMonday = (date: string): string => addDays(date, (8 - weekday(date)) % 7);

describe('the calendar as a table', () => {
  it('has every year from 2018 to 2035, decreed up to 2026, each with its documents', () => {
    expect(YEARS).toEqual(Array.from({ length: 18 }, (_, i) => 2018 + i));
    expect(cal.years.filter((y) => y.status === 'decreed').map((y) => y.year)).toEqual([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
    expect(cal.years.every((y) => y.sources.length > 0)).toBe(true);
  });

  it.each(YEARS)('%i: days off are weekdays, made-up days are Saturdays, sorted, once each, in their year', (year) => {
    const { off, madeUp, tet } = data(year);
    for (const list of [off, madeUp]) expect([...new Set(list)].sort()).toEqual(list);
    expect(off.filter(isWeekend)).toEqual([]);
    expect(madeUp.filter((date) => weekday(date) !== 6)).toEqual([]);
    expect([...off, ...madeUp, tet].filter((date) => yearOf(date) !== year)).toEqual([]);
  });

  it('has 250, 252, 252, 250, 249, 249, 251, 250, 249 working days in 2018-2026', () => {
    const counts = YEARS.slice(0, 9).map((y) => workingDaysBetween(cal, `${y}-01-01`, `${y}-12-31`));
    expect(counts).toEqual([250, 252, 252, 250, 249, 249, 251, 250, 249]);
  });

  it('every swapped day is made up on a Saturday', () => {
    expect(cal.years.flatMap((y) => y.madeUp)).toEqual(['2019-01-05', '2019-05-04', '2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']);
    for (const swapped of ['2018-12-31', '2019-04-29', '2024-04-29', '2025-05-02', '2026-01-02', '2026-08-31']) expect(data(yearOf(swapped)).off).toContain(swapped);
  });

  it.each(YEARS.filter((y) => y > 2026))('%i, provisional, gives each of the 12 days of the law a weekday off, and no swap', (year) => {
    const { off, madeUp } = data(year);
    expect([off.length, madeUp]).toEqual([12, []]);
    const paid = ['01-01', '04-30', '05-01', '09-02', '11-24'].map((d) => `${year}-${d}`).filter((d) => !isWeekend(d));
    expect(paid.filter((d) => !off.includes(d))).toEqual([]);
    expect(off.filter((d) => d.slice(5, 7) === '09').length).toBe(2);
  });
});

describe('foreign oracles', () => {
  it.each(YEARS)('%i: Tết and Giỗ Tổ agree with npm date-holidays', (year) => {
    expect(npmDay(year, 'Vietnamese New Year')).toBe(data(year).tet);
    const hungKings = npmDay(year, 'Hung Kings Commemorations');
    if (!isWeekend(hungKings)) expect(data(year).off).toContain(hungKings);
  });

  it.each(YEARS)('%i: Tết and Giỗ Tổ agree with Python holidays', (year) => {
    expect(foreign.holidays.tet[key(year)]).toBe(data(year).tet);
    expect(foreign.holidays.hungKings[key(year)]).toBe(npmDay(year, 'Hung Kings Commemorations'));
  });

  it('Python lunardate is the Chinese calendar at UTC+8: it differs in 2030 only, whose new moon falls in the hour between the two midnights', () => {
    expect(YEARS.filter((y) => foreign.lunardate.tet[key(y)] !== data(y).tet)).toEqual([2030]);
    expect([data(2030).tet, foreign.lunardate.tet['2030']]).toEqual(['2030-02-02', '2030-02-03']);
    expect(foreign.lunardate.hungKings).toEqual(foreign.holidays.hungKings);
  });

  it('the weekdays off of 2018-2026 are those of Python holidays, which lacks the swap of 02/01/2026 (decided eight days before)', () => {
    const differences = YEARS.filter((y) => y <= 2026).flatMap((y) => {
      const theirs = foreign.holidays.weekdaysOff[key(y)].split(' ').map((d) => `${y}-${d}`);
      return [...data(y).off.filter((d) => !theirs.includes(d)).map((d) => `+${d}`), ...theirs.filter((d) => !data(y).off.includes(d)).map((d) => `-${d}`)];
    });
    expect(differences).toEqual(['+2026-01-02']);
  });

  it.each(YEARS.filter((y) => y > 2026))('%i: outside Tết the provisional days are those of Python holidays, plus the compensatory days it leaves out', (year) => {
    const isTet = (date: string): boolean => Math.abs(Date.parse(date) - Date.parse(data(year).tet)) <= 8 * 86_400_000;
    const theirs = foreign.holidays.weekdaysOff[key(year)].split(' ').map((d) => `${year}-${d}`);
    expect(theirs.filter((d) => !isTet(d) && !data(year).off.includes(d))).toEqual([]);
    // Giỗ Tổ, 1 January and the days of April and May on a weekend move to the next working day (Điều 111 khoản 3).
    const extra = data(year).off.filter((d) => !isTet(d) && !theirs.includes(d));
    expect(extra.filter((d) => !isWeekend(addDays(d, -1)) && !isWeekend(addDays(d, -2)))).toEqual([]);
  });

  it.each(YEARS.filter((y) => y > 2026))('%i: Tết runs from the last day of the old year to mùng 4, weekends among them made up for by the next working days', (year) => {
    const { tet, off } = data(year);
    const five = [-1, 0, 1, 2, 3].map((n) => addDays(tet, n));
    const weekends = five.filter(isWeekend).length;
    expect(five.filter((d) => !isWeekend(d) && !off.includes(d))).toEqual([]);
    const after = [4, 5, 6, 7].map((n) => addDays(tet, n)).filter((d) => !isWeekend(d)).slice(0, weekends);
    expect(after.filter((d) => !off.includes(d))).toEqual([]);
    expect(off.filter((d) => Math.abs(Date.parse(d) - Date.parse(tet)) <= 8 * 86_400_000).length).toBe(5);
  });

  it('a compensatory day is the Monday after a lone holiday on a weekend', () => {
    for (const day of ['2028-01-01', '2033-01-01', '2034-01-01', '2027-05-01', '2032-05-01', '2029-11-24', '2030-11-24', '2035-11-24', '2033-04-09']) {
      expect(data(yearOf(day)).off).toContain(nextMonday(day));
    }
  });
});

describe('schedules worked out by hand', () => {
  const add = (date: string, ...steps: number[]): (string | undefined)[] => steps.map((n) => addWorkingDays(cal, date, n));

  it('day 0 on 22/10/2018: acknowledgement due, A+4, A+5, detailed plan after 20 working days', () => {
    expect(add('2018-10-22', 3, 4, 5, 20)).toEqual(['2018-10-25', '2018-10-26', '2018-10-29', '2018-11-19']);
  });

  it.each([
    ['2019-12-31', ['2019-10-08', '2019-12-03', '2019-12-17', '2019-12-24', '2019-12-26', '2019-12-30', '2019-12-31'], ['2020-01-02', '2020-01-08', '2020-01-15', '2020-02-05']],
    ['2020-12-31', ['2020-10-08', '2020-12-03', '2020-12-17', '2020-12-24', '2020-12-28', '2020-12-30', '2020-12-31'], ['2021-01-04', '2021-01-08', '2021-01-15', '2021-01-29']],
    ['2025-12-31', ['2025-10-08', '2025-12-03', '2025-12-17', '2025-12-24', '2025-12-26', '2025-12-30', '2025-12-31'], ['2026-01-05', '2026-01-09', '2026-01-15', '2026-01-29']],
  ])('the ladder of a task due %s', (due, before, after) => {
    expect(add(due, -60, -20, -10, -5, -3, -1, 0)).toEqual(before);
    expect(add(due, 1, 5, 10, 20)).toEqual(after);
  });

  it.each([
    ['2018-12-14', '2018-11-30', '2018-12-11', '2018-12-18', '2018-12-21'], ['2019-06-14', '2019-05-31', '2019-06-11', '2019-06-18', '2019-06-21'],
    ['2019-12-14', '2019-11-29', '2019-12-10', '2019-12-17', '2019-12-20'], ['2020-06-14', '2020-05-29', '2020-06-09', '2020-06-16', '2020-06-19'],
    ['2020-12-14', '2020-11-30', '2020-12-09', '2020-12-16', '2020-12-21'], ['2021-06-14', '2021-05-31', '2021-06-09', '2021-06-16', '2021-06-21'],
    ['2021-12-14', '2021-11-30', '2021-12-09', '2021-12-16', '2021-12-21'], ['2022-06-14', '2022-05-31', '2022-06-09', '2022-06-16', '2022-06-21'],
    ['2022-12-14', '2022-11-30', '2022-12-09', '2022-12-16', '2022-12-21'], ['2023-06-14', '2023-05-31', '2023-06-09', '2023-06-16', '2023-06-21'],
    ['2023-12-14', '2023-11-30', '2023-12-11', '2023-12-18', '2023-12-21'], ['2024-06-14', '2024-05-31', '2024-06-11', '2024-06-18', '2024-06-21'],
    ['2024-12-14', '2024-11-29', '2024-12-10', '2024-12-17', '2024-12-20'], ['2025-06-14', '2025-05-30', '2025-06-10', '2025-06-17', '2025-06-20'],
    ['2025-12-14', '2025-11-28', '2025-12-09', '2025-12-16', '2025-12-19'],
  ])('the report cycle cut off on %s: request, reminder, report of the units, report to the province', (cutOff, request, reminder, units, province) => {
    const lastWorking = addWorkingDays(cal, addDays(cutOff, 1), -1)!;
    expect([...add(lastWorking, -10, -3), ...add(cutOff, 2), addWorkingDays(cal, units, 3)]).toEqual([request, reminder, units, province]);
  });
});

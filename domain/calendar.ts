import { addDays, civilDate, type CivilDate, dateAt, dayNumber, type Instant, instantAt, minuteOfDay, weekday, yearOf } from './time';

/** One year of the working calendar, as decreed (or, `provisional`, as computed from the lunar calendar until it is decreed). */
export type CalendarYear = {
  readonly year: number;
  readonly status: 'decreed' | 'provisional';
  /** Weekdays on which offices are closed: holidays, compensatory days, swapped days. */
  readonly off: readonly CivilDate[];
  /** Saturdays and Sundays on which offices work, in exchange for a swapped day. */
  readonly madeUp: readonly CivilDate[];
  /** First day of the lunar year (mùng 1 Tết). */
  readonly tet: CivilDate;
  /** The documents that ordered it. */
  readonly sources: readonly string[];
};

/** A versioned value that travels into workflows: years are contiguous and sorted, and so are the dates of each list. */
export type WorkingCalendar = { readonly version: string; readonly years: readonly CalendarYear[] };

/** Office hours in which messages may leave, in minutes since midnight; a slot every 30 minutes. */
export const SENDING_OPENS = 8 * 60;
export const SENDING_CLOSES = 16 * 60 + 30;
export const SLOT_MINUTES = 30;

/** Years are contiguous: found by place, not by search. */
const yearAt = (cal: WorkingCalendar, year: number): CalendarYear | undefined => {
  const found = cal.years[year - (cal.years[0]?.year ?? year)];
  return found?.year === year ? found : undefined;
};
const yearData = (cal: WorkingCalendar, date: CivilDate): CalendarYear | undefined => yearAt(cal, yearOf(date));

export const firstDay = (cal: WorkingCalendar): CivilDate => `${cal.years[0]?.year ?? 1970}-01-01`;
export const lastDay = (cal: WorkingCalendar): CivilDate => `${cal.years.at(-1)?.year ?? 1970}-12-31`;
export const covers = (cal: WorkingCalendar, date: CivilDate): boolean => yearData(cal, date) !== undefined;
export const isProvisional = (cal: WorkingCalendar, date: CivilDate): boolean => yearData(cal, date)?.status === 'provisional';

/** How many of a sorted list are earlier than a date. */
const countBefore = (sorted: readonly CivilDate[], date: CivilDate): number => {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < date) low = middle + 1;
    else high = middle;
  }
  return low;
};
const has = (sorted: readonly CivilDate[], date: CivilDate): boolean => sorted[countBefore(sorted, date)] === date;
const isOpen = (year: CalendarYear, date: CivilDate, dayOfWeek: number): boolean => (dayOfWeek >= 6 ? has(year.madeUp, date) : !has(year.off, date));

/** Undefined outside the calendar. */
export const isWorkingDay = (cal: WorkingCalendar, date: CivilDate): boolean | undefined => {
  const year = yearData(cal, date);
  return year && isOpen(year, date, weekday(date));
};

/** The `count`-th working day met from a date on, the date itself included, one way or the other; undefined beyond the calendar. */
const seek = (cal: WorkingCalendar, from: CivilDate, step: 1 | -1, count = 1): CivilDate | undefined => {
  let left = count;
  let day = dayNumber(from);
  let dayOfWeek = weekday(from);
  for (let date = from; ; date = civilDate(day)) {
    const year = yearData(cal, date);
    if (!year) return undefined;
    if (isOpen(year, date, dayOfWeek)) left -= 1;
    if (left === 0) return date;
    day += step;
    dayOfWeek = ((dayOfWeek - 1 + step + 7) % 7) + 1;
  }
};

/** The first working day on or after a date; undefined beyond the calendar. */
export const workingDayFrom = (cal: WorkingCalendar, date: CivilDate): CivilDate | undefined => seek(cal, date, 1);
/** The last working day on or before a date; undefined beyond the calendar. */
export const workingDayUntil = (cal: WorkingCalendar, date: CivilDate): CivilDate | undefined => seek(cal, date, -1);

/** Mondays to Fridays up to and including a day, counted from an arbitrary Monday: only differences mean something. */
const weekdaysUpTo = (date: CivilDate): number => {
  const days = dayNumber(date) + 4;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7, 5);
};
const within = (sorted: readonly CivilDate[], after: CivilDate, until: CivilDate): readonly CivilDate[] =>
  sorted.slice(countBefore(sorted, addDays(after, 1)), countBefore(sorted, addDays(until, 1)));

/** Working days after `from` up to and including `to`; negative when `to` is earlier; undefined beyond the calendar. */
export const workingDaysBetween = (cal: WorkingCalendar, from: CivilDate, to: CivilDate): number | undefined => {
  if (!covers(cal, from) || !covers(cal, to)) return undefined;
  if (to < from) return -workingDaysBetween(cal, to, from)!;
  let count = weekdaysUpTo(to) - weekdaysUpTo(from);
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    const { off, madeUp } = yearAt(cal, year)!;
    count -= within(off, from, to).filter((date) => weekday(date) < 6).length;
    count += within(madeUp, from, to).filter((date) => weekday(date) >= 6).length;
  }
  return count;
};

/** Below this, days are looked at one by one. */
const FEW_DAYS = 8;

/**
 * The working day `n` working days after (before, for a negative `n`) a date, not counting the date itself: from a day off,
 * one day on is the next working day. `n` = 0 is the date itself. Undefined beyond the calendar.
 */
export const addWorkingDays = (cal: WorkingCalendar, date: CivilDate, n: number): CivilDate | undefined => {
  if (!covers(cal, date)) return undefined;
  const step = n < 0 ? -1 : 1;
  let left = Math.abs(n);
  let at = date;
  // A leap of as many calendar days as there are working days left never goes too far.
  while (left > FEW_DAYS) {
    const to = addDays(at, step * left);
    const met = step > 0 ? workingDaysBetween(cal, at, to) : workingDaysBetween(cal, addDays(to, -1), addDays(at, -1));
    if (met === undefined) break;
    left -= met;
    at = to;
  }
  return left === 0 ? at : seek(cal, addDays(at, step), step, left);
};

/** The first working day on or after mùng 1 Tết of the year. */
export const firstWorkingDayAfterTet = (cal: WorkingCalendar, year: number): CivilDate | undefined => {
  const data = yearAt(cal, year);
  return data && workingDayFrom(cal, data.tet);
};

/** The first working day of the month that a date lies in. */
export const firstWorkingDayOfMonth = (cal: WorkingCalendar, date: CivilDate): CivilDate | undefined => workingDayFrom(cal, `${date.slice(0, 8)}01`);

/** True inside the sending hours of a working day; 16:30 is the last slot. */
export const isSendingTime = (cal: WorkingCalendar, at: Instant): boolean =>
  isWorkingDay(cal, dateAt(at)) === true && minuteOfDay(at) >= SENDING_OPENS && minuteOfDay(at) <= SENDING_CLOSES;

/** The first 08:00 of a working day at or after an instant. */
export const nextOpening = (cal: WorkingCalendar, at: Instant): Instant | undefined => {
  const today = dateAt(at);
  const from = minuteOfDay(at) > SENDING_OPENS || at > instantAt(today, SENDING_OPENS) ? addDays(today, 1) : today;
  const day = workingDayFrom(cal, from);
  return day === undefined ? undefined : instantAt(day, SENDING_OPENS);
};

/** `at` itself inside the sending hours, else the next opening. */
export const nextSendingTime = (cal: WorkingCalendar, at: Instant): Instant | undefined => (isSendingTime(cal, at) ? at : nextOpening(cal, at));

/** The first slot (08:00, 08:30 … 16:30 of a working day) strictly after an instant. */
export const nextSlot = (cal: WorkingCalendar, after: Instant): Instant | undefined => {
  const today = dateAt(after);
  const minutes = (Math.floor(minuteOfDay(after) / SLOT_MINUTES) + 1) * SLOT_MINUTES;
  if (isWorkingDay(cal, today) && minutes >= SENDING_OPENS && minutes <= SENDING_CLOSES) return instantAt(today, minutes);
  return nextOpening(cal, after + 1);
};

/** The years from `from` to `to` only: what a task carries. */
export const trimCalendar = (cal: WorkingCalendar, from: CivilDate, to: CivilDate): WorkingCalendar => ({
  version: cal.version,
  years: cal.years.filter((y) => y.year >= yearOf(from) && y.year <= yearOf(to)),
});

/** Calendar days, for texts that say both. */
export const calendarDaysBetween = (from: CivilDate, to: CivilDate): number => dayNumber(to) - dayNumber(from);

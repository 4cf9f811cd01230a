import { addDays, type CivilDate, dateAt, dayNumber, type Instant, instantAt, minuteOfDay, weekday, yearOf } from './time';

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

/** A versioned value that travels into workflows: years are contiguous and sorted. */
export type WorkingCalendar = { readonly version: string; readonly years: readonly CalendarYear[] };

/** Office hours in which messages may leave, in minutes since midnight; a slot every 30 minutes. */
export const SENDING_OPENS = 8 * 60;
export const SENDING_CLOSES = 16 * 60 + 30;
export const SLOT_MINUTES = 30;

const yearData = (cal: WorkingCalendar, date: CivilDate): CalendarYear | undefined => cal.years.find((y) => y.year === yearOf(date));

export const firstDay = (cal: WorkingCalendar): CivilDate => `${cal.years[0]?.year ?? 1970}-01-01`;
export const lastDay = (cal: WorkingCalendar): CivilDate => `${cal.years.at(-1)?.year ?? 1970}-12-31`;
export const covers = (cal: WorkingCalendar, date: CivilDate): boolean => yearData(cal, date) !== undefined;
export const isProvisional = (cal: WorkingCalendar, date: CivilDate): boolean => yearData(cal, date)?.status === 'provisional';

/** Undefined outside the calendar. */
export const isWorkingDay = (cal: WorkingCalendar, date: CivilDate): boolean | undefined => {
  const year = yearData(cal, date);
  if (!year) return undefined;
  return weekday(date) >= 6 ? year.madeUp.includes(date) : !year.off.includes(date);
};

const seek = (cal: WorkingCalendar, from: CivilDate, step: 1 | -1): CivilDate | undefined => {
  for (let date = from; covers(cal, date); date = addDays(date, step)) if (isWorkingDay(cal, date)) return date;
  return undefined;
};

/** The first working day on or after a date; undefined beyond the calendar. */
export const workingDayFrom = (cal: WorkingCalendar, date: CivilDate): CivilDate | undefined => seek(cal, date, 1);
/** The last working day on or before a date; undefined beyond the calendar. */
export const workingDayUntil = (cal: WorkingCalendar, date: CivilDate): CivilDate | undefined => seek(cal, date, -1);

/**
 * The working day `n` working days after (before, for a negative `n`) a date, not counting the date itself: from a day off,
 * one day on is the next working day. `n` = 0 is the date itself. Undefined beyond the calendar.
 */
export const addWorkingDays = (cal: WorkingCalendar, date: CivilDate, n: number): CivilDate | undefined => {
  if (!covers(cal, date)) return undefined;
  const step = n < 0 ? -1 : 1;
  let at: CivilDate | undefined = date;
  for (let left = Math.abs(n); left > 0 && at !== undefined; left -= 1) at = seek(cal, addDays(at, step), step);
  return at;
};

/** Working days after `from` up to and including `to`; negative when `to` is earlier; undefined beyond the calendar. */
export const workingDaysBetween = (cal: WorkingCalendar, from: CivilDate, to: CivilDate): number | undefined => {
  if (!covers(cal, from) || !covers(cal, to)) return undefined;
  if (to < from) return -workingDaysBetween(cal, to, from)!;
  let count = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) if (isWorkingDay(cal, date)) count += 1;
  return count;
};

/** The first working day on or after mùng 1 Tết of the year. */
export const firstWorkingDayAfterTet = (cal: WorkingCalendar, year: number): CivilDate | undefined => {
  const data = cal.years.find((y) => y.year === year);
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

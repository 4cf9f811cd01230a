/**
 * Civil dates and instants. The only file that takes a date apart: integer arithmetic, because Viet Nam is UTC+7 without
 * clock changes. A civil date is a `YYYY-MM-DD` string (it sorts as text); an instant is a count of milliseconds since 1970 UTC.
 */
export type CivilDate = string;
export type Instant = number;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = 7 * HOUR_MS;

const pad = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/** Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
const daysFromCivil = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
};

const civilFromDays = (days: number): { year: number; month: number; day: number } => {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1 };
};

export const yearOf = (date: CivilDate): number => Number(date.slice(0, 4));
export const monthOf = (date: CivilDate): number => Number(date.slice(5, 7));
export const dayOf = (date: CivilDate): number => Number(date.slice(8, 10));

/** Days since 1970-01-01. */
export const dayNumber = (date: CivilDate): number => daysFromCivil(yearOf(date), monthOf(date), dayOf(date));

/** The inverse of {@link dayNumber}. */
export const civilDate = (days: number): CivilDate => {
  const { year, month, day } = civilFromDays(days);
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
};

export const addDays = (date: CivilDate, days: number): CivilDate => civilDate(dayNumber(date) + days);

/** The same day some months on; the last day of a shorter month. */
export const addMonths = (date: CivilDate, months: number): CivilDate => {
  const count = yearOf(date) * 12 + monthOf(date) - 1 + months;
  const first = `${String(Math.floor(count / 12)).padStart(4, '0')}-${pad((count % 12) + 1)}`;
  const next = `${String(Math.floor((count + 1) / 12)).padStart(4, '0')}-${pad(((count + 1) % 12) + 1)}-01`;
  const last = addDays(next, -1);
  const same = `${first}-${date.slice(8, 10)}`;
  return same < last ? same : last;
};

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export const weekday = (date: CivilDate): number => (((dayNumber(date) + 3) % 7) + 7) % 7 + 1;

/** True for a date that exists: 2019-02-31 does not. */
export const isCivilDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && civilDate(dayNumber(text)) === text;

/** The civil date in Viet Nam at an instant; a day ends at 24:00 Vietnamese time. */
export const dateAt = (at: Instant): CivilDate => civilDate(Math.floor((at + OFFSET_MS) / DAY_MS));

/** Minutes since midnight in Viet Nam. */
export const minuteOfDay = (at: Instant): number => Math.floor(((at + OFFSET_MS) % DAY_MS + DAY_MS) % DAY_MS / MINUTE_MS);

/** The instant of a civil date at a minute of the day in Viet Nam. */
export const instantAt = (date: CivilDate, minutes: number): Instant => dayNumber(date) * DAY_MS + minutes * MINUTE_MS - OFFSET_MS;

/** ISO 8601 with the offset of Viet Nam, to the second: `2018-10-22T08:00:00+07:00`. */
export const isoInstant = (at: Instant): string => {
  const s = Math.floor(((at + OFFSET_MS) % DAY_MS + DAY_MS) % DAY_MS / 1000);
  return `${dateAt(at)}T${pad(Math.floor(s / 3600))}:${pad(Math.floor(s / 60) % 60)}:${pad(s % 60)}+07:00`;
};

/** `2019-12-31` → `31/12/2019`, as people in Viet Nam read it. */
export const dmy = (date: CivilDate): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;

/**
 * Reads an ISO 8601 instant to the millisecond; without an offset it is Vietnamese time, a bare date is its midnight.
 * Undefined for anything else: a date, an hour or an offset that does not exist included.
 */
export const parseInstant = (text: string): Instant | undefined => {
  const m = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text.trim());
  if (!m || !isCivilDate(m[1]!)) return undefined;
  const [hours, minutes, seconds] = [Number(m[2] ?? 0), Number(m[3] ?? 0), Number(m[4] ?? 0)];
  const millis = Number((m[5] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = offsetMinutes(m[6] ?? '+07:00');
  if (hours > 23 || minutes > 59 || seconds > 59 || offset === undefined) return undefined;
  return dayNumber(m[1]!) * DAY_MS + (hours * 60 + minutes - offset) * MINUTE_MS + seconds * 1000 + millis;
};

/** Minutes east of UTC; no place on earth is more than 14 hours away. */
const offsetMinutes = (zone: string): number | undefined => {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return hours > 14 || minutes > 59 ? undefined : (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
};

/** The earlier of two instants that may be missing; undefined where both are. */
export const earlier = (a: Instant | undefined, b: Instant | undefined): Instant | undefined => (a === undefined || b === undefined ? a ?? b : Math.min(a, b));

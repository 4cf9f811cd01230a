import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CalendarYear, WorkingCalendar } from '../domain/calendar';
import { canonicalJson } from '../domain/canonical';
import { insertAll } from './rows';
import type { Schema } from './schema';
import { readCalendarVersion, writeCalendarVersion } from './settings';

type Db = Kysely<Schema>;

const readYears = async (db: Db): Promise<readonly CalendarYear[]> =>
  (await db.selectFrom('calendar_year').select('data').orderBy('year').execute()).map((r) => r.data);

const versionOf = (years: readonly CalendarYear[]): string => {
  const to = years.at(-1)?.year ?? 0;
  return `${to}-${createHash('sha256').update(canonicalJson(years)).digest('hex').slice(0, 8)}`;
};

/** The working calendar on record, years sorted; undefined before one was loaded. */
export const readCalendar = async (db: Db): Promise<WorkingCalendar | undefined> => {
  const years = await readYears(db);
  return years.length === 0 ? undefined : { version: (await readCalendarVersion(db)) ?? versionOf(years), years };
};

/** Years with a hole between them: a calendar is contiguous. */
export class CalendarGap extends Error {
  override readonly name = 'CalendarGap';
  constructor(readonly missing: number) {
    super(`the calendar would lack the year ${missing}`);
  }
}

/**
 * Adds or replaces years and gives the calendar a version that follows from its content (the same years, the same version).
 * @throws CalendarGap, and changes nothing.
 */
export const loadCalendarYears = (db: Db, years: readonly CalendarYear[]): Promise<WorkingCalendar> =>
  db.transaction().execute(async (tx) => {
    if (years.length > 0) {
      await insertAll(tx, 'calendar_year', years.map((y) => ({ year: y.year, data: y })))
        .onConflict((c) => c.column('year').doUpdateSet((e) => ({ data: e.ref('excluded.data') })))
        .execute();
    }
    const all = await readYears(tx);
    const gap = all.find((y, i) => i > 0 && y.year !== (all[i - 1]?.year ?? 0) + 1);
    if (gap) throw new CalendarGap(gap.year - 1);
    await writeCalendarVersion(tx, versionOf(all));
    return { version: versionOf(all), years: all };
  });

import { realClock } from '../contracts/clock';
import { SHIPPED_CALENDAR } from '../domain/calendar-data';
import { RULES } from '../domain/task';
import type { Instant } from '../domain/time';
import { loadCalendarYears, readCalendar } from '../ledger/calendar';
import type { Ledger } from '../ledger/connect';
import { migrateLedger } from '../ledger/migrate';
import { releaseUnsaid } from '../ledger/outbox';
import { readClock, readRenewedTo, writeClock, writeRenewedTo } from '../ledger/settings';
import { nextOpenTasks } from '../ledger/tasks';

/**
 * Brings a ledger to what every process relies on: its tables, a clock (real time, where none was set), a working calendar (the shipped one, where
 * none was loaded), and in an empty one the note that no task is left behind by the rules. What could not be said before is
 * planned again: this release may know the words. Harmless at any time and from several processes.
 */
export const prepareLedger = async (ledger: Ledger, now: Instant): Promise<void> => {
  await migrateLedger(ledger);
  if ((await readClock(ledger)) === undefined) await writeClock(ledger, realClock(now));
  if ((await readCalendar(ledger)) === undefined) await loadCalendarYears(ledger, SHIPPED_CALENDAR.years);
  if ((await readRenewedTo(ledger)) === undefined && (await nextOpenTasks(ledger, '', 1)).length === 0) await writeRenewedTo(ledger, RULES);
  await releaseUnsaid(ledger);
};

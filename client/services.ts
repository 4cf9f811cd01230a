import type { Client } from '@temporalio/client';
import { type Clock, ourTime, realClock } from '../contracts/clock';
import type { Settings } from '../config/env';
import type { WorkingCalendar } from '../domain/calendar';
import { SHIPPED_CALENDAR } from '../domain/calendar-data';
import type { Instant } from '../domain/time';
import { pingLedger } from '../ledger/board';
import { readCalendar } from '../ledger/calendar';
import { connectLedger, type Ledger, type LedgerAddress, type OnQuery } from '../ledger/connect';
import { isConnectionError } from '../ledger/database-errors';
import { migrateLedger } from '../ledger/migrate';
import type { Patience } from '../ledger/patience';
import { readClock } from '../ledger/settings';
import { readRunFile, runFilePath } from './run-file';
import { Unreachable } from './unreachable';

/** Commands and pages ask little at once. */
const CONNECTIONS = 4;

/** Where the ledger is: PostgreSQL by its URL, else the socket that a running `dondoc up` opened; undefined where neither is known. */
export const ledgerAddress = async (settings: Pick<Settings, 'databaseUrl' | 'home'>): Promise<LedgerAddress | undefined> => {
  if (settings.databaseUrl !== null) return { connectionString: settings.databaseUrl };
  const socketDir = (await readRunFile(settings.home))?.socketDir;
  return socketDir === undefined ? undefined : { socketDir };
};

/** The address as it may be shown: without account and password. */
export const shownAddress = (address: LedgerAddress): string => {
  if ('socketDir' in address) return address.socketDir;
  const url = new URL(address.connectionString);
  return `${url.host}${url.pathname}`;
};

/** An open ledger that has answered, its tables up to date; throws {@link Unreachable}. */
export const openLedger = async (
  settings: Pick<Settings, 'databaseUrl' | 'home'>,
  options: { readonly onQuery?: OnQuery; readonly patience?: Patience } = {},
): Promise<Ledger> => {
  const address = await ledgerAddress(settings);
  if (!address) throw new Unreachable('ledger', `DATABASE_URL, ${runFilePath(settings.home)}`);
  const ledger = connectLedger(address, { max: CONNECTIONS, ...options });
  try {
    await pingLedger(ledger);
    await migrateLedger(ledger);
    return ledger;
  } catch (error) {
    void ledger.close();
    throw isConnectionError(error) ? new Unreachable('ledger', shownAddress(address), error) : error;
  }
};

/** The clock on record; real time where none was set. */
export const clockOf = async (ledger: Ledger, realNow: Instant): Promise<Clock> => (await readClock(ledger)) ?? realClock(realNow);
/** What day and hour it is for the plans. */
export const ourNow = async (ledger: Ledger, realNow: Instant): Promise<Instant> => ourTime(await clockOf(ledger, realNow), realNow);
/** The calendar on record; the one that is shipped where none was loaded. */
export const calendarOf = async (ledger: Ledger): Promise<WorkingCalendar> => (await readCalendar(ledger)) ?? SHIPPED_CALENDAR;

/** How processes are reached; a test puts its own in. */
export type Services = {
  readonly openLedger: (settings: Settings) => Promise<Ledger>;
  readonly openTemporal: (env: Readonly<Record<string, string | undefined>>, home: string) => Promise<Client>;
};

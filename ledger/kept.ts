import type { WorkingCalendar } from '../domain/calendar';
import type { Seat, Unit } from '../domain/plan';
import { readCalendar } from './calendar';
import type { Ledger } from './connect';
import { readUnits } from './directory';
import { readSeats } from './seats';

/** `version` as the ledger had it before this is called; null where it has none: then it is read each time. */
type Kept<T> = (version: string | null) => Promise<T>;

/** Reads again only where the version is another one than before: what is read after its version is as new as it, or newer. */
const keptByVersion = <T>(read: () => Promise<T>): Kept<T> => {
  let kept: { readonly version: string; readonly value: T } | undefined;
  return async (version) => {
    if (version === null) return read();
    if (kept?.version !== version) kept = { version, value: await read() };
    return kept.value;
  };
};

/** Units, and every term ever entered. */
export type KeptDirectory = { readonly units: Readonly<Record<string, Unit>>; readonly seats: readonly Seat[] };
export const keepDirectory = (ledger: Ledger): Kept<KeptDirectory> => keptByVersion(async () => {
  const [units, seats] = await Promise.all([readUnits(ledger), readSeats(ledger)]);
  return { units, seats };
});

/** Undefined before one was loaded. */
export const keepCalendar = (ledger: Ledger): Kept<WorkingCalendar | undefined> => keptByVersion(() => readCalendar(ledger));

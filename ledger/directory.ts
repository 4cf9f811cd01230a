import type { Kysely } from 'kysely';
import type { Directory, Seat, Unit, UnitGroup } from '../domain/plan';
import type { CivilDate } from '../domain/time';
import { type DirectoryChange, directoryChanges, type StoredDirectory } from './directory-changes';
import type { Schema } from './schema';
import { readSeats } from './seats';
import { readDirectoryHeader, writeDirectoryHeader } from './settings';

export type { DirectoryChange } from './directory-changes';
export {
  addDeputy, type Holder, type IsUsable, peopleOf, personName, readSeats, resolvePosition, resolverOf, seatsOn,
} from './seats';
export { type DirectoryHeader, readDirectoryHeader } from './settings';

type Db = Kysely<Schema>;
export type ImportOptions = { readonly replace: boolean; readonly today: CivilDate };

/** Units by id. */
export const readUnits = async (db: Db): Promise<Readonly<Record<string, Unit>>> =>
  Object.fromEntries((await db.selectFrom('unit').selectAll().orderBy('id').execute()).map((r) => [r.id, r.data]));

export const readGroups = async (db: Db): Promise<readonly UnitGroup[]> =>
  (await db.selectFrom('unit_group').select('data').orderBy('id').execute()).map((r) => r.data);

const readStored = async (db: Db): Promise<StoredDirectory> => ({
  header: await readDirectoryHeader(db), units: Object.values(await readUnits(db)), groups: await readGroups(db), seats: await readSeats(db),
});

/** The whole directory, past and future terms included; undefined before the first import. */
export const readDirectory = async (db: Db): Promise<Directory | undefined> => {
  const { header, ...rest } = await readStored(db);
  return header && { ...header, ...rest };
};

/** Exactly what {@link importDirectory} would change, without changing it. */
export const diffDirectory = async (db: Db, directory: Directory, options: ImportOptions): Promise<readonly DirectoryChange[]> =>
  directoryChanges(await readStored(db), directory, options);

const seatRow = (s: Seat) => ({
  position: s.position, person: s.person, name: s.name, email: s.email ?? null, phone: s.phone ?? null,
  from_on: s.from, to_on: s.to ?? null, deputy_of: s.deputyOf ?? null,
  without: s.without === undefined ? null : [...s.without],
});
const writeData = async (db: Db, table: 'unit' | 'unit_group', id: string, value: Unit | UnitGroup): Promise<void> => {
  const data = JSON.stringify(value);
  await db.insertInto(table).values({ id, data }).onConflict((c) => c.column('id').doUpdateSet({ data })).execute();
};
const removeSeat = async (db: Db, seat: Seat): Promise<void> => {
  await db.deleteFrom('seat')
    .where('position', '=', seat.position).where('person', '=', seat.person).where('from_on', '=', seat.from)
    .where('deputy_of', 'is not distinct from', seat.deputyOf ?? null).execute();
};
const writeSeat = async (db: Db, seat: Seat): Promise<void> => {
  await removeSeat(db, seat);
  await db.insertInto('seat').values(seatRow(seat)).execute();
};

const apply = async (db: Db, change: DirectoryChange): Promise<void> => {
  switch (change.what) {
    case 'header': return writeDirectoryHeader(db, change.after);
    case 'unit':
    case 'group': {
      const table = change.what === 'unit' ? 'unit' : 'unit_group';
      if (change.change !== 'removed') return writeData(db, table, change.id, change.after);
      await db.deleteFrom(table).where('id', '=', change.id).execute();
      return;
    }
    case 'seat': return change.change === 'removed' ? removeSeat(db, change.before) : writeSeat(db, change.after);
  }
};

/** Imports people and units as {@link diffDirectory} says, all or nothing, and answers with what it changed. */
export const importDirectory = (db: Db, directory: Directory, options: ImportOptions): Promise<readonly DirectoryChange[]> =>
  db.transaction().execute(async (tx) => {
    const changes = await diffDirectory(tx, directory, options);
    for (const change of changes) await apply(tx, change);
    return changes;
  });

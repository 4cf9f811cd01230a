import type { Kysely } from 'kysely';
import type { Directory, Seat, Unit, UnitGroup } from '../domain/plan';
import type { CivilDate } from '../domain/time';
import { type DirectoryChange, directoryChanges, type StoredDirectory } from './directory-changes';
import { anyOf, insertAll } from './rows';
import type { Schema } from './schema';
import { deleteTerms, readSeats } from './seats';
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
type Data = 'unit' | 'unit_group';
const writeData = async (db: Db, table: Data, all: readonly (Unit | UnitGroup)[]): Promise<void> => {
  const last = [...new Map(all.map((data) => [data.id, { id: data.id, data }])).values()];
  if (last.length === 0) return;
  await insertAll(db, table, last).onConflict((c) => c.column('id').doUpdateSet((e) => ({ data: e.ref('excluded.data') }))).execute();
};
const applyData = async (db: Db, table: Data, changes: readonly Extract<DirectoryChange, { readonly what: 'unit' | 'group' }>[]): Promise<void> => {
  await writeData(db, table, changes.flatMap((c) => (c.change === 'removed' ? [] : [c.after])));
  await db.deleteFrom(table).where('id', '=', anyOf(changes.flatMap((c) => (c.change === 'removed' ? [c.id] : [])))).execute();
};

/** One row a term; where a file names one twice, as it says last. */
const termsOf = (seats: readonly Seat[]) => {
  const rows = seats.map(seatRow);
  return [...new Map(rows.map((r) => [JSON.stringify([r.position, r.person, r.from_on, r.deputy_of]), r])).values()];
};
const applySeats = async (db: Db, changes: readonly Extract<DirectoryChange, { readonly what: 'seat' }>[]): Promise<void> => {
  if (changes.length === 0) return;
  await deleteTerms(db, changes.map((c) => seatRow(c.change === 'removed' ? c.before : c.after)));
  const written = termsOf(changes.flatMap((c) => (c.change === 'removed' ? [] : [c.after])));
  if (written.length > 0) await insertAll(db, 'seat', written).execute();
};

const applyAll = async (db: Db, changes: readonly DirectoryChange[]): Promise<void> => {
  for (const change of changes) if (change.what === 'header') await writeDirectoryHeader(db, change.after);
  await applyData(db, 'unit', changes.filter((c) => c.what === 'unit'));
  await applyData(db, 'unit_group', changes.filter((c) => c.what === 'group'));
  await applySeats(db, changes.filter((c) => c.what === 'seat'));
};

/** Imports people and units as {@link diffDirectory} says, all or nothing, and answers with what it changed. */
export const importDirectory = (db: Db, directory: Directory, options: ImportOptions): Promise<readonly DirectoryChange[]> =>
  db.transaction().execute(async (tx) => {
    const changes = await diffDirectory(tx, directory, options);
    await applyAll(tx, changes);
    return changes;
  });

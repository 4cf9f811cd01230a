import { type Kysely, sql } from 'kysely';
import type { Directory } from '../domain/plan';
import type { CivilDate, Instant } from '../domain/time';
import type { Schema } from './schema';

type Db = Kysely<Schema>;
/** The clock as contracts/clock.ts has it; declared here because the ledger knows nothing of processes. */
export type StoredClock = { readonly anchor: Instant; readonly from: Instant; readonly rate: number; readonly until?: Instant };
export type DirectoryHeader = Pick<Directory, 'hostUnit' | 'authorityOffice' | 'smsPrefix'>;
/** Up to where the mailbox was read: IMAP's UIDVALIDITY as text, and the UID of the last mail. */
export type MailboxCursor = { readonly uidValidity: string; readonly uid: number };
/** How the last look into the mailbox ended; `problem` is a code, null where all was well. */
export type MailboxCheck = { readonly at: Instant; readonly problem: string | null };
/** When the audit ran last, and the code of each thing it found. */
export type AuditRecord = { readonly at: Instant; readonly codes: readonly string[] };
type Settings = {
  clock: StoredClock; directory: DirectoryHeader; 'calendar-version': string; mailbox: MailboxCursor; 'mailbox-check': MailboxCheck; 'outbox-stamp': number; 'retention-on': CivilDate;
  'last-pass': Instant; 'renewed-to': number; audit: AuditRecord; 'seal-keys': readonly string[];
};

/** Undefined where it was never set. Each name has one type, and this file alone writes them. */
const read = async <K extends keyof Settings>(db: Db, name: K): Promise<Settings[K] | undefined> => {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value as Settings[K] | undefined;
};
const write = async <K extends keyof Settings>(db: Db, name: K, value: Settings[K]): Promise<void> => {
  const stored = JSON.stringify(value);
  await db.insertInto('setting').values({ name, value: stored }).onConflict((c) => c.column('name').doUpdateSet({ value: stored })).execute();
};

/** The clock of this installation: starts, `repair` and the post take it from here. */
export const readClock = (db: Db): Promise<StoredClock | undefined> => read(db, 'clock');
export const writeClock = (db: Db, clock: StoredClock): Promise<void> => write(db, 'clock', clock);

/** Host unit, authority's office and SMS prefix; undefined before a directory was imported. */
export const readDirectoryHeader = (db: Db): Promise<DirectoryHeader | undefined> => read(db, 'directory');
export const writeDirectoryHeader = (db: Db, header: DirectoryHeader): Promise<void> => write(db, 'directory', header);

export const readCalendarVersion = (db: Db): Promise<string | undefined> => read(db, 'calendar-version');
export const writeCalendarVersion = (db: Db, version: string): Promise<void> => write(db, 'calendar-version', version);

export const readMailboxCursor = (db: Db): Promise<MailboxCursor | undefined> => read(db, 'mailbox');
/** Moves the cursor forward; false where that mail was taken already. The row's lock lets two readers follow each other. */
export const moveMailboxCursor = async (db: Db, cursor: MailboxCursor): Promise<boolean> => {
  const { rows } = await sql`
    insert into setting (name, value) values ('mailbox', ${JSON.stringify(cursor)}::jsonb) on conflict (name) do update set value = excluded.value
    where setting.value->>'uidValidity' is distinct from ${cursor.uidValidity}::text
      or (setting.value->>'uid')::bigint < ${cursor.uid}::bigint returning name`.execute(db);
  return rows.length > 0;
};
export const readMailboxCheck = (db: Db): Promise<MailboxCheck | undefined> => read(db, 'mailbox-check');
export const writeMailboxCheck = (db: Db, check: MailboxCheck): Promise<void> => write(db, 'mailbox-check', check);

/** How often something was frozen or sent: who has seen a later one than the ledger holds knows that it was restored from a backup. */
export const readStamp = async (db: Db): Promise<number> => (await read(db, 'outbox-stamp')) ?? 0;
/** The next stamp, later than the ledger's own and than `seen`. */
export const nextStamp = async (db: Db, seen = 0): Promise<number> => {
  const { rows } = await sql<{ stamp: number }>`
    insert into setting (name, value) values ('outbox-stamp', to_jsonb(${seen}::int + 1)) on conflict (name)
    do update set value = to_jsonb(greatest((setting.value)::int, ${seen}::int) + 1) returning (value)::int as stamp`.execute(db);
  return rows[0]?.stamp ?? 0;
};

/** When the post last went through all that is planned and due, in our time; undefined before its first pass. */
export const readLastPass = (db: Db): Promise<Instant | undefined> => read(db, 'last-pass');
export const writeLastPass = (db: Db, at: Instant): Promise<void> => write(db, 'last-pass', at);

/** The version of the rules that all running tasks were asked to take; undefined in a ledger of releases that had no versions. */
export const readRenewedTo = (db: Db): Promise<number | undefined> => read(db, 'renewed-to');
export const writeRenewedTo = (db: Db, rules: number): Promise<void> => write(db, 'renewed-to', rules);

export const readAudit = (db: Db): Promise<AuditRecord | undefined> => read(db, 'audit');
export const writeAudit = (db: Db, record: AuditRecord): Promise<void> => write(db, 'audit', record);

/** The day on which what has outlived its retention was erased last. */
export const readRetentionDay = (db: Db): Promise<CivilDate | undefined> => read(db, 'retention-on');
export const writeRetentionDay = (db: Db, on: CivilDate): Promise<void> => write(db, 'retention-on', on);

/** Ids of the keys whose seals the workers take; undefined before any worker of this release ran. */
export const readSealKeys = (db: Db): Promise<readonly string[] | undefined> => read(db, 'seal-keys');
export const writeSealKeys = (db: Db, ids: readonly string[]): Promise<void> => write(db, 'seal-keys', ids);

import { type Kysely, type Selectable, sql } from 'kysely';
import type { CivilDate, Instant } from '../../domain/time';
import type { Ledger } from '../connect';
import type { LinkTable, Schema } from '../schema';

export type LinkRow = {
  readonly id: string;
  readonly kind: string;
  readonly position: string;
  /** Who got it, an opaque id; null for a link that is older than this column. */
  readonly person: string | null;
  readonly task: string | null;
  readonly step: string | null;
  readonly createdAt: Instant;
  readonly expiresOn: CivilDate;
  readonly revokedAt: Instant | null;
  readonly revokedReason: string | null;
};

const COLUMNS = ['id', 'kind', 'position', 'person', 'task', 'step', 'created_at', 'expires_on', 'revoked_at', 'revoked_reason'] as const;
type Row = Pick<Selectable<LinkTable>, (typeof COLUMNS)[number]>;
const linkOf = (row: Row): LinkRow => ({
  id: row.id, kind: row.kind, position: row.position, person: row.person, task: row.task, step: row.step, createdAt: row.created_at,
  expiresOn: row.expires_on, revokedAt: row.revoked_at, revokedReason: row.revoked_reason,
});

/** The link whose secret has this hash; undefined for a secret that was never given out. */
export const findLink = async (db: Ledger, hash: string): Promise<LinkRow | undefined> => {
  const row = await db.selectFrom('link').select(COLUMNS).where('hash', '=', hash).where('kind', '!=', 'code').executeTakeFirst();
  return row && linkOf(row);
};

/** A link by its id. */
export const readLink = async (db: Kysely<Schema>, id: string): Promise<LinkRow | undefined> => {
  const row = await db.selectFrom('link').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row && linkOf(row);
};

/** One short round trip; throws when the ledger is away. */
export const pingLedger = async (db: Ledger): Promise<void> => {
  await sql`select 1`.execute(db);
};

/** What time it is for the database; its own clock, not ours. */
export const databaseTime = async (db: Ledger): Promise<Instant> => {
  const { rows } = await sql<{ at: Instant }>`select clock_timestamp() as at`.execute(db);
  return rows[0]?.at ?? 0;
};

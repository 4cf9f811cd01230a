import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema';

/** What decides whether something committed outlives a power failure or the loss of the server. */
export type Durability = {
  /** `fsync` and `full_page_writes` are on. */
  readonly isFlushed: boolean;
  /** `synchronous_commit` as our own connections have it. */
  readonly synchronousCommit: string;
  /** Replicas that follow now; a base backup is none. */
  readonly standbys: number;
  /** `synchronous_standby_names` names somebody whom a commit waits for. */
  readonly waitsForStandby: boolean;
};

/** Reads the server's settings; any account may. */
export const readDurability = async (db: Kysely<Schema>): Promise<Durability> => {
  const { rows } = await sql<Durability>`
    select current_setting('fsync')::boolean and current_setting('full_page_writes')::boolean as "isFlushed",
      current_setting('synchronous_commit') as "synchronousCommit",
      current_setting('synchronous_standby_names') <> '' as "waitsForStandby",
      (select count(*)::int from pg_stat_replication where application_name <> 'pg_basebackup') as standbys`.execute(
    db,
  );
  return rows[0]!;
};

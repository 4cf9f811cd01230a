import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema';

type Db = Kysely<Schema>;

/** A signal that no pass has answered in so long is given again: who was signalled may be gone. Real time, by the database's clock. */
const SIGNAL_HOLDS = '30 seconds';

/**
 * A pass of the post begins: what was written before this statement is gathered by it, what is written later needs a signal of its own. To be called before
 * anything is gathered.
 */
export const beginPass = async (db: Db): Promise<void> => {
  await sql`
    insert into setting (name, value) values ('post-pass', jsonb_build_object('pass', 1))
    on conflict (name) do update set value = jsonb_build_object('pass', (setting.value->>'pass')::bigint + 1)`.execute(db);
};

type Mark = { readonly pass: string | null; readonly isSignalled: boolean };
const readMark = async (db: Db): Promise<Mark> => {
  const { rows } = await sql<Mark>`
    select value->>'pass' as pass, coalesce((value->>'signalledAt')::timestamptz > now() - ${SIGNAL_HOLDS}::interval, false) as "isSignalled"
    from setting where name = 'post-pass'`.execute(db);
  return rows[0] ?? { pass: null, isSignalled: false };
};

/** Counts only while the pass is still to come for which the signal was given. */
const markSignalled = async (db: Db, { pass }: Mark): Promise<void> => {
  await sql`
    update setting set value = jsonb_set(value, '{signalledAt}', to_jsonb(now())) where name = 'post-pass' and value->>'pass' = ${pass}`.execute(db);
};

/**
 * Signals the post unless a signal is on record that no pass has answered yet: that pass will gather what the caller has written. The caller's writing must be
 * committed before. Fails as `signal` does, and then nothing is on record.
 */
export const signalOnce = async (db: Db, signal: () => Promise<void>): Promise<void> => {
  const mark = await readMark(db);
  if (mark.isSignalled) return;
  await signal();
  await markSignalled(db, mark);
};

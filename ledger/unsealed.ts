import { type Kysely, sql } from 'kysely';
import type { Instant } from '../domain/time';
import { asTime, insertAll } from './rows';
import type { Schema } from './schema';

type Db = Kysely<Schema>;
/** An act that was undone, as far as it can be told: who it claimed to be is nobody's word. */
export type UnsealedAct = {
  readonly id: string; readonly task: string; readonly act: string; readonly position: string; readonly via: string;
  readonly why: 'missing' | 'unknown-key' | 'wrong' | 'used'; readonly decidedAt: Instant;
};
export type SeenUnsealed = UnsealedAct & { readonly seenAt: Instant };

/** Longer is no value that our doors write. */
const MOST = 200;
/** Whoever sent it chose the words: a table takes them cut, and without what no text may hold. */
const kept = (text: string): string => String(text).replaceAll('\u0000', '').slice(0, MOST);

/** Remembers acts that were undone, each once, at most 200 characters of each value, for a year. `seenAt` is real time. */
export const recordUnsealed = async (db: Db, acts: readonly UnsealedAct[], seenAt: Instant): Promise<void> => {
  if (acts.length === 0) return;
  await sql`delete from unsealed_act where seen_at < now() - interval '1 year'`.execute(db);
  await insertAll(db, 'unsealed_act', acts.map((a) => ({
    id: a.id, task: kept(a.task), act: kept(a.act), position: kept(a.position), via: kept(a.via), why: a.why, decided_at: asTime(a.decidedAt),
    seen_at: asTime(seenAt),
  }))).onConflict((c) => c.column('id').doNothing()).execute();
};

/** How long what was undone is listed for people; in days of the database's own clock. */
export const UNSEALED_LISTED_DAYS = 30;
const MOST_LISTED = 200;

/** Undone in the last days, the latest first, at most 200. */
export const listUnsealed = async (db: Db, days: number): Promise<readonly SeenUnsealed[]> => {
  const rows = await db.selectFrom('unsealed_act').selectAll()
    .where(sql<boolean>`seen_at > now() - make_interval(days => ${days}::int)`).orderBy('seen_at', 'desc').orderBy('id').limit(MOST_LISTED).execute();
  return rows.map((r) => ({
    id: r.id, task: r.task, act: r.act, position: r.position, via: r.via, why: r.why as UnsealedAct['why'], decidedAt: r.decided_at, seenAt: r.seen_at,
  }));
};

/** Whether acts without any seal are taken: for three days (of the database's own clock) after a ledger of a release without seals was brought up to date. */
export const isUnsealedTaken = async (db: Db): Promise<boolean> => {
  const { rows } = await sql<{ taken: boolean }>`
    select (value #>> '{}')::bigint > extract(epoch from now()) * 1000 as taken from setting where name = 'sealed-from'`.execute(db);
  return rows[0]?.taken === true;
};

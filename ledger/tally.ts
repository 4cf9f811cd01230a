import { type Kysely, sql } from 'kysely';
import type { Instant } from '../domain/time';
import type { Schema } from './schema';

type Db = Kysely<Schema>;
/** What is counted, of whom (an opaque word, never an address as it is), and for how long a count lasts. `now` is real time. */
export type Tally = { readonly kind: string; readonly subject: string; readonly windowMs: number; readonly now: Instant };

/** Counts one more and answers with the count of the window; the window begins with its first count. Two processes at once are both counted. */
export const countOne = async (db: Db, { kind, subject, windowMs, now }: Tally): Promise<number> => {
  const [at, over] = [new Date(now), new Date(now - windowMs)];
  const { rows } = await sql<{ count: number }>`
    insert into tally (kind, subject, since, count) values (${kind}, ${subject}, ${at}, 1)
    on conflict (kind, subject) do update set
      count = case when tally.since <= ${over} then 1 else tally.count + 1 end, since = case when tally.since <= ${over} then ${at} else tally.since end
    returning count`.execute(db);
  return rows[0]?.count ?? 1;
};

/** The count of the window that is under way; 0 where none is. */
export const readCount = async (db: Db, { kind, subject, windowMs, now }: Tally): Promise<number> => {
  const row = await db.selectFrom('tally').select('count').where('kind', '=', kind).where('subject', '=', subject)
    .where(sql<boolean>`since > ${new Date(now - windowMs)}`).executeTakeFirst();
  return row?.count ?? 0;
};

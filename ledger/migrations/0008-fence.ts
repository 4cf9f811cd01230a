import { type Kysely, sql } from 'kysely';

/** The fence of an attempt stands in its message's own row: the only one that a statement looks at again after it has waited for it. */
const STATEMENTS = [
  /** Since when the attempt with the message's number is under way; empty between attempts, and once it is over. */
  `alter table message add column under_way_since timestamptz`,
  `update message m set under_way_since = a.started_at from attempt a
    where a.message = m.key and a.number = m.attempt and a.ended_at is null and m.state in ('frozen', 'body_started', 'ambiguous', 'rejected')`,
  /** What is not over, for whoever looks for what stands. */
  `create index message_unfinished on message (key) where state in ('frozen', 'body_started') or under_way_since is not null
    or (failed_over_at is null and state in ('ambiguous', 'rejected', 'bounced', 'failed'))`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};

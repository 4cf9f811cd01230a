import { type Kysely, sql } from 'kysely';

/** Mails of the mailbox that could not be read within their limits: where they stand there, for a person. */
const STATEMENTS = [
  `create table odd_mail (
    uid_validity text not null, uid bigint not null, why text not null, arrived_at timestamptz, size bigint, found_at timestamptz not null,
    primary key (uid_validity, uid))`,
  `create index odd_mail_found on odd_mail (found_at)`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};

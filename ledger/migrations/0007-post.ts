import { type Kysely, sql } from 'kysely';

/** What the post holds alone, and how it knows without looking that nothing has changed. */
const STATEMENTS = [
  /** Why a `held` delivery could not be put into words; it is tried again from `send_at` on. `reason` keeps why it was planned on this channel. */
  `alter table delivery add column held_for text`,
  `create index delivery_unsaid on delivery (send_at) where state = 'held' and held_for is not null`,

  /**
   * Another version of the directory with each transaction that changes units or seats, whoever makes it: an import, an act, an older release, a hand. Within a
   * transaction it changes once; the time makes it another one than any that a restored database gave before.
   */
  `create function directory_changed() returns trigger language plpgsql as $$ begin
    insert into setting (name, value) values ('directory-version', to_jsonb(txid_current()::text || '-' || extract(epoch from now())::text))
      on conflict (name) do update set value = excluded.value where setting.value is distinct from excluded.value;
    return null;
  end $$`,
  ...['unit', 'seat'].flatMap((table) => [
    `create trigger ${table}_changed after insert or update or delete on ${table} for each statement execute function directory_changed()`,
    `create trigger ${table}_emptied after truncate on ${table} for each statement execute function directory_changed()`,
  ]),
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  await sql`insert into setting (name, value) values ('directory-version', '"0"'::jsonb) on conflict (name) do nothing`.execute(db);
};

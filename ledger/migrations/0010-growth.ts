import { type Kysely, sql } from 'kysely';

/** What keeps every hot statement away from all rows of a table that grows for years. */
const STATEMENTS = [
  /** Links of one task that a position still has, and its calendar. */
  `create index link_alive on link (task, position) where revoked_at is null`,
  `create index link_calendar on link (position, created_at) where kind = 'calendar' and revoked_at is null`,
  `create index link_expiry on link (expires_on)`,
  `create index press_link on press (link)`,
  `create index press_age on press (pressed_at)`,
  /** Bytes know their age: erasing them looks at no message that has none any more. */
  `alter table body add column frozen_at timestamptz not null default now()`,
  `update body b set frozen_at = m.frozen_at from message m where m.key = b.message`,
  `create index body_age on body (frozen_at)`,
  /** Lists of messages, newest first, of all states and of one. */
  `drop index message_frozen`,
  `create index message_recent on message (frozen_at desc, key)`,
  `create index message_state on message (state, frozen_at desc, key)`,
  /** What a person may have to look at. */
  `create index message_undelivered on message (frozen_at)
    where class <> 'code' and (state in ('rejected', 'bounced', 'failed', 'ambiguous') or (state = 'frozen' and in_trouble))`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};

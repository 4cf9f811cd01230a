import { type Kysely, sql } from 'kysely';

/** What delivery learns after a message has left, and what keeps it back before. */
const STATEMENTS = [
  /** The receiver's own id of a submission (a gateway's message id, the queue id of a relay): receipts name it. */
  `alter table attempt add column provider_id text`,
  `create index attempt_provider on attempt (provider_id) where provider_id is not null`,
  /** `awaits`: what the next step of a message in trouble is: another attempt, a receipt, a person. `failed_over_at`: its notices went to the next channel. */
  `alter table message add column awaits text, add column failed_over_at timestamptz`,
  `create index message_failed on message (key) where failed_over_at is null and state in ('rejected', 'bounced', 'failed')`,
  /** Parameters of an approved SMS template, slots included; null where the text itself is sent. */
  `alter table body add column template text, add column parameters text[]`,

  /** Receipts as they came, each once, by the receiver's id or by our key; `applied_at` is empty while the message they speak of is not known or has no result yet. */
  `create table receipt (
    id bigint generated always as identity primary key, source text not null, provider_id text not null default '', message text not null default '', status text not null, bad_address boolean not null default false,
    detail text, received_at timestamptz not null, applied_at timestamptz, unique (source, provider_id, message, status))`,
  `create index receipt_open on receipt (received_at) where applied_at is null`,

  /** Addresses that a receiver has refused for good, until they are replaced or answer again. */
  `create table bad_address (
    channel text not null, address text not null, reason text not null, message text, marked_at timestamptz not null, primary key (channel, address))`,
  /** What people wrote back by mail: an unverified note; the words stand in `text`. `id` is the hash of the mail's Message-ID. */
  `create table reply (
    id text primary key, message text not null, task text, position text, text text not null, received_at timestamptz not null)`,

  /** A start of too many messages waits for a person. */
  `alter table start add column held_at timestamptz, add column released_at timestamptz, add column messages integer`,
  `create index delivery_held on delivery (notice) where state = 'held'`,
  /** Channels that a person asked to be left out, of those that the rules allow to be left out. */
  `alter table seat add column without text[]`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};

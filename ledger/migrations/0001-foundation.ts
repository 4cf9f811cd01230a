import { type Kysely, sql } from 'kysely';

/** Instants are `timestamptz`, civil dates `date`; both come back as text and numbers through `ledger/connect.ts`. */
const STATEMENTS = [
  /** One value each: clock, calendar, directory header, server secret's key id. */
  `create table setting (name text primary key, value jsonb not null)`,

  `create table plan (
    code text primary key, hash text not null, header jsonb not null, spec jsonb not null,
    file_name text not null, file bytea not null, started_at timestamptz not null, withdrawn_at timestamptz, withdrawn_reason text)`,
  `create table start (id text primary key, plan text not null references plan(code), tasks text[] not null, started_at timestamptz not null)`,

  `create table unit (id text primary key, data jsonb not null)`,
  `create table unit_group (id text primary key, data jsonb not null)`,
  /** Who sits on a position from a day to a day; people's data live here and in no other table but message (address) and text. */
  `create table seat (
    id bigint generated always as identity primary key, position text not null, person text not null, name text not null,
    email text, phone text, from_on date not null, to_on date, deputy_of text)`,
  `create unique index seat_term on seat (position, person, from_on, coalesce(deputy_of, ''))`,

  `create table task (
    id text primary key, plan text not null, seed jsonb not null, seq integer not null default 0, projection jsonb,
    state text, lead text, supervisor text, due_on date, next_rung text, next_rung_on date, next_wake_at timestamptz,
    needs_repair text, opened_at timestamptz not null)`,
  `create index task_plan on task (plan, id)`,
  `create index task_wake on task (next_wake_at) where state not in ('completed', 'discontinued', 'merged', 'carried_over')`,

  /** Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE. `hash_before` has room for the hash of the event before. */
  `create table event (
    task text not null references task(id), seq integer not null, type text not null, act text, position text, person text, operator text,
    via text not null, on_behalf_of text, effective_at timestamptz not null, decided_at timestamptz not null, recorded_at timestamptz not null default now(),
    schema integer not null, hash_before text, body jsonb not null, primary key (task, seq))`,
  `create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'event is append-only'; end $$`,
  `create trigger event_append_only before update or delete on event for each row execute function refuse_change()`,
  `create trigger event_no_truncate before truncate on event for each statement execute function refuse_change()`,

  /** Free texts, written before the act that refers to them. */
  `create table text (id text primary key, subject text not null, field text not null, hash text not null, length integer not null, content text, created_at timestamptz not null)`,

  `create table notice (
    key text primary key, about_type text not null, about_id text not null, task text, plan text, kind text not null, rung text, milestone text,
    passed text[], to_position text not null, channels text[] not null, class text not null, grp text not null, reason text not null,
    decided_at timestamptz not null, send_at timestamptz not null, facts jsonb not null)`,
  `create index notice_task on notice (task, decided_at)`,

  /** A notice on one channel: planned → claimed (by a message) → sent, or dropped / failed with its reason. */
  `create table delivery (
    notice text not null references notice(key), channel text not null, state text not null default 'planned', message text, reason text,
    position text, send_at timestamptz not null, primary key (notice, channel))`,
  `create index delivery_planned on delivery (send_at) where state = 'planned'`,
  `create index delivery_message on delivery (message)`,

  /** frozen → body_started → accepted | rejected | ambiguous → delivered | bounced; or superseded, failed. */
  `create table message (
    key text primary key, plan text, channel text not null, address text not null, class text not null, grp text not null, positions text[] not null,
    subject text, state text not null default 'frozen', reason text, attempt integer not null default 0, frozen_at timestamptz not null,
    first_started_at timestamptz, settled_at timestamptz, in_trouble boolean not null default false, next_try_at timestamptz)`,
  `create unique index message_once on message (channel, address, class, grp) where state not in ('superseded', 'failed')`,
  `create index message_open on message (state, frozen_at) where state in ('frozen', 'body_started', 'ambiguous')`,
  /** The attempt's number is the fence: a late attempt can neither send again unseen nor write a result. */
  `create table attempt (
    message text not null references message(key), number integer not null, started_at timestamptz not null, body_started_at timestamptz,
    ended_at timestamptz, outcome text, detail text, primary key (message, number))`,
  /** The frozen bytes, link secrets left as slots; a retention of their own. */
  `create table body (message text primary key references message(key), content bytea not null, hash text not null, content_type text not null, preview jsonb not null)`,

  /** Only the hash of a secret is kept; `slot` stands in the stored bytes. */
  `create table link (
    id text primary key, hash text not null unique, key_id text not null, kind text not null, slot text not null, message text, notice text, position text not null,
    task text, step text, version integer, created_at timestamptz not null, expires_on date not null, revoked_at timestamptz, revoked_reason text)`,
  `create index link_message on link (message)`,

  /** Units that got the plan's file with their first message. */
  `create table plan_receipt (plan text not null, unit text not null, message text not null, primary key (plan, unit))`,
  `create table calendar_year (year integer primary key, data jsonb not null)`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};

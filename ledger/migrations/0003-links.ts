import { type Kysely, sql } from 'kysely';

/** What acting through links needs: presses, one-time codes, sessions of the board, drafts, and counts that hold across processes. Instants are real time. */
const STATEMENTS = [
  /** One press of one button, by its nonce: `seq` is the event that it became, empty while nobody knows. */
  `create table press (
    id text primary key, link text not null references link(id), task text not null, act text not null, person text, pressed_at timestamptz not null,
    seq integer, state text, decided_at timestamptz, refused text)`,

  /** Only the hash of a code is kept; `slot` of its link row stands in the stored bytes. `subject` is what the code is for: act, fields, person and press. */
  `create table one_time_code (
    id text primary key, link text not null references link(id), person text not null, channel text not null, hash text not null, subject text not null,
    made_at timestamptz not null, expires_at timestamptz not null, tries integer not null default 0)`,
  `create index one_time_code_link on one_time_code (link, made_at)`,

  /** The board outside this machine: the hash of a cookie, dead with the link that it was opened from. */
  `create table web_session (
    hash text primary key, link text not null references link(id), position text not null, opened_at timestamptz not null, expires_at timestamptz not null,
    ended_at timestamptz)`,
  `create index web_session_link on web_session (link)`,

  /** Drafts and papers of a task. */
  `create table task_file (
    id text primary key, task text not null, position text not null, name text not null, content_type text not null, size integer not null,
    hash text not null, content bytea not null, added_at timestamptz not null)`,
  `create index task_file_task on task_file (task, added_at)`,

  /** Misses, requests and the like: how many of a kind a subject has in the window that began at `since`. */
  `create table tally (kind text not null, subject text not null, since timestamptz not null, count integer not null, primary key (kind, subject))`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};

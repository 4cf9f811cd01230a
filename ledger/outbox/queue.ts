import { type Kysely, sql } from 'kysely';
import type { Channel } from '../../domain/notice';
import type { Instant } from '../../domain/time';
import type { MessageState, Schema } from '../schema';

type Db = Kysely<Schema>;

const untried = (db: Db) => db.selectFrom('message').where('state', '=', 'frozen').where('attempt', '=', 0).where('in_trouble', '=', false);

/** Keys of messages that nobody has tried, most pressing first: code, urgent, act, digest; then as they were frozen. */
export const readQueue = async (db: Db, limit: number): Promise<readonly string[]> => {
  const rows = await untried(db).select('key')
    .orderBy(sql`array_position(array['code', 'urgent', 'act', 'digest'], class)`).orderBy('frozen_at').orderBy('key').limit(limit).execute();
  return rows.map((r) => r.key);
};
export const countQueue = async (db: Db): Promise<number> => Number((await untried(db).select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n);

/**
 * Ends the attempts that a dead worker left open and puts their messages in trouble: `ambiguous` where the body was asked for, otherwise certainly not
 * sent. To be called while nobody sends: a worker that still lives finds its attempt ended, and neither gives a body nor writes a result.
 */
export const endOpenAttempts = async (db: Db, now: Instant): Promise<number> => {
  const { rows } = await sql<{ key: string }>`
    with ended as (update attempt a set ended_at = ${new Date(now)}, outcome = case when a.body_started_at is null then 'not-sent' else 'ambiguous' end, detail = 'the worker went away'
      from message m where m.key = a.message and a.ended_at is null and not m.in_trouble returning a.message)
    update message m set in_trouble = true, reason = 'the worker went away', state = case when m.state = 'body_started' then 'ambiguous' else m.state end
    from ended where m.key = ended.message returning m.key`.execute(db);
  return rows.length;
};

/** Messages in trouble whose `message` workflow was not started yet. */
export const readUnattended = async (db: Db): Promise<readonly string[]> => {
  const rows = await db.selectFrom('message').select('key').where('in_trouble', '=', true).where('next_try_at', 'is', null)
    .where('state', 'in', ['frozen', 'body_started', 'ambiguous']).orderBy('key').execute();
  return rows.map((r) => r.key);
};
/** From now on a workflow looks after it; a time that the workflow set itself stays. */
export const setAttended = async (db: Db, key: string, nextTryAt: Instant): Promise<void> => {
  await db.updateTable('message').set({ next_try_at: new Date(nextTryAt) }).where('key', '=', key).where('next_try_at', 'is', null).execute();
};

export type MessageStatus = {
  readonly key: string;
  readonly plan: string | null;
  readonly state: MessageState;
  readonly attempt: number;
  readonly positions: readonly string[];
  /** The receiver has asked for the body once: from then on the bytes never change. */
  readonly bodyWasStarted: boolean;
};
export const readStatus = async (db: Db, key: string): Promise<MessageStatus | undefined> => {
  const row = await db.selectFrom('message').select(['key', 'plan', 'state', 'attempt', 'positions', 'first_started_at']).where('key', '=', key).executeTakeFirst();
  return row && { key: row.key, plan: row.plan, state: row.state, attempt: row.attempt, positions: row.positions, bodyWasStarted: row.first_started_at !== null };
};

/** What goes out: frozen bytes with slots, and the links that fill them. */
export type Sendable = {
  readonly key: string;
  readonly channel: Channel;
  readonly address: string;
  readonly content: Buffer;
  readonly links: readonly { readonly id: string; readonly keyId: string; readonly slot: string }[];
};
export const readSendables = async (db: Db, keys: readonly string[]): Promise<readonly Sendable[]> => {
  const any = sql<string>`any(${[...keys]}::text[])`;
  const rows = await db.selectFrom('message').innerJoin('body', 'body.message', 'message.key')
    .select(['message.key', 'message.channel', 'message.address', 'body.content']).where('message.key', '=', any).execute();
  const links = await db.selectFrom('link').select(['id', 'key_id', 'slot', 'message']).where('message', '=', any).execute();
  return rows.map((r) => ({ ...r, links: links.filter((l) => l.message === r.key).map((l) => ({ id: l.id, keyId: l.key_id, slot: l.slot })) }));
};

import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Instant } from '../domain/time';
import type { ActedEvent } from '../domain/task';
import type { Schema } from './schema';

type Db = Kysely<Schema>;
export type Press = {
  readonly id: string; readonly link: string; readonly task: string; readonly act: string; readonly person: string | null; readonly pressedAt: Instant;
  /** What the workflow answered; null while nobody knows. */
  readonly seq: number | null; readonly state: string | null; readonly decidedAt: Instant | null; readonly refused: string | null;
};

/**
 * Remembers a press before it is sent, so that an answer that gets lost is found again; a second press of the same nonce changes nothing. `pressedAt` is
 * real time.
 */
export const insertPress = async (db: Db, press: Pick<Press, 'id' | 'link' | 'task' | 'act' | 'person' | 'pressedAt'>): Promise<void> => {
  await db.insertInto('press').values(
    { id: press.id, link: press.link, task: press.task, act: press.act, person: press.person, pressed_at: new Date(press.pressedAt) }
  )
    .onConflict((c) => c.column('id').doNothing()).execute();
};

/** Keeps the workflow's answer beside the press. */
export const answerPress = async (
  db: Db, id: string, answer: { readonly seq: number; readonly state: string; readonly at: Instant } | { readonly refused: string }
): Promise<void> => {
  await db.updateTable('press').set(
    'refused' in answer ? { refused: answer.refused } : { seq: answer.seq, state: answer.state, decided_at: new Date(answer.at), refused: null }
  )
    .where('id', '=', id).where('seq', 'is', null).execute();
};

export const findPress = async (db: Db, id: string): Promise<Press | undefined> => {
  const row = await db.selectFrom('press').selectAll().where('id', '=', id).executeTakeFirst();
  return row && {
    id: row.id, link: row.link, task: row.task, act: row.act, person: row.person, pressedAt: row.pressed_at, seq: row.seq, state: row.state,
    decidedAt: row.decided_at, refused: row.refused,
  };
};

/** The event that a press became; undefined where the ledger does not show it (yet). */
export const eventOfPress = async (db: Db, task: string, nonce: string): Promise<ActedEvent | undefined> => {
  const row = await db.selectFrom('event').select('body').where('task', '=', task).where('act', 'is not', null)
    .where(sql<boolean>`body->'actor'->>'nonce' = ${nonce}`).executeTakeFirst();
  return row?.body.type === 'acted' ? row.body : undefined;
};

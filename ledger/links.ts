import type { Kysely } from 'kysely';
import type { CivilDate, Instant } from '../domain/time';
import type { Position } from '../domain/plan';
import { anyOf, asTime, insertAll } from './rows';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

export type LinkKind = 'step' | 'page' | 'calendar' | 'code';
/**
 * `step`: to one step of one task. `page`: a position's own page. `calendar`: its calendar. `code`: opens nothing, a one-time code takes the slot's
 * place. `hash` and `slot` as `links/` makes them; the secret itself is never kept.
 */
export type NewLink = {
  readonly id: string;
  readonly hash: string;
  readonly keyId: string;
  readonly kind: LinkKind;
  readonly slot: string;
  readonly notice: string | null;
  readonly position: Position;
  /** Who holds the position as it is made, an opaque id: the link ends with their time there. Null where that is not known. */
  readonly person: string | null;
  readonly task: string | null;
  /** What the link is for, and the number of the task's last event when it was made: a later step makes it old. */
  readonly step: string | null;
  readonly version: number | null;
  /** The last day on which it opens. */
  readonly expiresOn: CivilDate;
};

export const insertLinks = async (db: Db, links: readonly (NewLink & { readonly message: string | null })[], now: Instant): Promise<void> => {
  if (links.length === 0) return;
  await insertAll(db, 'link', links.map((l) => ({
    id: l.id, hash: l.hash, key_id: l.keyId, kind: l.kind, slot: l.slot, message: l.message, notice: l.notice, position: l.position, person: l.person, task: l.task,
    step: l.step, version: l.version, created_at: asTime(now), expires_on: l.expiresOn,
  }))).execute();
};

/** Ends the links of messages; the first reason stays. */
export const revokeLinks = async (db: Db, messages: readonly string[], reason: string, now: Instant): Promise<void> => {
  await db.updateTable('link').set({ revoked_at: new Date(now), revoked_reason: reason })
    .where('message', '=', anyOf(messages)).where('revoked_at', 'is', null).execute();
};

/** Ends the links to one task that a position has, and to nothing else of it. */
export const revokeTaskLinks = async (db: Db, task: string, position: Position, reason: string, now: Instant): Promise<void> => {
  await db.updateTable('link').set({ revoked_at: new Date(now), revoked_reason: reason })
    .where('task', '=', task).where('position', '=', position).where('revoked_at', 'is', null).execute();
};

/** The calendar of a position that is still given out; undefined where there is none. */
export const findCalendarLink = async (db: Db, position: Position): Promise<{ readonly id: string; readonly createdAt: Instant } | undefined> => {
  const row = await db.selectFrom('link').select(['id', 'created_at'])
    .where('kind', '=', 'calendar').where('position', '=', position).where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc').limit(1).executeTakeFirst();
  return row && { id: row.id, createdAt: row.created_at };
};

/** Ends every calendar of a position. */
export const revokeCalendars = async (db: Db, position: Position, reason: string, now: Instant): Promise<void> => {
  await db.updateTable('link').set({ revoked_at: new Date(now), revoked_reason: reason })
    .where('kind', '=', 'calendar').where('position', '=', position).where('revoked_at', 'is', null).execute();
};

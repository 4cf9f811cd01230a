import { type Kysely, sql } from 'kysely';
import type { Position } from '../domain/plan';
import type { Instant } from '../domain/time';
import type { Schema } from './schema';

type Db = Kysely<Schema>;
export type NewSession = { readonly hash: string; readonly link: string; readonly position: Position; readonly openedAt: Instant; readonly expiresAt: Instant };

/** Opens a session and ends those that were opened from the same link before: one browser at a time. Instants are real time. */
export const openSession = (db: Db, { hash, link, position, openedAt, expiresAt }: NewSession): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await tx.updateTable('web_session').set({ ended_at: new Date(openedAt) }).where('link', '=', link).where('ended_at', 'is', null).execute();
    await tx.insertInto('web_session').values({ hash, link, position, opened_at: new Date(openedAt), expires_at: new Date(expiresAt) }).execute();
  });

/** The session of a cookie's hash, where it is neither over nor ended and its link was not revoked. */
export const findSession = async (db: Db, hash: string, now: Instant): Promise<{
  readonly position: Position; readonly link: string; readonly openedAt: Instant;
} | undefined> => {
  const row = await db.selectFrom('web_session').innerJoin('link', 'link.id', 'web_session.link')
    .select(
      ['web_session.position', 'web_session.link', 'web_session.opened_at']
    ).where('web_session.hash', '=', hash).where('web_session.ended_at', 'is', null)
    .where('link.revoked_at', 'is', null).where(sql<boolean>`web_session.expires_at > ${new Date(now)}`).executeTakeFirst();
  return row && { position: row.position, link: row.link, openedAt: row.opened_at };
};

/** Ends every session of a position; harmless where there is none. */
export const endSessions = async (db: Db, position: Position, now: Instant): Promise<void> => {
  await db.updateTable('web_session').set({ ended_at: new Date(now) }).where('position', '=', position).where('ended_at', 'is', null).execute();
};

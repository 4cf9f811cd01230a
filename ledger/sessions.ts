import { type Kysely, sql } from 'kysely';
import type { Position } from '../domain/plan';
import type { Instant } from '../domain/time';
import { type LinkRow, readLink } from './board/links';
import type { Schema } from './schema';

type Db = Kysely<Schema>;
/** `person`: who proved to be the one at the position. */
export type NewSession = {
  readonly hash: string; readonly link: string; readonly position: Position; readonly person: string; readonly openedAt: Instant; readonly expiresAt: Instant;
};

/** Opens a session and ends those that were opened from the same link before: one browser at a time. Instants are real time. */
export const openSession = (db: Db, { hash, link, position, person, openedAt, expiresAt }: NewSession): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await tx.updateTable('web_session').set({ ended_at: new Date(openedAt) }).where('link', '=', link).where('ended_at', 'is', null).execute();
    await tx.insertInto('web_session').values({
      hash, link, position, person, opened_at: new Date(openedAt), expires_at: new Date(expiresAt),
    }).execute();
  });

/** The session of a cookie's hash, where it is neither over nor ended, with the link that it was opened from as it stands now. */
export const findSession = async (db: Db, hash: string, now: Instant): Promise<{
  readonly position: Position; readonly person: string; readonly link: LinkRow;
} | undefined> => {
  const row = await db.selectFrom('web_session').select(['position', 'person', 'link']).where('hash', '=', hash).where('ended_at', 'is', null)
    .where(sql<boolean>`expires_at > ${new Date(now)}`).executeTakeFirst();
  const link = row && await readLink(db, row.link);
  return row?.person == null || link === undefined ? undefined : { position: row.position, person: row.person, link };
};

/** Ends every session of a position; harmless where there is none. */
export const endSessions = async (db: Db, position: Position, now: Instant): Promise<void> => {
  await db.updateTable('web_session').set({ ended_at: new Date(now) }).where('position', '=', position).where('ended_at', 'is', null).execute();
};

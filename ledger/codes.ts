import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Channel } from '../domain/notice';
import type { Instant } from '../domain/time';
import type { Schema } from './schema';

type Db = Kysely<Schema>;
/** `subject`: the hash of what the code is for. Instants are real time. */
export type NewCode = {
  readonly id: string; readonly link: string; readonly person: string; readonly channel: Channel; readonly hash: string; readonly subject: string;
  readonly madeAt: Instant; readonly expiresAt: Instant;
};
export type TriedCode = Pick<NewCode, 'link' | 'person' | 'channel' | 'hash' | 'subject'> & { readonly tries: number };

export const insertCode = async (db: Db, code: NewCode): Promise<void> => {
  await db.insertInto('one_time_code').values({
    id: code.id, link: code.link, person: code.person, channel: code.channel, hash: code.hash, subject: code.subject, made_at: new Date(code.madeAt),
    expires_at: new Date(code.expiresAt),
  }).execute();
};

/** A code that has opened something opens nothing again. */
export const spendCode = async (db: Db, id: string, now: Instant): Promise<void> => {
  await db.updateTable('one_time_code').set({ expires_at: new Date(now) }).where('id', '=', id).execute();
};

/**
 * Counts one try and answers with the code; undefined for one that is not known, has expired or was tried `most` times. Counted before anybody compares, so
 * no race gives more.
 */
export const tryCode = async (db: Db, id: string, { most, now }: { readonly most: number; readonly now: Instant }): Promise<TriedCode | undefined> => {
  const row = await db.updateTable('one_time_code').set({ tries: sql<number>`tries + 1` })
    .where('id', '=', id).where('tries', '<', most).where(sql<boolean>`expires_at > ${new Date(now)}`)
    .returning(['link', 'person', 'channel', 'hash', 'subject', 'tries']).executeTakeFirst();
  return row;
};

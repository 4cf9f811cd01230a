import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { TextRef } from '../domain/refs';
import type { Instant } from '../domain/time';
import { anyOf } from './rows';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** The reference of a content under an id: SHA-256 in hex of its UTF-8, length in characters (code points). */
export const textRef = (id: string, content: string): TextRef => ({
  id, hash: createHash('sha256').update(content, 'utf8').digest('hex'), length: [...content].length,
});

/**
 * Keeps a free text before the act that refers to it, NFC and exactly as typed otherwise; the id is opaque. `subject` is what it is about (a task's
 * id), `field` the act's field.
 */
export const writeText = async (
  db: Db, text: { readonly subject: string; readonly field: string; readonly content: string; readonly now: Instant },
): Promise<TextRef> => {
  const content = text.content.normalize('NFC');
  const ref = textRef(`tx-${randomBytes(12).toString('hex')}`, content);
  await db.insertInto('text').values({ ...ref, subject: text.subject, field: text.field, content, created_at: new Date(text.now) }).execute();
  return ref;
};

/** Contents by id; null for one that was erased, no entry for one that is not known. */
export const readTexts = async (db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> => {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('text').select(['id', 'content']).where('id', '=', anyOf(ids)).execute();
  return new Map(rows.map((r) => [r.id, r.content]));
};

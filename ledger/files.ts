import { type Kysely, sql } from 'kysely';
import { createHash } from 'node:crypto';
import type { UnitId } from '../domain/plan';
import type { Instant } from '../domain/time';
import { anyOf } from './rows';
import type { Schema } from './schema';

type Db = Kysely<Schema>;
/** `size` in bytes, `hash` SHA-256 in hex. */
export type TaskFile = {
  readonly id: string; readonly task: string; readonly position: string; readonly name: string; readonly contentType: string; readonly size: number;
  readonly hash: string;
  readonly addedAt: Instant;
};

/** Keeps a file of a task; the same id twice is one file. */
export const insertFile = async (db: Db, file: Omit<TaskFile, 'size' | 'hash'> & { readonly content: Buffer }): Promise<void> => {
  await db.insertInto('task_file').values({
    id: file.id, task: file.task, position: file.position, name: file.name, content_type: file.contentType, size: file.content.length,
    hash: createHash('sha256').update(file.content).digest('hex'), content: file.content, added_at: new Date(file.addedAt),
  }).onConflict((c) => c.column('id').doNothing()).execute();
};

/** The files of a task without their contents, oldest first. */
export const listFiles = async (db: Db, task: string): Promise<readonly TaskFile[]> => {
  const rows = await db.selectFrom('task_file').select(['id', 'task', 'position', 'name', 'content_type', 'size', 'hash', 'added_at']).where('task', '=', task)
    .orderBy('added_at').orderBy('id').execute();
  return rows.map(
    (r) => ({ id: r.id, task: r.task, position: r.position, name: r.name, contentType: r.content_type, size: r.size, hash: r.hash, addedAt: r.added_at })
  );
};

/** Names by id, as whoever sent the file typed them; no entry for one that is not known. */
export const fileNames = async (db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('task_file').select(['id', 'name']).where('id', '=', anyOf(ids)).execute();
  return new Map(rows.map((r) => [r.id, r.name]));
};

/** How many bytes the files of one unit take on a task. */
export const sizeOfFiles = async (db: Db, task: string, unit: UnitId): Promise<number> => {
  const row = await db.selectFrom('task_file').select(sql<string>`coalesce(sum(size), 0)`.as('bytes')).where('task', '=', task)
    .where(sql<boolean>`split_part(position, '/', 1) = ${unit}`).executeTakeFirst();
  return Number(row?.bytes ?? 0);
};

/** One file of this task and of no other. @throws Error where its bytes are not those that were kept. */
export const readFile = async (db: Db, task: string, id: string): Promise<(
  Pick<TaskFile, 'name' | 'contentType'> & { readonly content: Buffer }
) | undefined> => {
  const row = await db.selectFrom('task_file').select(
    ['name', 'content_type', 'hash', 'content']
  ).where('task', '=', task).where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  if (createHash('sha256').update(row.content).digest('hex') !== row.hash) throw new Error('a file of the ledger is not what was kept');
  return { name: row.name, contentType: row.content_type, content: row.content };
};

import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { withPapers } from '../domain/documents';
import type { TaskEvent } from '../domain/task';
import type { Instant } from '../domain/time';
import type { Schema } from './schema';
import { readEvents } from './tasks';

type Db = Kysely<Schema>;
type File = { readonly name: string; readonly contentType: string; readonly content: Uint8Array };
/** A letter that was let go. `number`: as entered, null where it has none yet. */
export type SentLetter = { readonly id: string; readonly task: string; readonly rung: 'L3' | 'L4'; readonly number: string | null; readonly name: string; readonly approvedAt: Instant };

/** The letter of one approval: the same for whoever it goes to, whenever it is frozen. Safe in a path. */
export const letterId = ({ task, rung, approvedAt }: Pick<SentLetter, 'task' | 'rung' | 'approvedAt'>): string =>
  createHash('sha256').update(`${task} ${rung} ${approvedAt}`).digest('hex').slice(0, 24);

const checked = ({ name, content_type, hash, content }: { name: string; content_type: string; hash: string; content: Buffer }): File => {
  if (createHash('sha256').update(content).digest('hex') !== hash) throw new Error('a letter of the ledger is not what was kept');
  return { name, contentType: content_type, content };
};

/** One letter of this task and of no other. @throws Error where its bytes are not those that were kept */
export const readLetter = async (db: Db, task: string, id: string): Promise<File | undefined> => {
  const row = await db.selectFrom('letter').select(['name', 'content_type', 'hash', 'content']).where('task', '=', task).where('id', '=', id).executeTakeFirst();
  return row && checked(row);
};

/** Keeps a letter as it is sent for the first time; whoever comes second gets the bytes of the first. */
export const keepLetter = async (db: Db, letter: Omit<SentLetter, 'id' | 'name'>, file: File): Promise<File> => {
  const id = letterId(letter);
  const content = Buffer.from(file.content);
  await db.insertInto('letter').values({
    id, task: letter.task, rung: letter.rung, number: letter.number, name: file.name, content_type: file.contentType, hash: createHash('sha256').update(content).digest('hex'), content,
    approved_at: new Date(letter.approvedAt),
  }).onConflict((c) => c.column('id').doNothing()).execute();
  return (await readLetter(db, letter.task, id)) ?? file;
};

/** The number that was entered for a letter after it had left; null where none was. */
const enteredNumber = (
  events: readonly TaskEvent[],
  { rung, approvedAt }: Pick<SentLetter, 'rung' | 'approvedAt'>,
): string | null => {
  const approval = events.find(
    (e) => e.type === 'acted' && e.act === 'approve-letter' && e.result.letter === rung && e.at === approvedAt,
  );
  return approval?.type === 'acted' ? (approval.actor.basis?.number ?? null) : null;
};

/** The letters of a task without their contents, oldest first. */
export const listLetters = async (db: Db, task: string): Promise<readonly SentLetter[]> => {
  const rows = await db.selectFrom('letter').select(['id', 'task', 'rung', 'number', 'name', 'approved_at']).where('task', '=', task).orderBy('approved_at').orderBy('id').execute();
  const letters = rows.map(({ approved_at, ...row }): SentLetter => ({ ...row, approvedAt: approved_at }));
  if (letters.every((l) => l.number !== null)) return letters;
  const events = withPapers(await readEvents(db, task));
  return letters.map((l) => ({ ...l, number: l.number ?? enteredNumber(events, l) }));
};

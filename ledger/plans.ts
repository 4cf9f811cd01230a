import type { Kysely } from 'kysely';
import { isDiscreet, withoutWords } from '../domain/discreet';
import type { PlanHeader, TaskSpec } from '../domain/plan';
import type { Instant } from '../domain/time';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** `hash`: SHA-256 in hex of the bytes that were started; `content` lacks the words of confidential rows. */
export type NewPlan = {
  readonly header: PlanHeader;
  readonly tasks: readonly TaskSpec[];
  readonly file: { readonly name: string; readonly content: Uint8Array; readonly hash: string };
  readonly startedAt: Instant;
};
export type StoredPlan = {
  readonly header: PlanHeader;
  readonly tasks: readonly TaskSpec[];
  readonly hash: string;
  readonly fileName: string;
  readonly startedAt: Instant;
  readonly withdrawn: { readonly at: Instant; readonly reason: string } | null;
};

/** The code stands for a plan of another text; `title` and `hash` are those of the plan on record. */
export class PlanCodeTaken extends Error {
  override readonly name = 'PlanCodeTaken';
  constructor(readonly code: string, readonly title: string, readonly hash: string) {
    super(`plan code ${code} is taken by another text`);
  }
}

/**
 * Keeps a plan with its file; of confidential rows no words. The same text under the same code is harmless: it
 * changes nothing, but takes such words out that were kept before.
 * @throws PlanCodeTaken
 */
export const insertPlan = async (db: Db, plan: NewPlan): Promise<'written' | 'same'> => {
  const { header, file } = plan;
  const done = await db.insertInto('plan')
    .values({
      code: header.code, hash: file.hash, header: JSON.stringify(header), spec: JSON.stringify(plan.tasks.map(withoutWords)), file_name: file.name,
      file: Buffer.from(file.content), started_at: new Date(plan.startedAt),
    })
    .onConflict((c) => c.column('code').doNothing())
    .returning('code')
    .executeTakeFirst();
  if (done) return 'written';
  const there = await db.selectFrom('plan').select(['hash', 'header', 'spec']).where('code', '=', header.code).executeTakeFirstOrThrow();
  if (there.hash !== file.hash) throw new PlanCodeTaken(header.code, there.header.title, there.hash);
  if (!there.spec.every(isDiscreet)) await db.updateTable('plan')
    .set({ spec: JSON.stringify(there.spec.map(withoutWords)), file: Buffer.from(file.content) }).where('code', '=', header.code).execute();
  return 'same';
};

/** A plan without its file; undefined for a code that is not known. */
export const readPlan = async (db: Db, code: string): Promise<StoredPlan | undefined> => {
  const row = await db.selectFrom('plan')
    .select(['header', 'spec', 'hash', 'file_name', 'started_at', 'withdrawn_at', 'withdrawn_reason']).where('code', '=', code).executeTakeFirst();
  return row && {
    header: row.header, tasks: row.spec, hash: row.hash, fileName: row.file_name, startedAt: row.started_at,
    withdrawn: row.withdrawn_at === null ? null : { at: row.withdrawn_at, reason: row.withdrawn_reason ?? '' },
  };
};

/** The file as it may go to every unit; undefined for one that was kept with the words of confidential rows. */
export const readPlanFile = async (db: Db, code: string): Promise<{ readonly name: string; readonly content: Uint8Array } | undefined> => {
  const row = await db.selectFrom('plan').select(['file_name', 'file', 'spec']).where('code', '=', code).executeTakeFirst();
  return row?.spec.every(isDiscreet) === true ? { name: row.file_name, content: row.file } : undefined;
};

/** Completes the header with the document's number. False for a code that is not known. */
export const setPlanNumber = (db: Db, code: string, number: string): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('plan').select('header').where('code', '=', code).forUpdate().executeTakeFirst();
    if (!row) return false;
    await tx.updateTable('plan').set({ header: JSON.stringify({ ...row.header, number }) }).where('code', '=', code).execute();
    return true;
  });

/** Marks a mistaken start; the first reason stays. False for a code that is not known, or withdrawn before. */
export const withdrawPlan = async (db: Db, code: string, withdrawal: { readonly reason: string; readonly at: Instant }): Promise<boolean> => {
  const done = await db.updateTable('plan')
    .set({ withdrawn_at: new Date(withdrawal.at), withdrawn_reason: withdrawal.reason })
    .where('code', '=', code).where('withdrawn_at', 'is', null).returning('code').executeTakeFirst();
  return done !== undefined;
};

/**
 * One `plan start`. `messages`: how many its first day is reckoned to cause; `isHeld`: none of them leaves until a
 * person releases it.
 */
export type StartRecord = {
  readonly id: string; readonly plan: string; readonly tasks: readonly string[]; readonly startedAt: Instant; readonly messages?: number; readonly isHeld?: boolean;
};
/**
 * Which tasks one `plan start` starts: their `assigned` notices wait until all of them have committed. Written once per
 * id.
 */
export const recordStart = async (db: Db, start: StartRecord): Promise<void> => {
  const startedAt = new Date(start.startedAt);
  await db.insertInto('start')
    .values({ id: start.id, plan: start.plan, tasks: [...start.tasks], started_at: startedAt, messages: start.messages ?? null, held_at: start.isHeld === true ? startedAt : null })
    .onConflict((c) => c.column('id').doNothing())
    .execute();
};

import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { CLOSED_STATES, STATES, type TaskEvent, type TaskSeed, type TaskStateName } from '../domain/task';
import type { Instant } from '../domain/time';
import { anyOf, asTime, insertAll } from './rows';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** A seed is about 8 KB: so many rows make a statement of some megabytes. */
const ROWS_AT_ONCE = 500;

/** Writes the row of each task with its seed; where there is one it stays as it is. */
export const insertTasks = async (db: Db, seeds: readonly TaskSeed[], now: Instant): Promise<void> => {
  for (let from = 0; from < seeds.length; from += ROWS_AT_ONCE) {
    const rows = seeds.slice(from, from + ROWS_AT_ONCE).map((seed) => ({ id: seed.id, plan: seed.plan, seed, opened_at: asTime(now) }));
    await insertAll(db, 'task', rows).onConflict((c) => c.column('id').doNothing()).execute();
  }
};
/** As {@link insertTasks}, for one. */
export const insertTask = (db: Db, seed: TaskSeed, now: Instant): Promise<void> => insertTasks(db, [seed], now);

/** The task's events in order of their numbers; none for a task that is not known. */
export const readEvents = async (db: Db, task: string): Promise<readonly TaskEvent[]> => {
  const rows = await db.selectFrom('event').select('body').where('task', '=', task).orderBy('seq').execute();
  return rows.map((r) => r.body);
};

/** As {@link readEvents}, of several tasks, by id; a task without any is left out. */
export const readEventsOf = async (
  db: Db, tasks: readonly string[],
): Promise<ReadonlyMap<string, readonly TaskEvent[]>> => {
  const rows = await db.selectFrom('event').select(['task', 'body']).where('task', '=', anyOf(tasks))
    .orderBy('task').orderBy('seq').execute();
  const byTask = new Map<string, TaskEvent[]>();
  for (const { task, body } of rows) {
    const there = byTask.get(task) ?? [];
    byTask.set(task, there);
    there.push(body);
  }
  return byTask;
};

/** What the tasks started from, by id; those that are not known are left out. */
export const readSeeds = async (db: Db, tasks: readonly string[]): Promise<ReadonlyMap<string, TaskSeed>> => {
  const rows = await db.selectFrom('task').select(['id', 'seed']).where('id', '=', anyOf(tasks)).execute();
  return new Map(rows.map((r) => [r.id, r.seed]));
};
/** As {@link readSeeds}, for one; undefined for a task that is not known. */
export const readSeed = async (db: Db, task: string): Promise<TaskSeed | undefined> => (await readSeeds(db, [task])).get(task);

export type OpenTask = {
  readonly task: string; readonly plan: string; readonly seq: number; readonly state: TaskStateName | null; readonly needsRepair: string | null;
};

const isOpen = (e: ExpressionBuilder<Schema, 'task'>) => e.or([e('state', 'is', null), e('state', 'not in', [...CLOSED_STATES])]);

/** Tasks that still need a workflow, by id; `state` is null before their first event. */
export const listOpenTasks = async (db: Db): Promise<readonly OpenTask[]> => {
  const rows = await db.selectFrom('task')
    .select(['id', 'plan', 'seq', 'state', 'needs_repair'])
    .where(isOpen)
    .orderBy('id')
    .execute();
  return rows.map((r) => ({ task: r.id, plan: r.plan, seq: r.seq, state: STATES.find((s) => s === r.state) ?? null, needsRepair: r.needs_repair }));
};

/** Ids of the next tasks that still need a workflow, by id, after one of them; none after the last. */
export const nextOpenTasks = async (db: Db, after: string, limit: number): Promise<readonly string[]> => {
  const rows = await db.selectFrom('task').select('id').where('id', '>', after).where(isOpen).orderBy('id').limit(limit).execute();
  return rows.map((r) => r.id);
};

/** Marks a task that cannot go on by itself, or takes the mark away (null). */
export const setNeedsRepair = async (db: Db, task: string, reason: string | null): Promise<void> => {
  await db.updateTable('task').set({ needs_repair: reason }).where('id', '=', task).where('needs_repair', 'is distinct from', reason).execute();
};

/** Takes the mark of a task away, unless it begins with `kept`. */
export const clearMark = async (db: Db, task: string, kept: string): Promise<void> => {
  await db.updateTable('task').set({ needs_repair: null }).where('id', '=', task).where('needs_repair', 'is not', null)
    .where(sql<boolean>`not starts_with(needs_repair, ${kept})`).execute();
};

/** Marks several tasks that cannot go on by themselves. */
export const markNeedsRepair = async (db: Db, tasks: readonly string[], reason: string): Promise<void> => {
  await db.updateTable('task').set({ needs_repair: reason }).where('id', '=', anyOf(tasks))
    .where('needs_repair', 'is distinct from', reason).execute();
};

/** Takes the marks of tasks away that go on by themselves again. */
export const clearNeedsRepair = async (db: Db, tasks: readonly string[]): Promise<void> => {
  await db.updateTable('task').set({ needs_repair: null }).where('id', '=', anyOf(tasks)).where('needs_repair', 'is not', null).execute();
};

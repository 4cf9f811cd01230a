import type { Kysely } from 'kysely';
import { CLOSED_STATES, STATES, type TaskEvent, type TaskSeed, type TaskStateName } from '../domain/task';
import type { Instant } from '../domain/time';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** Writes the task's row with its seed; where there is one it stays as it is. */
export const insertTask = async (db: Db, seed: TaskSeed, now: Instant): Promise<void> => {
  await db.insertInto('task')
    .values({ id: seed.id, plan: seed.plan, seed: JSON.stringify(seed), opened_at: new Date(now) })
    .onConflict((c) => c.column('id').doNothing())
    .execute();
};

/** The task's events in order of their numbers; none for a task that is not known. */
export const readEvents = async (db: Db, task: string): Promise<readonly TaskEvent[]> => {
  const rows = await db.selectFrom('event').select('body').where('task', '=', task).orderBy('seq').execute();
  return rows.map((r) => r.body);
};

/** What the task started from; undefined for a task that is not known. */
export const readSeed = async (db: Db, task: string): Promise<TaskSeed | undefined> =>
  (await db.selectFrom('task').select('seed').where('id', '=', task).executeTakeFirst())?.seed;

export type OpenTask = {
  readonly task: string; readonly plan: string; readonly seq: number; readonly state: TaskStateName | null; readonly needsRepair: string | null;
};

/** Tasks that still need a workflow, by id; `state` is null before their first event. */
export const listOpenTasks = async (db: Db): Promise<readonly OpenTask[]> => {
  const rows = await db.selectFrom('task')
    .select(['id', 'plan', 'seq', 'state', 'needs_repair'])
    .where((e) => e.or([e('state', 'is', null), e('state', 'not in', [...CLOSED_STATES])]))
    .orderBy('id')
    .execute();
  return rows.map((r) => ({ task: r.id, plan: r.plan, seq: r.seq, state: STATES.find((s) => s === r.state) ?? null, needsRepair: r.needs_repair }));
};

/** Marks a task that cannot go on by itself, or takes the mark away (null). */
export const setNeedsRepair = async (db: Db, task: string, reason: string | null): Promise<void> => {
  await db.updateTable('task').set({ needs_repair: reason }).where('id', '=', task).execute();
};

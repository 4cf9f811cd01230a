import { type Kysely, sql } from 'kysely';
import { evolve, initialState } from '../domain/evolve';
import { projectionOf } from '../domain/projection';
import { CLOSED_STATES, type TaskProjection, type TaskState } from '../domain/task';
import { type CivilDate, dateAt } from '../domain/time';
import { projectionColumns } from './commit';
import type { Schema } from './schema';
import { readEvents, readSeed } from './tasks';

type Db = Kysely<Schema>;

/**
 * The state of a task from its events alone; with `asOf`, as it was at the end of that day in Viet Nam (by the day of the decision). Undefined for
 * a task that is not known.
 */
export const stateFromEvents = async (db: Db, task: string, asOf?: CivilDate): Promise<TaskState | undefined> => {
  const seed = await readSeed(db, task);
  if (!seed) return undefined;
  const events = await readEvents(db, task);
  return events.filter((e) => asOf === undefined || dateAt(e.at) <= asOf).reduce(evolve, initialState(seed));
};

/** The board's rows as they were at the end of a day; tasks without an event by then are left out. */
export const projectionsAsOf = async (db: Db, day: CivilDate): Promise<readonly TaskProjection[]> => {
  const tasks = await db.selectFrom('task').select('id').orderBy('id').execute();
  const rows: TaskProjection[] = [];
  for (const { id } of tasks) {
    const state = await stateFromEvents(db, id, day);
    if (state && state.seq > 0) rows.push(projectionOf(state));
  }
  return rows;
};

/** Replaces one task's row under its lock, so that a commit beside it is not undone. */
const rebuildOne = (db: Db, task: string): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await sql`select 1 from task where id = ${task} for update`.execute(tx);
    const state = await stateFromEvents(tx, task);
    if (state && state.seq > 0) await tx.updateTable('task').set(projectionColumns(state.seq, projectionOf(state))).where('id', '=', task).execute();
  });

/** Derives every task's row from its events again; answers with how many. Closed tasks too, unless `openOnly`. */
export const rebuildProjections = async (db: Db, options: { readonly openOnly?: boolean } = {}): Promise<number> => {
  const tasks = await db.selectFrom('task').select('id').orderBy('id')
    .$if(options.openOnly === true, (q) => q.where((e) => e.or([e('state', 'is', null), e('state', 'not in', [...CLOSED_STATES])])))
    .execute();
  for (const { id } of tasks) await rebuildOne(db, id);
  return tasks.length;
};

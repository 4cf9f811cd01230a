import { type Kysely, sql } from 'kysely';
import { evolve, initialState } from '../domain/evolve';
import { projectionOf } from '../domain/projection';
import { CLOSED_STATES, type TaskEvent, type TaskProjection, type TaskSeed, type TaskState } from '../domain/task';
import { type CivilDate, dateAt } from '../domain/time';
import { projectionColumns } from './commit';
import type { Schema } from './schema';
import { readEventsOf, readSeeds } from './tasks';

type Db = Kysely<Schema>;

const stateOf = (seed: TaskSeed, events: readonly TaskEvent[], asOf: CivilDate | undefined): TaskState =>
  events.filter((e) => asOf === undefined || dateAt(e.at) <= asOf).reduce(evolve, initialState(seed));

/**
 * The states of tasks from their events alone, by id; with `asOf`, as they were at the end of that day in Viet Nam (by
 * the day of the decision). Tasks that are not known are left out.
 */
export const statesFromEvents = async (
  db: Db, tasks: readonly string[], asOf?: CivilDate,
): Promise<ReadonlyMap<string, TaskState>> => {
  const [seeds, events] = [await readSeeds(db, tasks), await readEventsOf(db, tasks)];
  return new Map([...seeds].map(([id, seed]) => [id, stateOf(seed, events.get(id) ?? [], asOf)]));
};

/** As {@link statesFromEvents}, for one; undefined for a task that is not known. */
export const stateFromEvents = async (db: Db, task: string, asOf?: CivilDate): Promise<TaskState | undefined> =>
  (await statesFromEvents(db, [task], asOf)).get(task);

/** Tasks whose events are in memory together. */
const AT_ONCE = 500;

/** The board's rows as they were at the end of a day; tasks without an event by then are left out. */
export const projectionsAsOf = async (db: Db, day: CivilDate): Promise<readonly TaskProjection[]> => {
  const ids = (await db.selectFrom('task').select('id').orderBy('id').execute()).map(({ id }) => id);
  const rows: TaskProjection[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const states = await statesFromEvents(db, some, day);
    rows.push(...some.flatMap((id) => states.get(id) ?? []).filter((s) => s.seq > 0).map(projectionOf));
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

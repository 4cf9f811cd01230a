import { type RawBuilder, sql } from 'kysely';
import type { UnitId } from '../../domain/plan';
import { CLOSED_STATES } from '../../domain/task';
import type { Ledger } from '../connect';
import { listTasks, type TaskRow } from './tasks';

const CLOSED = sql`(${sql.join(CLOSED_STATES.map((s) => sql.lit(s)))})`;
/** As the indexes of closed and of open tasks say it. */
const isClosed = sql`t.state in ${CLOSED}`;
const isOpen = sql`(t.state is null or t.state not in ${CLOSED})`;
/** Units that have a part in a task: those that coordinate, its lead, its supervisor. */
const parts = sql`((t.projection -> 'coordinating') || (t.projection -> 'lead') || (t.projection -> 'supervisor'))`;
/** The same before its first event. */
const firstParts = sql`((t.seed -> 'spec' -> 'coordinating') || (t.seed -> 'spec' -> 'lead') || (t.seed -> 'supervisor'))`;

/** `undefined`: every unit's. */
const isPart = (unit: UnitId | undefined): RawBuilder<unknown> =>
  unit === undefined
    ? sql`true`
    : sql`case when t.projection is null then ${firstParts} else ${parts} end ? ${unit}`;
const isClosedOf = (unit: UnitId | undefined): RawBuilder<unknown> =>
  unit === undefined ? isClosed : sql`${isClosed} and ${parts} ? ${unit}`;

const rowsOf = async (db: Ledger, which: RawBuilder<unknown>): Promise<readonly TaskRow[]> => {
  const { rows } = await sql<{ id: string }>`select t.id from task t where ${which}`.execute(db);
  return listTasks(db, { ids: rows.map((r) => r.id) });
};

/** Tasks that go on in which the unit has a part, or all of them; by id. */
export const openTasksOf = (db: Ledger, unit?: UnitId): Promise<readonly TaskRow[]> =>
  rowsOf(db, sql`${isOpen} and ${isPart(unit)}`);

/** Open tasks with a date that the unit leads, and those whose open or last consultation waits for its input; by id. */
export const datedTasksOf = (db: Ledger, unit: UnitId): Promise<readonly TaskRow[]> => {
  const leads = sql`case when t.projection is null then t.seed -> 'spec' ->> 'lead' else t.lead end = ${unit}`;
  const owes = sql`t.projection -> 'pendingInputs' @> ${JSON.stringify([{ unit }])}::jsonb`;
  return rowsOf(db, sql`${isOpen} and (${leads} or ${owes})`);
};

/** How many closed tasks the unit has a part in (or there are), counted up to `most`. */
export const countClosedOf = async (db: Ledger, unit: UnitId | undefined, most: number): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from task t where ${isClosedOf(unit)} limit ${most}) as counted`.execute(db);
  return rows[0]?.n ?? 0;
};

/** A part of the closed tasks that the unit has a part in, or of all; by id. */
export const closedTasksOf = (
  db: Ledger, unit: UnitId | undefined, part: { readonly limit: number; readonly offset: number },
): Promise<readonly TaskRow[]> =>
  rowsOf(db, sql`${isClosedOf(unit)} order by t.id limit ${part.limit} offset ${part.offset}`);

/** Closed tasks on which the unit did something whose paper has no number yet, at most so many; by id. */
export const lackingTasksOf = (db: Ledger, unit: UnitId, limit: number): Promise<readonly TaskRow[]> =>
  rowsOf(db, sql`${isClosed} and t.projection -> 'undocumented' ? ${unit} order by t.id limit ${limit}`);

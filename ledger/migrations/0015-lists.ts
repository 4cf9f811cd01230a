import { type Kysely, sql } from 'kysely';

const CLOSED = `state in ('completed', 'discontinued', 'merged', 'carried_over')`;

/** What keeps lists for people away from everything that years have left behind. */
const STATEMENTS = [
  /** Notices that nobody could be given: few, among all that were left out on purpose. */
  `create index delivery_unplaced on delivery (notice) where state = 'failed' and message is null`,
  /** Tasks that go on, and the closed ones of a unit: that leads, supervises or coordinates, or still lacks a paper. */
  `create index task_open on task (id) where state is null or state not in ('completed', 'discontinued', 'merged', 'carried_over')`,
  `create index task_closed_parts on task
    using gin (((projection -> 'coordinating') || (projection -> 'lead') || (projection -> 'supervisor'))) where ${CLOSED}`,
  `create index task_closed_lacking on task using gin ((projection -> 'undocumented')) where ${CLOSED}`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};

import { type Kysely, sql } from 'kysely';
import type { WorkingCalendar } from '../domain/calendar';
import { standsFrom } from '../domain/delivery';
import { CLOSED_STATES } from '../domain/task';
import type { Instant } from '../domain/time';
import { anyOf } from './rows';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** An open task as an auditor looks at it. */
export type WatchedTask = {
  readonly id: string; readonly seq: number; readonly openedAt: Instant; readonly nextWakeAt: Instant | null; readonly needsRepair: string | null;
};

/** Every task that should have a workflow, by id. */
export const readWatchedTasks = async (db: Db): Promise<readonly WatchedTask[]> => {
  const { rows } = await sql<WatchedTask>`
    select id, seq, opened_at as "openedAt", next_wake_at as "nextWakeAt", needs_repair as "needsRepair"
    from task where coalesce(state, '') <> all(${[...CLOSED_STATES]}::text[]) order by id`.execute(db);
  return rows;
};

/** Of some ids of tasks, those that the ledger does not know. */
export const unknownTasks = async (db: Db, ids: readonly string[]): Promise<readonly string[]> => {
  const rows = await db.selectFrom('task').select('id').where('id', '=', anyOf(ids)).execute();
  const known = new Set(rows.map((r) => r.id));
  return ids.filter((id) => !known.has(id));
};

/** Planned deliveries that a pass of the post should have taken: how many, and when the first was due. Nights and holidays are not counted. */
export const readLateNotices = async (db: Db, calendar: WorkingCalendar, now: Instant): Promise<{ readonly n: number; readonly since: Instant } | undefined> => {
  const { rows } = await sql<{ sendAt: Instant; n: number }>`
    select send_at as "sendAt", count(*)::int as n from delivery where state = 'planned' and send_at <= ${new Date(now)} group by 1 order by 1`.execute(db);
  const late = rows.filter((r) => standsFrom(calendar, 'post', r.sendAt) <= now);
  return late[0] === undefined ? undefined : { n: late.reduce((sum, r) => sum + r.n, 0), since: late[0].sendAt };
};

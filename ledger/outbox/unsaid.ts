import { type Kysely, sql } from 'kysely';
import type { Position } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import type { Schema, Unsayable } from '../schema';
import type { DeliveryRef } from './settle';

type Db = Kysely<Schema>;

/** A delivery that cannot be put into words: held alone, so that the others leave. */
export type Unsaid = DeliveryRef & { readonly why: Unsayable };
/** What is held of one position for one reason. */
export type UnsaidOf = { readonly position: Position; readonly why: Unsayable; readonly notices: number; readonly tasks: readonly string[] };

/** Holds planned deliveries, each with its reason, until a pass at `again` or later tries them once more. */
export const holdUnsaid = async (db: Db, all: readonly Unsaid[], again: Instant): Promise<void> => {
  if (all.length === 0) return;
  await sql`
    update delivery d set state = 'held', held_for = v.why, send_at = ${new Date(again)}
    from unnest(${all.map((u) => u.notice)}::text[], ${all.map((u) => u.channel)}::text[], ${all.map((u) => u.why)}::text[]) as v(notice, channel, why)
    where d.notice = v.notice and d.channel = v.channel and d.state = 'planned'`.execute(db);
};

/** Plans again what was held until `dueBy`; all of it where that is left out. Answers with how many notices. */
export const releaseUnsaid = async (db: Db, dueBy?: Instant): Promise<number> => {
  const at = dueBy === undefined ? null : new Date(dueBy);
  const { rows } = await sql<{ notice: string }>`
    update delivery d set state = 'planned', held_for = null, send_at = n.send_at from notice n
    where n.key = d.notice and d.state = 'held' and d.held_for is not null and (${at}::timestamptz is null or d.send_at <= ${at}) returning d.notice`.execute(db);
  return new Set(rows.map((r) => r.notice)).size;
};

/** What is held because it could not be said, by position and reason. */
export const readUnsaid = async (db: Db): Promise<readonly UnsaidOf[]> => {
  const { rows } = await sql<UnsaidOf>`
    select n.to_position as position, d.held_for as why, count(distinct n.key)::int as notices,
      coalesce(array_agg(distinct n.task order by n.task) filter (where n.task is not null), '{}') as tasks
    from delivery d join notice n on n.key = d.notice where d.state = 'held' and d.held_for is not null
    group by n.to_position, d.held_for order by n.to_position, d.held_for`.execute(db);
  return rows;
};

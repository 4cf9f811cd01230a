import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { WorkingCalendar } from '../../domain/calendar';
import { standsFrom } from '../../domain/delivery';
import type { Instant } from '../../domain/time';
import type { MessageState, Schema } from '../schema';

type Db = Kysely<Schema>;

/**
 * Who takes the next step of a message. `post`: its next pass. `workflow`: the message's own. `person`: whoever decides at the host unit. `nobody`: no rule would
 * ever touch it again.
 */
export type Keeper = 'post' | 'workflow' | 'person' | 'nobody';
/** A message that is not final. `dueAt`: when its next step was to come, or since when an attempt is under way. */
export type Unfinished = { readonly key: string; readonly state: MessageState; readonly keeper: Keeper; readonly dueAt: Instant };

/** Not final, or final and its notices have not gone over to the next channel yet. The index `message_unfinished` holds just these. */
const isUnfinished = sql`(m.state in ('frozen', 'body_started') or m.under_way_since is not null
  or (m.failed_over_at is null and m.state in ('ambiguous', 'rejected', 'bounced', 'failed')))`;
const keeper = sql`case
  when m.under_way_since is not null then case when m.in_trouble then 'workflow' else 'post' end
  when m.state in ('rejected', 'bounced', 'failed') or (m.state = 'frozen' and m.attempt = 0 and not m.in_trouble) then 'post'
  when not m.in_trouble or m.state = 'body_started' then 'nobody'
  when m.awaits = 'person' then 'person'
  when m.awaits in ('attempt', 'receipt') then 'workflow'
  else 'post' end`;

/** Every message that is not final, as a table `u`. */
const unfinished = sql`(select m.key, m.state, ${keeper} as keeper, coalesce(m.under_way_since, m.next_try_at, m.settled_at,
  (select max(a.ended_at) from attempt a where a.message = m.key), m.frozen_at) as "dueAt" from message m where ${isUnfinished}) as u`;
const read = async (db: Db, which: RawBuilder<unknown>): Promise<readonly Unfinished[]> =>
  (await sql<Unfinished>`select * from ${unfinished} where ${which} order by "dueAt", key`.execute(db)).rows;
const isLate = (now: Instant) => sql`keeper <> 'person' and (keeper = 'nobody' or "dueAt" < ${new Date(now)})`;
/** Whether {@link findStranded} may find any. An expression. */
export const mayStand = (now: Instant) => sql<boolean>`exists (select 1 from ${unfinished} where ${isLate(now)})`;

/** Every message that is not final, with who takes its next step and when: the one of the key, or all, most overdue first. */
export const readUnfinished = (db: Db, key?: string): Promise<readonly Unfinished[]> => read(db, key === undefined ? sql`true` : sql`key = ${key}`);

/**
 * Messages that break the promise that each one is final, or planned for a known time by somebody alive: nobody would take their next step, or who should have
 * taken it has let its time pass, counted within the sending hours. Empty where all is well; at any hour.
 */
export const findStranded = async (db: Db, calendar: WorkingCalendar, now: Instant): Promise<readonly Unfinished[]> => {
  const late = await read(db, isLate(now));
  return late.filter(({ keeper: by, dueAt }) => by === 'nobody' || (by !== 'person' && standsFrom(calendar, by, dueAt) <= now));
};

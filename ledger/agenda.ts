import { type Kysely, sql } from 'kysely';
import { CLOSED_STATES } from '../domain/task';
import type { Instant } from '../domain/time';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** What waits in the ledger, for who leads a clock by hand: open tasks that can go on by themselves, deliveries, messages. */
export type Agenda = {
  /** Open tasks without a first event. */
  readonly opening: number;
  /** Earliest first. */
  readonly wakes: readonly Instant[];
  readonly plannedAt: Instant | null;
  /** The earliest planned delivery of a class that does not wait for a slot. */
  readonly urgentAt: Instant | null;
  /** Messages under way, or in trouble and with no next step yet; not those that wait for a person. */
  readonly inFlight: number;
  readonly nextTryAt: Instant | null;
};

const openTasks = (db: Db) =>
  db.selectFrom('task').where('needs_repair', 'is', null).where((e) => e.or([e('state', 'is', null), e('state', 'not in', [...CLOSED_STATES])]));

export const readAgenda = async (db: Db): Promise<Agenda> => {
  const tasks = await openTasks(db).select(['seq', 'next_wake_at']).orderBy('next_wake_at').execute();
  const planned = await db.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice').where('delivery.state', '=', 'planned')
    .select([sql<Instant | null>`min(delivery.send_at)`.as('first'), sql<Instant | null>`min(delivery.send_at) filter (where notice.class in ('act', 'urgent', 'code'))`.as('urgent')])
    .executeTakeFirst();
  const messages = await db.selectFrom('message').where('state', 'in', ['frozen', 'body_started', 'ambiguous'])
    .select([sql<number>`count(*) filter (where next_try_at is null and failed_over_at is null and coalesce(awaits, '') not in ('person', 'channel'))`.as('flying'), sql<Instant | null>`min(next_try_at)`.as('next')])
    .executeTakeFirst();
  return {
    opening: tasks.filter((t) => t.seq === 0).length, wakes: tasks.flatMap((t) => (t.next_wake_at === null ? [] : [t.next_wake_at])),
    plannedAt: planned?.first ?? null, urgentAt: planned?.urgent ?? null, inFlight: Number(messages?.flying ?? 0), nextTryAt: messages?.next ?? null,
  };
};

/** Workflows that carry a clock of their own: ids of open tasks, and keys of messages that the post does not try itself. */
export const readClockBearers = async (db: Db): Promise<{ readonly tasks: readonly string[]; readonly messages: readonly string[] }> => {
  const tasks = await db.selectFrom('task').select('id').where((e) => e.or([e('state', 'is', null), e('state', 'not in', [...CLOSED_STATES])])).orderBy('id').execute();
  const messages = await db.selectFrom('message').select('key')
    .where('in_trouble', '=', true).where('settled_at', 'is', null).where(sql<boolean>`awaits is distinct from 'post'`).orderBy('key').execute();
  return { tasks: tasks.map((t) => t.id), messages: messages.map((m) => m.key) };
};

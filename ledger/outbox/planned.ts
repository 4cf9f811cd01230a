import { type Kysely, sql } from 'kysely';
import type { Channel, MessageClass, Notice } from '../../domain/notice';
import type { TaskProjection } from '../../domain/task';
import type { Instant } from '../../domain/time';
import { anyOf } from '../rows';
import type { Schema } from '../schema';
import { FALLBACK } from './fail-over';
import { NOTICE_COLUMNS, noticeOf } from './notice-row';

type Db = Kysely<Schema>;

/** One notice on one channel that is planned and due. `plan` is the code. */
export type PlannedDelivery = { readonly notice: Notice; readonly channel: Channel; readonly plan: string | null; /** The first way failed. */ readonly isFallback: boolean };

/** Everything that is planned and due, by notice and channel. */
export const readPlanned = async (db: Db, now: Instant): Promise<readonly PlannedDelivery[]> => {
  const rows = await db.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice')
    .select([...NOTICE_COLUMNS, 'delivery.channel', 'delivery.send_at', 'delivery.reason as why'])
    .where('delivery.state', '=', 'planned').where(sql<boolean>`delivery.send_at <= ${new Date(now)}`)
    .orderBy('notice.key').orderBy('delivery.channel').execute();
  return rows.map((r) => ({ notice: noticeOf(r), channel: r.channel, plan: r.plan, isFallback: r.why === FALLBACK }));
};

/** The task as the board shows it, by id; no entry before its first event. */
export const readProjections = async (db: Db, tasks: readonly string[]): Promise<ReadonlyMap<string, TaskProjection>> => {
  const rows = await db.selectFrom('task').select(['id', 'projection']).where('id', '=', anyOf(tasks)).execute();
  return new Map(rows.flatMap((r) => (r.projection === null ? [] : [[r.id, r.projection] as const])));
};

/** A `plan start`: how many of its tasks have no first event yet. */
export type StartProgress = { readonly startedAt: Instant; readonly missing: number };

export const readStarts = async (db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, StartProgress>> => {
  const { rows } = await sql<{ id: string; started_at: Instant; missing: number }>`
    select s.id, s.started_at, (select count(*) from unnest(s.tasks) as wanted(id) left join task on task.id = wanted.id where coalesce(task.seq, 0) = 0) as missing
    from start s where s.id = any(${[...new Set(ids)]}::text[])`.execute(db);
  return new Map(rows.map((r) => [r.id, { startedAt: r.started_at, missing: Number(r.missing) }]));
};

/** Codes of plans that were taken back. */
export const readWithdrawn = async (db: Db): Promise<ReadonlySet<string>> =>
  new Set((await db.selectFrom('plan').select('code').where('withdrawn_at', 'is not', null).execute()).map((r) => r.code));

export type MessageIdentity = { readonly channel: Channel; readonly address: string; readonly class: MessageClass; readonly group: string };
export const identityKey = (m: MessageIdentity): string => JSON.stringify([m.channel, m.address, m.class, m.group]);

/** What these groups (and their continuations `group/2`, `group/3`) have as messages that are neither superseded nor failed, as {@link identityKey}s. */
export const readTaken = async (db: Db, groups: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await db.selectFrom('message').select(['channel', 'address', 'class', 'grp'])
    .where('state', 'not in', ['superseded', 'failed']).where(sql`regexp_replace(grp, '/[0-9]+$', '')`, '=', anyOf(groups)).execute();
  return new Set(rows.map((r) => identityKey({ ...r, group: r.grp })));
};

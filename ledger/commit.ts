import { type InsertObject, type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Notice } from '../domain/notice';
import type { TaskEvent, TaskProjection } from '../domain/task';
import type { Instant } from '../domain/time';
import { canonicalJson } from './canonical';
import type { Schema } from './schema';

type Tx = Transaction<Schema>;

/** A batch of one task's events with what follows from them; the events' numbers are consecutive. */
export type Batch = {
  readonly task: string;
  readonly events: readonly TaskEvent[];
  readonly notices: readonly Notice[];
  /** The state after the last event of the batch. */
  readonly projection: TaskProjection;
  readonly now: Instant;
};
/**
 * `written`: in the ledger by this call. `same`: it was there with the same content. `behind`: the ledger ends at `head` and lacks events before
 * this batch. `ahead`: it holds more, or other content under the same numbers.
 */
export type BatchResult = { readonly outcome: 'written' | 'same' | 'behind'; readonly head: number } | { readonly outcome: 'ahead' };

/** No row for this task: `insertTask` comes first. */
export class TaskUnknown extends Error {
  override readonly name = 'TaskUnknown';
  constructor(readonly task: string) {
    super(`no task ${task} in the ledger`);
  }
}

/** True when somebody should hear of it before the next slot. */
export const isUrgent = (notices: readonly Notice[]): boolean => notices.some((n) => n.class !== 'digest');

const eventRow = (task: string, event: TaskEvent, now: Instant): InsertObject<Schema, 'event'> => {
  const base = { task, seq: event.seq, type: event.type, decided_at: new Date(event.at), recorded_at: new Date(now), schema: event.schema, body: JSON.stringify(event) };
  if (event.type !== 'acted') return { ...base, via: 'system', effective_at: new Date(event.at) };
  const { by, via, person, operator, onBehalfOf } = event.actor;
  return {
    ...base, act: event.act, via, position: by, person: person ?? null, operator: operator ?? null, on_behalf_of: onBehalfOf ?? null,
    effective_at: new Date(event.effectiveAt),
  };
};

/** Every row names all columns, so that one statement takes them all. */
const withActor = (row: InsertObject<Schema, 'event'>): InsertObject<Schema, 'event'> => ({
  act: null, position: null, person: null, operator: null, on_behalf_of: null, ...row,
});

const noticeRow = (n: Notice, plan: string): InsertObject<Schema, 'notice'> => ({
  key: n.key, about_type: n.about.type, about_id: n.about.id, task: n.task, plan, kind: n.kind, rung: n.rung ?? null, milestone: n.milestone ?? null,
  passed: n.passed === undefined ? null : [...n.passed], to_position: n.to, channels: [...n.channels], class: n.class, grp: n.group, reason: n.reason,
  decided_at: new Date(n.decidedAt), send_at: new Date(n.sendAt), facts: JSON.stringify(n.facts),
});

/** The notices that were not planned before, each with one delivery per channel. */
const planningOf = (tx: Tx, notices: readonly Notice[], plan: string): RawBuilder<unknown>[] => [
  sql`planned as (${tx.insertInto('notice').values(notices.map((n) => noticeRow(n, plan))).onConflict((c) => c.column('key').doNothing())
    .returning(['key', 'channels', 'send_at'])})`,
  sql`delivered as (insert into delivery (notice, channel, send_at) select key, unnest(channels), send_at from planned)`,
];

/** The update of a task's row by its projection. */
export const projectionColumns = (tx: Kysely<Schema>, head: number, p: TaskProjection) =>
  tx.updateTable('task').set({
    seq: head, projection: JSON.stringify(p), state: p.state, lead: p.lead, supervisor: p.supervisor, due_on: p.dueOn, next_rung: p.nextRung,
    next_rung_on: p.nextRungOn, next_wake_at: p.nextWakeAt === null ? null : new Date(p.nextWakeAt),
  }).where('id', '=', p.task);

/** One statement for everything: a round trip less for each table, and the tables cannot disagree. */
const write = async (tx: Tx, batch: Batch, fresh: readonly TaskEvent[], head: number, plan: string): Promise<void> => {
  const parts = [
    ...(fresh.length === 0 ? [] : [sql`appended as (${tx.insertInto('event').values(fresh.map((e) => withActor(eventRow(batch.task, e, batch.now))))})`]),
    ...(batch.notices.length === 0 ? [] : planningOf(tx, batch.notices, plan)),
  ];
  const update = projectionColumns(tx, head, batch.projection);
  await (parts.length === 0 ? update.execute() : sql`with ${sql.join(parts)} ${update}`.execute(tx));
};

const holdsSame = async (tx: Tx, task: string, events: readonly TaskEvent[]): Promise<boolean> => {
  const [first, last] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0];
  const rows = await tx.selectFrom('event').select('body').where('task', '=', task).where('seq', '>=', first).where('seq', '<=', last).orderBy('seq').execute();
  return canonicalJson(rows.map((r) => r.body)) === canonicalJson(events);
};

const apply = async (tx: Tx, batch: Batch): Promise<BatchResult> => {
  const row = await tx.selectFrom('task').select(['seq', 'plan']).where('id', '=', batch.task).forUpdate().executeTakeFirst();
  if (!row) throw new TaskUnknown(batch.task);
  const last = batch.events.at(-1)?.seq ?? batch.projection.seq;
  const first = batch.events[0]?.seq ?? last + 1;
  if (row.seq < first - 1) return { outcome: 'behind', head: row.seq };
  if (row.seq > last) return { outcome: 'ahead' };
  const known = batch.events.filter((e) => e.seq <= row.seq);
  if (known.length > 0 && !(await holdsSame(tx, batch.task, known))) return { outcome: 'ahead' };
  if (known.length > 0 && row.seq === last) return { outcome: 'same', head: last };
  await write(tx, batch, batch.events.slice(known.length), last, row.plan);
  return { outcome: 'written', head: last };
};

/**
 * Appends a batch, plans its notices and replaces the task's projection, in one transaction: all of it or nothing. Idempotent on
 * (task, number) with the content compared; a batch whose beginning is there already is completed. A notice key that was planned before is
 * not planned again. `recorded_at` is the batch's `now`. `urgent` whatever the outcome: a retry may stand for a call whose answer was lost.
 * @throws TaskUnknown without a row for the task.
 */
export const commitBatch = async (db: Kysely<Schema>, batch: Batch): Promise<BatchResult & { readonly urgent: boolean }> => {
  const result = await db.transaction().execute((tx) => apply(tx, batch));
  return { ...result, urgent: isUrgent(batch.notices) };
};

import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Notice } from '../domain/notice';
import type { TaskEvent, TaskProjection } from '../domain/task';
import type { Instant } from '../domain/time';
import { canonicalJson } from '../domain/canonical';
import { noticeRow } from './outbox/notice-row';
import { asTime, insertBeside, type RowOf } from './rows';
import type { Schema } from './schema';

type Tx = Transaction<Schema>;

/** Marks that the next commit that succeeds takes away: a ledger that lacks more than the workflow can write again, and a batch that no table takes. */
export const LEDGER_BEHIND = 'ledger-behind';
export const UNWRITABLE = 'unwritable';
/** Reasons of deliveries that are held. */
export const HELD_START = 'start-held';
export const HELD_RESTORED = 'ledger-restored';

/** A batch of one task's events with what follows from them; the events' numbers are consecutive. */
export type Batch = {
  readonly task: string;
  readonly events: readonly TaskEvent[];
  readonly notices: readonly Notice[];
  /** The state after the last event of the batch. */
  readonly projection: TaskProjection;
  readonly now: Instant;
  /** Written before, to a ledger that has lost it: notices that were due by now may have been sent, and wait for a person. */
  readonly isRestored?: boolean;
};
/**
 * `written`: in the ledger by this call. `same`: it was there with the same content. `behind`: the ledger ends at `head` and lacks events before
 * this batch. `ahead`: it holds more, or other content under the same numbers.
 */
export type BatchResult =
  | { readonly outcome: 'written' | 'same' | 'behind'; readonly head: number }
  | { readonly outcome: 'ahead' }
  /** Nothing was written: these events, by their numbers, were barred, or their nonce is on record already. */
  | { readonly outcome: 'unsealed'; readonly acts: readonly number[] };

/** No row for this task: `insertTask` comes first. */
export class TaskUnknown extends Error {
  override readonly name = 'TaskUnknown';
  constructor(readonly task: string) {
    super(`no task ${task} in the ledger`);
  }
}

/** True when somebody should hear of it before the next slot. */
export const isUrgent = (notices: readonly Notice[]): boolean => notices.some((n) => n.class !== 'digest');

const eventRow = (task: string, event: TaskEvent, now: Instant): Required<RowOf<'event'>> => {
  const acted = event.type === 'acted' ? event : undefined;
  return {
    task, seq: event.seq, type: event.type, act: acted?.act, position: acted?.actor.by, person: acted?.actor.person, operator: acted?.actor.operator,
    via: acted?.actor.via ?? 'system', on_behalf_of: acted?.actor.onBehalfOf, effective_at: asTime(acted?.effectiveAt ?? event.at), decided_at: asTime(event.at),
    recorded_at: asTime(now), schema: event.schema, hash_before: null, body: event,
  };
};

/** The columns of a task's row that follow from its projection. */
export const projectionColumns = (seq: number, p: TaskProjection) => ({
  seq, projection: JSON.stringify(p), state: p.state, lead: p.lead, supervisor: p.supervisor, due_on: p.dueOn, next_rung: p.nextRung,
  next_rung_on: p.nextRungOn, next_wake_at: p.nextWakeAt === null ? null : new Date(p.nextWakeAt),
});

const appended = (batch: Batch, fresh: readonly TaskEvent[]): RawBuilder<unknown>[] => {
  const rows = fresh.map((e) => eventRow(batch.task, e, batch.now));
  return rows.length === 0 ? [] : [sql`appended as (${insertBeside('head', 'event', rows)})`];
};

type Press = { readonly seq: number; readonly nonce: string };
const pressesOf = (events: readonly TaskEvent[]): Press[] =>
  events.flatMap((e) => (e.type === 'acted' && e.actor.nonce !== undefined ? [{ seq: e.seq, nonce: e.actor.nonce }] : []));
/** Acts whose nonce stands before them in the same batch, by their numbers. */
const repeatedIn = (events: readonly TaskEvent[]): number[] => {
  const seen = new Set<string>();
  return pressesOf(events).filter(({ nonce }) => seen.size === seen.add(nonce).size).map(({ seq }) => seq);
};
/** Acts of this task that a nonce of `presses` became. */
const takenNonces = (task: string, presses: readonly Press[]): RawBuilder<{ readonly nonce: string }> => sql`
  select body->'actor'->>'nonce' as nonce from event
  where task = ${task} and act is not null and body->'actor'->>'nonce' = any(${presses.map((p) => p.nonce)}::text[])`;

/** What waits for a person: everything of a start that is held, and what a lost ledger may have sent. */
const heldReason = (batch: Batch): RawBuilder<string | null> => sql`case
  when ${batch.isRestored === true} and send_at <= ${new Date(batch.now)} then ${HELD_RESTORED}
  when exists (select 1 from start s where s.held_at is not null and s.released_at is null and ${batch.task} = any(s.tasks)) then ${HELD_START} end`;

/** The notices that were not planned before, each with one delivery per channel. */
const planned = (batch: Batch): RawBuilder<unknown>[] => {
  const rows = batch.notices.map((n) => noticeRow(n, batch.projection.plan));
  return rows.length === 0 ? [] : [sql`planned as (
    ${insertBeside('head', 'notice', rows)} on conflict (key) do nothing returning key, channels, send_at), delivered as (
    insert into delivery (notice, channel, send_at, state, reason)
    select key, unnest(channels), send_at, case when why is null then 'planned' else 'held' end, why
    from (select key, channels, send_at, ${heldReason(batch)} as why from planned) p)`];
};

/**
 * Everything in one statement, on condition that the task stands at `head`: one round trip, and the tables cannot disagree. Of two at once the second
 * waits for the row and then no longer finds it at `head`. False where it does not stand there, or where a nonce was taken before; then nothing is written.
 */
const write = async (db: Kysely<Schema>, batch: Batch, fresh: readonly TaskEvent[], head: number): Promise<boolean> => {
  const last = fresh.at(-1)?.seq ?? head;
  const presses = pressesOf(fresh);
  const moved = db.updateTable('task')
    .set({
      ...projectionColumns(last, batch.projection), needs_repair: sql<string | null>`nullif(nullif(needs_repair, ${LEDGER_BEHIND}), ${UNWRITABLE})`,
    })
    .where('id', '=', batch.task).where('seq', '=', head)
    .$if(presses.length > 0, (q) => q.where(sql<boolean>`not exists (${takenNonces(batch.task, presses)})`))
    .returning('id');
  const parts = [sql`head as (${moved})`, ...appended(batch, fresh), ...planned(batch)];
  const { rows } = await sql<{ id: string }>`with ${sql.join(parts)} select id from head`.execute(db);
  return rows.length === 1;
};

const holdsSame = async (tx: Tx, task: string, events: readonly TaskEvent[]): Promise<boolean> => {
  if (events.length === 0) return true;
  const [first, last] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0];
  const rows = await tx.selectFrom('event').select('body').where('task', '=', task).where('seq', '>=', first).where('seq', '<=', last).orderBy('seq').execute();
  return canonicalJson(rows.map((r) => r.body)) === canonicalJson(events);
};

const lastOf = (batch: Batch): number => batch.events.at(-1)?.seq ?? batch.projection.seq;
/** The number the task stands at before the batch. */
const headOf = (batch: Batch): number => (batch.events[0]?.seq ?? lastOf(batch) + 1) - 1;

/** Of events that are not on record: those that are barred, and those whose nonce is on record. */
const refusedOf = async (tx: Tx, task: string, fresh: readonly TaskEvent[], barred: ReadonlySet<number>): Promise<number[]> => {
  const presses = pressesOf(fresh).filter(({ seq }) => !barred.has(seq));
  const taken = presses.length === 0 ? [] : (await takenNonces(task, presses).execute(tx)).rows.map((r) => r.nonce);
  return [...fresh.filter(({ seq }) => barred.has(seq)), ...presses.filter(({ nonce }) => taken.includes(nonce))].map(({ seq }) => seq);
};

/** With the task's row locked: what the ledger and the batch have in common, and what follows. */
const reconcile = async (tx: Tx, batch: Batch, barred: ReadonlySet<number>): Promise<BatchResult> => {
  const row = await tx.selectFrom('task').select('seq').where('id', '=', batch.task).forUpdate().executeTakeFirst();
  if (!row) throw new TaskUnknown(batch.task);
  const last = lastOf(batch);
  if (row.seq < headOf(batch)) return { outcome: 'behind', head: row.seq };
  if (row.seq > last) return { outcome: 'ahead' };
  const known = batch.events.filter((e) => e.seq <= row.seq);
  if (!(await holdsSame(tx, batch.task, known))) return { outcome: 'ahead' };
  if (known.length > 0 && row.seq === last) return { outcome: 'same', head: last };
  const fresh = batch.events.slice(known.length);
  const acts = await refusedOf(tx, batch.task, fresh, barred);
  if (acts.length > 0) return { outcome: 'unsealed', acts };
  await write(tx, batch, fresh, row.seq);
  return { outcome: 'written', head: last };
};

/**
 * Appends a batch, plans its notices and replaces the task's projection, in one transaction: all of it or nothing. Idempotent on
 * (task, number) with the content compared; a batch whose beginning is there already is completed. A notice key that was planned before is
 * not planned again. `recorded_at` is the batch's `now`. `urgent` whatever the outcome: a retry may stand for a call whose answer was lost.
 * `barred`: numbers of events that may stand on record already, and are never written now. Each nonce is taken once for a task.
 * @throws TaskUnknown without a row for the task.
 */
export const commitBatch = async (
  db: Kysely<Schema>, batch: Batch, barred: readonly number[] = [],
): Promise<BatchResult & { readonly urgent: boolean }> => {
  const urgent = isUrgent(batch.notices);
  const refused = new Set([...barred, ...repeatedIn(batch.events)]);
  if (refused.size === 0 && (await write(db, batch, batch.events, headOf(batch)))) return { outcome: 'written', head: lastOf(batch), urgent };
  return { ...(await db.transaction().execute((tx) => reconcile(tx, batch, refused))), urgent };
};

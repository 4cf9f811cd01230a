import { type Kysely, sql } from 'kysely';
import type { Position } from '../domain/plan';
import { referencesOf } from '../domain/references';
import type { TaskEvent } from '../domain/task';
import type { Instant } from '../domain/time';
import { asTime, insertAll, type RowOf } from './rows';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** A text or a file that an act refers to and the ledger no longer has. Whoever acted has it perhaps still. */
export type Lost = {
  readonly id: string; readonly kind: 'text' | 'file'; readonly task: string; readonly seq: number;
  readonly act: string; readonly field: string; readonly position: Position; readonly happenedAt: Instant;
};

const rowsOf = (task: string, event: TaskEvent): RowOf<'lost'>[] => {
  if (event.type !== 'acted') return [];
  const of = { task, seq: event.seq, act: event.act, position: event.actor.by, happened_at: asTime(event.at) };
  return referencesOf(event).map(({ id, kind, field }) => ({ ...of, id, kind, field }));
};

/** Notes what written-again events refer to; what the ledger has is never listed. Harmless when called again. */
export const noteReferences = async (db: Db, task: string, events: readonly TaskEvent[]): Promise<void> => {
  const rows = events.flatMap((event) => rowsOf(task, event));
  if (rows.length > 0) await insertAll(db, 'lost', rows).onConflict((c) => c.column('id').doNothing()).execute();
};

const isMissing = sql`noted_at is null and not exists (select 1 from text t where t.id = lost.id)
  and not exists (select 1 from task_file f where f.id = lost.id)`;

/** What nobody has noted yet, and is still missing, by task and event. */
export const readLostContents = async (db: Db): Promise<readonly Lost[]> => {
  const { rows } = await sql<Lost>`
    select id, kind, task, seq, act, field, position, happened_at as "happenedAt" from lost where ${isMissing}
    order by task, seq, field`.execute(db);
  return rows;
};

/** A person has seen the list. Answers with how many were on it. */
export const noteLostContents = async (db: Db, now: Instant): Promise<number> => {
  const { rows } = await sql`update lost set noted_at = ${new Date(now)} where ${isMissing} returning id`.execute(db);
  return rows.length;
};

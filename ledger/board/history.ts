import { papersOf } from '../../domain/documents';
import type { DocumentRef } from '../../domain/plan';
import type { TaskEvent } from '../../domain/task';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../connect';
import { eventTexts } from '../event-texts';
import { fileNames } from '../files';
import { anyOf } from '../rows';
import { readTexts } from '../texts';

/** One event of a task, its free texts looked up. `text` is null where a text was erased. */
export type HistoryRow = {
  readonly seq: number;
  readonly type: TaskEvent['type'];
  readonly act: string | null;
  readonly position: string | null;
  readonly person: string | null;
  readonly personName: string | null;
  readonly operator: string | null;
  readonly via: string;
  readonly onBehalfOf: string | null;
  readonly effectiveAt: Instant;
  readonly decidedAt: Instant;
  readonly recordedAt: Instant;
  readonly event: TaskEvent;
  /** The paper whose number and date were entered afterwards. */
  readonly paper: DocumentRef | null;
  readonly texts: Readonly<Record<string, string | null>>;
  /** Name of the file that the act gives; null without one, and where it is no longer kept. */
  readonly fileName: string | null;
};

const fileOf = (event: TaskEvent): string | undefined => (event.type === 'acted' && event.act === 'open-consultation' ? event.fields.file?.id : undefined);

/** Everything that happened to a task, in order: who did what, by which way, and what they wrote. */
export const taskHistory = async (db: Ledger, task: string): Promise<readonly HistoryRow[]> => {
  const rows = await db.selectFrom('event').selectAll().where('task', '=', task).orderBy('seq').execute();
  const [texts, people, files] = await Promise.all([
    readTexts(db, rows.flatMap((r) => eventTexts(r.body).map(([, ref]) => ref.id))), namesOf(db, rows.flatMap((r) => r.person ?? [])),
    fileNames(db, rows.flatMap((r) => fileOf(r.body) ?? [])),
  ]);
  const papers = papersOf(rows.map((r) => r.body));
  return rows.map((r) => ({
    seq: r.seq, type: r.body.type, act: r.act, position: r.position, person: r.person, personName: r.person === null ? null : people.get(r.person) ?? null, operator: r.operator,
    via: r.via, onBehalfOf: r.on_behalf_of, effectiveAt: r.effective_at, decidedAt: r.decided_at, recordedAt: r.recorded_at, event: r.body,
    paper: papers.get(r.seq) ?? null,
    texts: Object.fromEntries(eventTexts(r.body).map(([name, ref]) => [name, texts.get(ref.id) ?? null])), fileName: files.get(fileOf(r.body) ?? '') ?? null,
  }));
};

const namesOf = async (db: Ledger, people: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (people.length === 0) return new Map();
  const rows = await db.selectFrom('seat').select(['person', 'name']).where('person', '=', anyOf(people)).orderBy('from_on').execute();
  return new Map(rows.map((r) => [r.person, r.name]));
};

/** Number of the last event that the ledger shows; 0 for a task without any. */
export const lastSeq = async (db: Ledger, task: string): Promise<number> =>
  (await db.selectFrom('task').select('seq').where('id', '=', task).executeTakeFirst())?.seq ?? 0;

/** The last official act of a task: what a page says to whoever came second. */
export const lastAct = async (db: Ledger, task: string): Promise<{ readonly act: string; readonly by: string; readonly at: Instant } | undefined> => {
  const row = await db.selectFrom('event').select(['act', 'position', 'decided_at']).where('task', '=', task).where('act', 'is not', null).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row && { act: row.act ?? '', by: row.position ?? '', at: row.decided_at };
};

/** Notices of a task with what became of them on each channel, newest first. */
export const taskNotices = (db: Ledger, task: string) =>
  db
    .selectFrom('notice')
    .innerJoin('delivery', 'delivery.notice', 'notice.key')
    .select(
      [
        'notice.key', 'notice.kind', 'notice.rung', 'notice.milestone', 'notice.to_position', 'notice.decided_at', 'delivery.channel', 'delivery.state',
        'delivery.message', 'delivery.reason', 'delivery.send_at',
      ]
    )
    .where('notice.task', '=', task)
    .orderBy('notice.decided_at', 'desc')
    .orderBy('notice.key')
    .orderBy('delivery.channel')
    .execute();

import type { TaskSpec, UnitId } from '../../domain/plan';
import type { TaskProjection, TaskSeed, TaskStateName } from '../../domain/task';
import type { CivilDate, Instant } from '../../domain/time';
import type { Ledger } from '../connect';
import { readAmendedTitles } from '../outbox/titles';
import { anyOf } from '../rows';
import { specsOf, unitNames } from './plans';

/** One line of the board. A task whose workflow has not written anything yet has the state null. */
export type TaskRow = {
  readonly id: string;
  readonly plan: string;
  readonly no: string;
  /** As amended. */
  readonly title: string;
  readonly lead: UnitId;
  readonly leadName: string;
  readonly supervisor: UnitId;
  readonly supervisorName: string;
  readonly coordinating: readonly UnitId[];
  readonly coordinatingNames: readonly string[];
  readonly state: TaskStateName | null;
  readonly dueOn: CivilDate | null;
  readonly dueOriginalOn: CivilDate | null;
  readonly needsRepair: string | null;
  /** Only the code and the dates may be shown, in every output. */
  readonly isConfidential: boolean;
  readonly projection: TaskProjection | null;
  /** The row as it was printed; undefined when the plan's text no longer holds it. */
  readonly spec: TaskSpec | undefined;
};
export type TaskFilter = { readonly ids?: readonly string[]; readonly plan?: string; readonly lead?: string; readonly state?: TaskStateName; readonly dueBefore?: CivilDate };

const select = (db: Ledger, filter: TaskFilter) =>
  db
    .selectFrom('task')
    .select(['id', 'plan', 'seed', 'projection', 'needs_repair'])
    .$if(filter.ids !== undefined, (q) => q.where('id', '=', anyOf(filter.ids ?? [])))
    .$if(filter.plan !== undefined, (q) => q.where('plan', '=', filter.plan ?? ''))
    .$if(filter.lead !== undefined, (q) => q.where('lead', '=', filter.lead ?? ''))
    .$if(filter.state !== undefined, (q) => q.where('state', '=', filter.state ?? ''))
    .$if(filter.dueBefore !== undefined, (q) => q.where('due_on', '<', filter.dueBefore ?? ''))
    .orderBy('id')
    .execute();

type Row = { readonly id: string; readonly plan: string; readonly seed: TaskSeed; readonly projection: TaskProjection | null; readonly needs_repair: string | null };
type Lookup = { readonly specs: ReadonlyMap<string, TaskSpec>; readonly names: ReadonlyMap<string, string>; readonly titles: ReadonlyMap<string, string> };

const toRow = (row: Row, { specs, names, titles }: Lookup): TaskRow => {
  const { projection: p, seed } = row;
  const spec = specs.get(row.id);
  const lead = p?.lead ?? seed.spec.lead;
  const supervisor = p?.supervisor ?? seed.supervisor;
  const coordinating = p?.coordinating ?? seed.spec.coordinating;
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    id: row.id, plan: row.plan, no: spec?.no ?? '', title: titles.get(row.id) ?? spec?.displayTitle ?? seed.spec.title, lead, leadName: nameOf(lead), supervisor,
    supervisorName: nameOf(supervisor), coordinating, coordinatingNames: coordinating.map(nameOf), state: p?.state ?? null, dueOn: p ? p.dueOn : seed.spec.dueOn,
    dueOriginalOn: p ? p.dueOriginalOn : seed.spec.dueOn, needsRepair: row.needs_repair, isConfidential: spec?.confidential === true, projection: p, spec,
  };
};

/** Tasks by id. A confidential one answers no question about its lead or state. */
export const listTasks = async (db: Ledger, filter: TaskFilter = {}): Promise<readonly TaskRow[]> => {
  if (filter.ids?.length === 0) return [];
  const rows = await select(db, filter);
  const [specs, names, titles] = await Promise.all([specsOf(db, rows), unitNames(db), readAmendedTitles(db, rows.map((r) => r.id))]);
  const tasks = rows.map((row) => toRow(row, { specs, names, titles }));
  return filter.lead === undefined && filter.state === undefined ? tasks : tasks.filter((t) => !t.isConfidential);
};

export const findTask = async (db: Ledger, id: string): Promise<TaskRow | undefined> => (await listTasks(db, { ids: [id] }))[0];

/** Open tasks with what starts their workflow again, for `repair` and `plan withdraw`. */
export const openSeeds = async (db: Ledger, plan?: string): Promise<readonly { readonly seed: TaskSeed; readonly openedAt: Instant }[]> => {
  const rows = await db
    .selectFrom('task')
    .select(['seed', 'opened_at'])
    .where((e) => e.or([e('state', 'is', null), e('state', 'not in', ['completed', 'discontinued', 'merged', 'carried_over'])]))
    .$if(plan !== undefined, (q) => q.where('plan', '=', plan ?? ''))
    .orderBy('id')
    .execute();
  return rows.map((r) => ({ seed: r.seed, openedAt: r.opened_at }));
};

import type { TaskSpec, UnitId } from '../../domain/plan';
import type { TaskProjection, TaskSeed, TaskStateName } from '../../domain/task';
import type { CivilDate, Instant } from '../../domain/time';
import type { Ledger } from '../connect';
import { readAmendedTitles } from '../outbox/titles';
import { anyOf } from '../rows';
import { readSeeds } from '../tasks';
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
    .select(['id', 'plan', 'projection', 'needs_repair'])
    .$if(filter.ids !== undefined, (q) => q.where('id', '=', anyOf(filter.ids ?? [])))
    .$if(filter.plan !== undefined, (q) => q.where('plan', '=', filter.plan ?? ''))
    .$if(filter.lead !== undefined, (q) => q.where('lead', '=', filter.lead ?? ''))
    .$if(filter.state !== undefined, (q) => q.where('state', '=', filter.state ?? ''))
    .$if(filter.dueBefore !== undefined, (q) => q.where('due_on', '<', filter.dueBefore ?? ''))
    .orderBy('id')
    .execute();

type Row = {
  readonly id: string; readonly plan: string; readonly projection: TaskProjection | null; readonly needs_repair: string | null;
};
type Lookup = {
  readonly specs: ReadonlyMap<string, TaskSpec>; readonly names: ReadonlyMap<string, string>; readonly titles: ReadonlyMap<string, string>;
  readonly seeds: ReadonlyMap<string, TaskSeed>;
};

type Shown = Pick<TaskProjection, 'lead' | 'supervisor' | 'coordinating' | 'dueOn' | 'dueOriginalOn'> & {
  readonly state: TaskStateName | null;
};
/** What stands in the place of a projection before the first event. */
const atFirst = ({ spec, supervisor }: TaskSeed): Shown => ({
  lead: spec.lead, supervisor, coordinating: spec.coordinating, dueOn: spec.dueOn, dueOriginalOn: spec.dueOn, state: null,
});

const toRow = (row: Row, { specs, names, titles, seeds }: Lookup): TaskRow[] => {
  const [spec, seed] = [specs.get(row.id), seeds.get(row.id)];
  const shown = row.projection ?? (seed && atFirst(seed));
  if (shown === undefined) return [];
  const { lead, supervisor, coordinating, state, dueOn, dueOriginalOn } = shown;
  const nameOf = (id: string): string => names.get(id) ?? id;
  const title = titles.get(row.id) ?? spec?.displayTitle ?? seed?.spec.title ?? '';
  return [{
    id: row.id, plan: row.plan, no: spec?.no ?? '', title, lead, leadName: nameOf(lead), supervisor,
    supervisorName: nameOf(supervisor), coordinating, coordinatingNames: coordinating.map(nameOf), state, dueOn,
    dueOriginalOn, needsRepair: row.needs_repair, isConfidential: spec?.confidential === true, projection: row.projection, spec,
  }];
};

/** Tasks by id. A confidential one answers no question about its lead or state. */
export const listTasks = async (db: Ledger, filter: TaskFilter = {}): Promise<readonly TaskRow[]> => {
  if (filter.ids?.length === 0) return [];
  const rows = await select(db, filter);
  const [specs, names, titles] = await Promise.all([specsOf(db, rows), unitNames(db), readAmendedTitles(db, rows.map((r) => r.id))]);
  // A seed is some kilobytes: it is read only of tasks that nothing else says everything of.
  const bare = rows.filter((r) => r.projection === null || !specs.has(r.id)).map((r) => r.id);
  const seeds: Lookup['seeds'] = bare.length === 0 ? new Map() : await readSeeds(db, bare);
  const tasks = rows.flatMap((row) => toRow(row, { specs, names, titles, seeds }));
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

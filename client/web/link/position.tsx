import type { WorkingCalendar } from '../../../domain/calendar';
import { roleOf, type UnitId } from '../../../domain/plan';
import { isClosed, type TaskState } from '../../../domain/task';
import { dateAt } from '../../../domain/time';
import {
  countClosedOf, lackingTasksOf, openTasksOf, readUndelivered, type TaskRow, unitNames,
} from '../../../ledger/board';
import { listLooseReplies } from '../../../ledger/replies';
import { peopleOf, readDirectoryHeader } from '../../../ledger/directory';
import { statesFromEvents } from '../../../ledger/rebuild';
import { calendarOf } from '../../services';
import { isOverdue, taskLine } from '../../task-line';
import type { Word } from '../../words';
import type { LinkDeps } from './deps';
import { feedSince } from './feed';
import { unitOfLink, unitSeen } from './open-link';
import { MOST_COUNTED } from './pages/closed';
import { PositionPage, type Section } from './pages/position';
import type { WaitingTask } from './pages/task-table';
import { pagePress } from './position-routes';
import { firstAhead } from './ahead';
import { todoOf } from './todo';
import type { Visit } from './visit';

type Lists = { readonly calendar: WorkingCalendar; readonly names: ReadonlyMap<string, string> };
type Watched = WaitingTask & { readonly row: TaskRow; readonly state: TaskState | undefined };

/** What a supervisor, the host unit or the authority's office looks at first, each by its own reason. A task may stand under several. */
const SECTIONS: readonly (readonly [title: Word, holds: (t: Watched) => boolean])[] = [
  [['Quá hạn', 'Overdue'], ({ line }) => isOverdue(line)],
  [['Sắp đến hạn, đến hạn hôm nay', 'Due soon, due today'], ({ line }) => line.timeliness === 'due-soon' || line.timeliness === 'due-today'],
  [['Chờ xác nhận hoàn thành', 'Waiting for confirmation'], ({ row }) => row.state === 'submitted'],
  [['Đề nghị điều chỉnh phân công', 'Rejected assignments'], ({ row }) => row.projection?.isRejected === true],
  [['Văn bản đôn đốc chờ duyệt', 'Letters'], ({ row }) => (row.projection?.openLetters.length ?? 0) > 0],
  [['Đề nghị gia hạn', 'Extensions'], ({ state }) => state?.extension != null],
  [['Khó khăn, vướng mắc', 'Obstacles'], ({ state }) => state?.obstacles.some((o) => o.state !== 'decided') === true],
  [['Chưa ấn định thời hạn', 'Without a date'], ({ row, state }) => row.dueOn === null && state?.timing !== 'continuous' && row.state !== null],
];

const sectionsOf = (tasks: readonly Watched[]): readonly Section[] => {
  const shown = tasks.filter((t) => !t.row.isConfidential && t.state !== undefined);
  return SECTIONS.map(([title, holds]) => ({ title, tasks: shown.filter(holds) })).filter((s) => s.tasks.length > 0);
};

const watched = async (
  { ledger }: LinkDeps, { link }: Visit, rows: readonly TaskRow[], { calendar, names }: Lists,
): Promise<readonly Watched[]> => {
  const states = await statesFromEvents(ledger, rows.filter((r) => !r.isConfidential).map((r) => r.id));
  return rows.map((row) => {
    const state = states.get(row.id);
    const [todo, ahead] = state === undefined ? [[], undefined] : [todoOf(state, link.position, names), firstAhead(state, names)];
    return { row, state, line: taskLine(row, calendar, dateAt(link.at)), todo, ahead };
  });
};

/** Closed tasks that one view of a clerk's page takes up; when their papers are entered, the next ones come. */
const MOST_LACKING = 100;

/** What a position's page shows: open tasks, and for a clerk closed ones that still lack a paper. */
const tasksOf = async (
  deps: LinkDeps, visit: Visit, unit: UnitId | undefined, lists: Lists,
): Promise<readonly Watched[]> => {
  const { link } = visit;
  const isClerk = roleOf(link.position) === 'clerk';
  const [open, lacking] = await Promise.all([
    openTasksOf(deps.ledger, unit),
    isClerk ? lackingTasksOf(deps.ledger, unitOfLink(link), MOST_LACKING) : [],
  ]);
  const tasks = await watched(deps, visit, [...open, ...lacking], lists);
  return tasks.filter((t) => t.todo.length > 0 || t.row.state === null || !isClosed(t.row.state));
};

/** Everything that waits for a position, what asks something of it first; for who supervises, the whole by reasons. */
export const positionPage = async (deps: LinkDeps, visit: Visit): Promise<Response> => {
  const { ledger, acting } = deps;
  const { c, link, lang } = visit;
  const [calendar, names, header] = await Promise.all([calendarOf(ledger), unitNames(ledger), readDirectoryHeader(ledger)]);
  const unit = unitSeen(link, header);
  const isHost = header?.hostUnit === unitOfLink(link);
  const press = (act: string): string | undefined => (acting === undefined ? undefined : pagePress(acting, link.row.id, act));
  const [tasks, closed, feed, people] = await Promise.all([
    tasksOf(deps, visit, unit, { calendar, names }), countClosedOf(ledger, unit, MOST_COUNTED),
    feedSince(deps, link.position), peopleOf(ledger, link.position, dateAt(link.at)),
  ]);
  const isWatching = unit === undefined || tasks.some((t) => t.row.supervisor === unit);
  return c.html(
    <PositionPage
      link={link} lang={lang} calendar={calendar} names={names} tasks={tasks} closed={closed}
      sections={isWatching ? sectionsOf(tasks) : []}
      undelivered={isHost ? await readUndelivered(ledger, dateAt(link.at)) : undefined} replies={isHost ? (await listLooseReplies(ledger)).length : 0}
      feed={feed} people={people}
      sessionPress={isHost ? press('session') : undefined} feedPress={press('calendar')}
    />,
  );
};

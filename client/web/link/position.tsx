import type { WorkingCalendar } from '../../../domain/calendar';
import type { TaskState } from '../../../domain/task';
import { dateAt } from '../../../domain/time';
import { listTasks, readUndelivered, type TaskRow, unitNames } from '../../../ledger/board';
import { listLooseReplies } from '../../../ledger/replies';
import { peopleOf, readDirectoryHeader } from '../../../ledger/directory';
import { stateFromEvents } from '../../../ledger/rebuild';
import { calendarOf } from '../../services';
import { isOverdue, taskLine } from '../../task-line';
import type { Word } from '../../words';
import type { LinkDeps } from './deps';
import { feedSince } from './feed';
import { partOf, unitOfLink } from './open-link';
import { PositionPage, type Section, type WaitingTask } from './pages/position';
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

const watched = async (deps: LinkDeps, { link }: Visit, rows: readonly TaskRow[], { calendar, names }: Lists): Promise<readonly Watched[]> => {
  const all: Watched[] = [];
  for (const row of rows) {
    const state = await stateFromEvents(deps.ledger, row.id);
    const todo = state === undefined || row.isConfidential ? [] : todoOf(state, link.position, names);
    all.push({ row, state, line: taskLine(row, calendar, dateAt(link.at)), todo, ahead: state === undefined || row.isConfidential ? undefined : firstAhead(state, names) });
  }
  return all;
};

/** Everything that waits for a position, what asks something of it first; for who supervises, the whole by reasons. */
export const positionPage = async (deps: LinkDeps, visit: Visit): Promise<Response> => {
  const { ledger, acting } = deps;
  const { c, link, lang } = visit;
  const unit = unitOfLink(link);
  const [rows, calendar, names, header] = await Promise.all([listTasks(ledger), calendarOf(ledger), unitNames(ledger), readDirectoryHeader(ledger)]);
  const isHost = header?.hostUnit === unit;
  const isOffice = isHost || header?.authorityOffice === unit;
  const tasks = await watched(deps, visit, rows.filter((r) => partOf(unit, r, isOffice ? [unit] : [])), { calendar, names });
  const press = (act: string): string | undefined => (acting === undefined ? undefined : pagePress(acting, link.row.id, act));
  const [feed, people] = await Promise.all([feedSince(deps, link.position), peopleOf(ledger, link.position, dateAt(link.at))]);
  return c.html(
    <PositionPage
      link={link} lang={lang} calendar={calendar} names={names} tasks={tasks}
      sections={isOffice || rows.some((r) => r.supervisor === unit) ? sectionsOf(tasks) : []}
      undelivered={isHost ? await readUndelivered(ledger, dateAt(link.at)) : undefined} replies={isHost ? (await listLooseReplies(ledger)).length : 0}
      feed={feed} people={people}
      sessionPress={isHost ? press('session') : undefined} feedPress={press('calendar')}
    />,
  );
};

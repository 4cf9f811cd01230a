import { dateAt } from '../../../domain/time';
import { listTasks, unitNames } from '../../../ledger/board';
import { stateFromEvents } from '../../../ledger/rebuild';
import { calendarOf } from '../../services';
import { taskLine } from '../../task-line';
import type { LinkDeps } from './deps';
import { partOf, unitOfLink } from './open-link';
import { PositionPage, type WaitingTask } from './pages/position';
import type { Visit } from './routes';
import { todoOf } from './todo';

/** Everything that waits for a position, what asks something of it first. */
export const positionPage = async (deps: LinkDeps, { c, link, lang }: Visit): Promise<Response> => {
  const { ledger } = deps;
  const [all, calendar, names] = await Promise.all([listTasks(ledger), calendarOf(ledger), unitNames(ledger)]);
  const tasks: WaitingTask[] = [];
  for (const row of all.filter((r) => partOf(unitOfLink(link), r, []))) {
    const state = await stateFromEvents(ledger, row.id);
    tasks.push({ line: taskLine(row, calendar, dateAt(link.at)), todo: state === undefined || row.isConfidential ? [] : todoOf(state, link.position) });
  }
  return c.html(<PositionPage link={link} lang={lang} calendar={calendar} names={names} tasks={tasks} />);
};

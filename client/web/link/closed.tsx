import { dateAt } from '../../../domain/time';
import { closedTasksOf, unitNames } from '../../../ledger/board';
import { readDirectoryHeader } from '../../../ledger/directory';
import { calendarOf } from '../../services';
import { taskLine } from '../../task-line';
import type { Word } from '../../words';
import { said } from './answers';
import type { LinkDeps } from './deps';
import { unitSeen } from './open-link';
import { ClosedPage, PAGE_SIZE } from './pages/closed';
import type { Visit } from './visit';

/** Pages are counted from 1; no unit has a million of them. */
const PAGE = /^[1-9]\d{0,5}$/;
const NO_PAGE: Word = ['Không có trang này.', 'There is no such page.'];

/** Closed tasks that a position's page leads to, a page at a time: only what the board's row says of each. */
export const closedPage = async ({ ledger }: LinkDeps, visit: Visit): Promise<Response> => {
  const { c, link, lang } = visit;
  const asked = c.req.query('page') ?? '1';
  if (link.row.task !== null || !PAGE.test(asked)) return said(visit, 404, [NO_PAGE]);
  const page = Number(asked);
  const unit = unitSeen(link, await readDirectoryHeader(ledger));
  const [rows, calendar, names] = await Promise.all([
    closedTasksOf(ledger, unit, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
    calendarOf(ledger),
    unitNames(ledger),
  ]);
  const tasks = rows.map((row) => ({ line: taskLine(row, calendar, dateAt(link.at)), todo: [], ahead: undefined }));
  return c.html(<ClosedPage link={link} lang={lang} calendar={calendar} names={names} tasks={tasks} page={page} />);
};

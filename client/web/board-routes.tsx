import { Hono } from 'hono';
import { STATES } from '../../domain/task';
import { dateAt } from '../../domain/time';
import { findTask, listTasks, taskHistory, taskNotices, type TaskRow, unitNames } from '../../ledger/board';
import { listLetters, readLetter } from '../../ledger/letters';
import { listReplies } from '../../ledger/replies';
import { calendarOf } from '../services';
import { isOverdue, taskLine, type TaskLine } from '../task-line';
import type { WebDeps } from './deps';
import { boardPage, noSuchPage } from './board-page';
import { outboxRoutes } from './outbox-routes';
import { download } from './download';
import { BoardPage } from './pages/board';
import { TaskPage } from './pages/task';

const isState = (text: string): text is (typeof STATES)[number] => (STATES as readonly string[]).includes(text);

/** Leads that have a task, by name. */
const leadsOf = (rows: readonly TaskRow[]): [string, string][] =>
  [...new Map(rows.filter((r) => !r.isConfidential).map((r) => [r.lead, r.leadName]))].sort((a, b) => a[1].localeCompare(b[1], 'vi'));

const filtered = (lines: readonly TaskLine[], { lead, state }: { readonly lead: string; readonly state: string }): TaskLine[] =>
  lines.filter((l) => (lead === '' || l.lead === lead) && (state === '' || (state === 'overdue' ? isOverdue(l) : l.state === state)));

/** The pages of the host unit: read only, and for this machine only (the caller sees to that). */
export const boardRoutes = ({ ledger, now }: WebDeps): Hono => {
  const app = new Hono();
  const today = async () => dateAt(await now());

  app.get('/', async (c) => {
    const [rows, calendar, day] = await Promise.all([listTasks(ledger), calendarOf(ledger), today()]);
    const state = c.req.query('state') ?? '';
    const filter = { lead: c.req.query('lead') ?? '', state: state === 'overdue' || isState(state) ? state : '' };
    const lines = filtered(rows.map((row) => taskLine(row, calendar, day)), filter);
    return boardPage(c, { ledger, today: day }, <BoardPage today={day} calendar={calendar} lines={lines} leads={leadsOf(rows)} filter={filter} />);
  });

  app.get('/tasks/:id', async (c) => {
    const row = await findTask(ledger, c.req.param('id'));
    if (!row) return noSuchPage(c, { ledger, today: await today() });
    const [calendar, day, names, history, replies, notices, letters] = await Promise.all([
      calendarOf(ledger), today(), unitNames(ledger), taskHistory(ledger, row.id), listReplies(ledger, row.id), taskNotices(ledger, row.id), listLetters(ledger, row.id),
    ]);
    return boardPage(c, { ledger, today: day }, <TaskPage today={day} calendar={calendar} line={taskLine(row, calendar, day)} names={names} history={history} replies={replies} notices={notices} letters={letters} />);
  });

  app.get('/tasks/:id/van-ban/:letter', async (c) => {
    const row = await findTask(ledger, c.req.param('id'));
    const letter = row === undefined || row.isConfidential ? undefined : await readLetter(ledger, row.id, c.req.param('letter'));
    if (letter === undefined) return noSuchPage(c, { ledger, today: await today() });
    return download(c, { filename: letter.name, contentType: letter.contentType, content: letter.content });
  });

  app.route('/', outboxRoutes({ ledger, now }));
  return app;
};

import { type Context, Hono } from 'hono';
import { STATES } from '../../domain/task';
import { dateAt } from '../../domain/time';
import { countMessages, findMessage, findTask, listMessages, listTasks, taskHistory, taskNotices, type TaskRow, unitNames } from '../../ledger/board';
import { listReplies } from '../../ledger/replies';
import type { MessageState } from '../../ledger/schema';
import { calendarOf } from '../services';
import { isOverdue, taskLine, type TaskLine } from '../task-line';
import { MESSAGE_STATE_WORDS } from '../words';
import type { WebDeps } from './app';
import { BoardPage } from './pages/board';
import { SayPage } from './pages/message';
import { MessagePage, OutboxPage, PAGE_SIZE } from './pages/outbox';
import { TaskPage } from './pages/task';

const isState = (text: string): text is (typeof STATES)[number] => (STATES as readonly string[]).includes(text);
const isMessageState = (text: string): text is MessageState => Object.hasOwn(MESSAGE_STATE_WORDS, text);

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
    return c.html(<BoardPage today={day} calendar={calendar} lines={lines} leads={leadsOf(rows)} filter={filter} />);
  });

  app.get('/tasks/:id', async (c) => {
    const row = await findTask(ledger, c.req.param('id'));
    if (!row) return notFound(c, await today());
    const [calendar, day, names, history, replies, notices] = await Promise.all([
      calendarOf(ledger), today(), unitNames(ledger), taskHistory(ledger, row.id), listReplies(ledger, row.id), taskNotices(ledger, row.id),
    ]);
    return c.html(<TaskPage today={day} calendar={calendar} line={taskLine(row, calendar, day)} names={names} history={history} replies={replies} notices={notices} />);
  });

  app.get('/outbox', async (c) => {
    const wanted = c.req.query('state') ?? '';
    const state = isMessageState(wanted) ? wanted : undefined;
    const page = Math.max(1, Math.trunc(Number(c.req.query('page') ?? 1)) || 1);
    const filter = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, ...(state === undefined ? {} : { state }) };
    const [rows, counts, names, day] = await Promise.all([listMessages(ledger, filter), countMessages(ledger), unitNames(ledger), today()]);
    return c.html(<OutboxPage today={day} rows={rows} counts={counts} state={state ?? ''} page={page} names={names} />);
  });

  app.get('/outbox/:key', async (c) => {
    const message = await findMessage(ledger, c.req.param('key'));
    if (!message) return notFound(c, await today());
    return c.html(<MessagePage today={await today()} message={message} names={await unitNames(ledger)} />);
  });

  return app;
};

const notFound = (c: Context, today: string) => c.html(<SayPage today={today} title="Không tìm thấy" lines={['Không có trang này.']} isBoard />, 404);

import { Hono } from 'hono';
import { dateAt } from '../../domain/time';
import { countMessagesUpTo, findMessage, listMessages, needsPerson, readUndelivered, unitNames } from '../../ledger/board';
import { listLooseReplies } from '../../ledger/replies';
import type { MessageState } from '../../ledger/schema';
import { previewParts } from '../preview-text';
import { MESSAGE_STATE_WORDS } from '../words';
import type { WebDeps } from './deps';
import { boardPage, noSuchPage } from './board-page';
import { FOR_PERSON, MOST_COUNTED, OutboxPage, PAGE_SIZE } from './pages/outbox';
import { MessagePage } from './pages/outbox-message';
import { UndeliveredPage } from './pages/undelivered';

const isMessageState = (text: string): text is MessageState => Object.hasOwn(MESSAGE_STATE_WORDS, text);

/** Pages are counted from 1; no outbox has a million of them. */
const PAGE = /^[1-9]\d{0,5}$/;

/** A mail as its receiver sees it, in an origin of its own: it runs nothing, loads nothing, leads nowhere. */
const PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/** Messages with their way, their previews, and what could not be delivered: read only. */
export const outboxRoutes = ({ ledger, now }: Pick<WebDeps, 'ledger' | 'now'>): Hono => {
  const app = new Hono();
  const today = async () => dateAt(await now());

  app.get('/outbox', async (c) => {
    const wanted = c.req.query('state') ?? '';
    const state = isMessageState(wanted) ? wanted : undefined;
    const [asked, day] = [c.req.query('page') ?? '1', await today()];
    if (!PAGE.test(asked)) return noSuchPage(c, { ledger, today: day });
    const page = Number(asked);
    const forPerson = (await readUndelivered(ledger, day)).messages.filter(needsPerson).map((m) => m.key);
    const filter = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, ...(state === undefined ? {} : { state }), ...(wanted === FOR_PERSON ? { keys: forPerson } : {}) };
    const [rows, counts, names, replies] = await Promise.all([
      listMessages(ledger, filter), countMessagesUpTo(ledger, MOST_COUNTED), unitNames(ledger), page === 1 ? listLooseReplies(ledger) : [],
    ]);
    const shown = wanted === FOR_PERSON ? wanted : state ?? '';
    return boardPage(c, { ledger, today: day }, <OutboxPage today={day} rows={rows} counts={{ ...counts, [FOR_PERSON]: forPerson.length }} state={shown} page={page} names={names} replies={replies} />);
  });

  app.get('/outbox/:key', async (c) => {
    const [message, day] = [await findMessage(ledger, c.req.param('key')), await today()];
    if (!message) return noSuchPage(c, { ledger, today: day });
    return boardPage(c, { ledger, today: day }, <MessagePage today={day} message={message} names={await unitNames(ledger)} />);
  });

  app.get('/outbox/:key/html', async (c) => {
    const html = previewParts((await findMessage(ledger, c.req.param('key')))?.preview).html;
    if (html === undefined) return noSuchPage(c, { ledger, today: await today() });
    c.header('content-security-policy', PREVIEW_POLICY);
    return c.html(html);
  });

  app.get('/undelivered', async (c) => {
    const day = await today();
    const [undelivered, names] = await Promise.all([readUndelivered(ledger, day), unitNames(ledger)]);
    return boardPage(c, { ledger, today: day }, <UndeliveredPage today={day} undelivered={undelivered} names={names} />);
  });

  return app;
};

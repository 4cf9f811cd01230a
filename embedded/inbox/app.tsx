import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Child } from 'hono/jsx';
import { z } from 'zod';
import { ICON, ICON_TYPE } from '../../client/web/icon';
import { isFromItself, isLocal, isPublicSite, type PublicAddresses } from '../../client/web/loopback';
import { ownerOf, type People } from './owner';
import { type Box, HomePage, MailPage, SayPage } from './pages';
import type { InboxStore } from './store';
import { STYLE } from './style';

const SHOWN = 50;
const NOBODY: People = { units: [], seats: [] };
const smsBody = z.object({ to: z.string().min(1), text: z.string().min(1), key: z.string().min(1), at: z.number().int() });

const countBy = (addresses: readonly string[]): readonly Box[] => {
  const counts = new Map<string, number>();
  for (const address of addresses) counts.set(address, (counts.get(address) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([address, count]) => ({ address, count }));
};
const newest = <T,>(all: readonly T[], limit: number): readonly T[] => all.slice(-limit).reverse();
const limitOf = (text: string | undefined): number => (text !== undefined && /^\d{1,5}$/.test(text) ? Math.max(1, Number(text)) : SHOWN);

/** A mail's own page: its links open beside it, its scripts never run, nothing is loaded from outside. */
const FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";
const withBase = (html: string): string => (/<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`) : `<base target="_blank">${html}`);
const page = (node: Child): string => `<!doctype html>${String(node)}`;

/**
 * People at this machine alone, as for the board: every mailbox with its links and codes lies open here. Where the
 * site has a public address nobody reads, and only our own worker still hands text messages over.
 */
const atThisMachine = (parts: PublicAddresses): MiddlewareHandler => {
  const isPublic = isPublicSite(parts);
  return async (c, next) => {
    const isOurs = isLocal(c) && isFromItself(c) && (!isPublic || c.req.method === 'POST');
    return isOurs ? next() : c.html(page(<SayPage title="Không có trang này" />), 404);
  };
};

/** `onSms`: told of each text message that a phone has got. `people`: the directory, where there is one. */
export type InboxParts = { readonly store: InboxStore; readonly boardUrl: string | null; readonly onSms: (key: string) => void; readonly people: () => Promise<People | undefined> } & PublicAddresses;

const mailRoutes = (app: Hono, { store, boardUrl }: InboxParts): void => {
  app.get('/mails/:id', async (c) => {
    const mail = await store.readMail(c.req.param('id'));
    return mail === undefined ? c.html(page(<SayPage title="Không có thư này" />), 404) : c.html(page(<MailPage entry={mail.entry} email={mail.email} boardUrl={boardUrl} />));
  });
  app.get('/mails/:id/html', async (c) => {
    const mail = await store.readMail(c.req.param('id'));
    if (mail?.email.html === undefined) return c.notFound();
    c.header('Content-Security-Policy', FRAME_POLICY);
    return c.html(withBase(mail.email.html));
  });
  app.get('/mails/:id/raw', async (c) => {
    const mail = await store.readMail(c.req.param('id'));
    return mail === undefined ? c.notFound() : c.body(new Uint8Array(mail.bytes), 200, { 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="${mail.entry.id}.eml"` });
  });
  app.get('/mails/:id/files/:n', async (c) => {
    const file = (await store.readMail(c.req.param('id')))?.email.attachments[Number(c.req.param('n'))];
    if (file === undefined) return c.notFound();
    const content = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : new Uint8Array(file.content);
    return c.body(content, 200, { 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename ?? 'tep')}` });
  });
};

const apiRoutes = (app: Hono, { store, onSms }: InboxParts): void => {
  app.get('/api/mails', (c) => {
    const to = c.req.query('to')?.toLowerCase();
    return c.json(store.mails.filter((m) => to === undefined || m.to.includes(to)));
  });
  app.get('/api/mails/:id', async (c) => {
    const mail = await store.readMail(c.req.param('id'));
    return mail === undefined ? c.notFound() : c.json({ ...mail.entry, text: mail.email.text ?? '', html: mail.email.html ?? '', attachments: mail.email.attachments.map((a) => ({ filename: a.filename, contentType: a.mimeType })) });
  });
  app.get('/api/sms', (c) => {
    const to = c.req.query('to');
    return c.json(store.texts.filter((t) => to === undefined || t.to === to));
  });
  app.post('/api/sms', async (c) => {
    // A page elsewhere may send a form or plain text without being asked back; JSON it may not.
    if (!/^application\/json(?:\s*;|$)/i.test(c.req.header('content-type') ?? '')) return c.json({ error: { code: 'bad-type', message: 'Chỉ nhận application/json.' } }, 415);
    const sms = smsBody.safeParse(await c.req.json().catch(() => undefined));
    if (!sms.success) return c.json({ error: { code: 'bad-sms', message: 'Tin nhắn cần có to, text, key và at.' } }, 400);
    const taken = await store.takeSms(sms.data);
    onSms(taken.key);
    return c.json(taken, 201);
  });
};

/** The inbox in a browser, without scripts, and as JSON for tests. */
export const inboxApp = (parts: InboxParts): Hono => {
  const { store, boardUrl, people } = parts;
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'");
    c.header('Cache-Control', 'no-store');
  });
  // A mail's frame has an origin of its own: the browser cannot give page and frame the same agent cluster, and would complain of it.
  app.use(secureHeaders({ xFrameOptions: 'SAMEORIGIN', referrerPolicy: 'no-referrer', originAgentCluster: false }));
  app.use(atThisMachine(parts));
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/icon.svg', (c) => c.body(ICON, 200, { 'content-type': ICON_TYPE }));
  app.get('/', async (c) => {
    const [mailbox, phone, limit] = [c.req.query('mailbox'), c.req.query('phone'), limitOf(c.req.query('limit'))];
    const mails = store.mails.filter((m) => mailbox === undefined || m.to.includes(mailbox));
    const owner = mailbox === undefined ? undefined : ownerOf(mailbox, (await people()) ?? NOBODY);
    const shownPhones = phone === undefined ? owner?.phones : [phone];
    const texts = store.texts.filter((t) => shownPhones === undefined || shownPhones.includes(t.to));
    return c.html(page(
      <HomePage
        mailboxes={countBy(store.mails.flatMap((m) => m.to))} phones={countBy(store.texts.map((t) => t.to))} mails={newest(mails, limit)} texts={newest(texts, limit)}
        mailCount={mails.length} textCount={texts.length} limit={limit} boardUrl={boardUrl} owner={owner}
        selected={{ ...(mailbox === undefined ? {} : { mailbox }), ...(phone === undefined ? {} : { phone }) }}
      />,
    ));
  });
  mailRoutes(app, parts);
  apiRoutes(app, parts);
  return app;
};

import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { dateAt } from '../../domain/time';
import { pingLedger } from '../../ledger/board';
import { isConnectionError } from '../../ledger/database-errors';
import { boardRoutes } from './board-routes';
import type { WebDeps } from './deps';
import { ICON, ICON_TYPE } from './icon';
import { isOwnPost, readForm } from './link/body';
import { KeptFormPage } from './link/pages/kept-form';
import { linkPages } from './link/routes';
import { hasSession } from './link/session';
import { LINK_STYLE } from './link/style';
import { langOf } from './link/words';
import { isFromItself, isLocal, isPublicSite } from './loopback';
import { SayPage } from './pages/message';
import { receiptRoutes } from './receipt-routes';
import { STYLE } from './style';

/** Of every answer that has not brought a stricter one of its own. */
const PAGE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** No text of the ledger has a NUL (PostgreSQL keeps none): nothing that is here is asked for with one. */
const NUL = /%00/;

/** Who waits for a page has waited long enough where the ledger does not answer. */
const CLOCK_MS = 300;
/** The day to print where the ledger's clock may not be asked. */
const dayFor = async (deps: WebDeps): Promise<string> => {
  const late = new Promise<number>((resolve) => {
    setTimeout(() => resolve(Date.now()), CLOCK_MS).unref();
  });
  return dateAt(await Promise.race([deps.now().catch(() => Date.now()), late]));
};

/**
 * The web: the board for this machine, links for everybody who has one, receipts of the SMS gateway, and two probes.
 * Opening a page changes nothing; only forms behind links act. None is cached, none runs a script.
 * Outside loopback, and everywhere where the site has a public address, nothing but links, receipts and probes answers without a session that the host unit's
 * position page has opened (docs/security.md).
 */
export const createApp = (deps: WebDeps): Hono => {
  const app = new Hono();
  app.use(secureHeaders({ referrerPolicy: 'no-referrer', xFrameOptions: 'DENY', crossOriginResourcePolicy: 'same-origin' }));
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', PAGE_POLICY);
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex, nofollow');
  });
  app.use('/t/*', async (_c, next) => {
    deps.onVisit?.();
    await next();
  });
  app.route('/', receiptRoutes(deps));
  app.use(async (c, next) => (NUL.test(c.req.url) ? nothingHere(c, deps) : next()));
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const isReady = await pingLedger(deps.ledger).then(() => true, () => false);
    return c.json({ ok: isReady }, isReady ? 200 : 503);
  });
  app.get('/style.css', (c) => c.body(`${STYLE}${LINK_STYLE}`, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/icon.svg', (c) => c.body(ICON, 200, { 'content-type': ICON_TYPE }));
  app.route('/', linkPages({ ...deps, realNow: deps.realNow ?? Date.now, trustProxy: deps.trustProxy ?? false }));
  const site = { ...deps, realNow: deps.realNow ?? Date.now };
  const isPublic = isPublicSite(deps);
  app.use(async (c, next) => (isFromItself(c) && ((!isPublic && isLocal(c)) || (await hasSession(site, c))) ? next() : nothingHere(c, deps)));
  app.route('/', boardRoutes(deps));
  app.notFound((c) => nothingHere(c, deps));
  app.onError(async (error, c) => {
    deps.onError?.(error, c.req.routePath);
    const kept = isConnectionError(error) ? await keptForm(c, deps) : undefined;
    if (kept !== undefined) return kept;
    const lines = isConnectionError(error) ? ['Hệ thống tạm thời không truy cập được cơ sở dữ liệu. Đề nghị thử lại sau ít phút.'] : ['Trang này gặp lỗi. Đề nghị thử lại, hoặc báo cho quản trị hệ thống.'];
    return c.html(<SayPage today={await dayFor(deps)} title="Chưa mở được trang" lines={lines} />, isConnectionError(error) ? 503 : 500);
  });
  return app;
};

/** A form that was sent while the ledger is away comes back with what was typed; undefined for any other request. */
const keptForm = async (c: Context, deps: WebDeps): Promise<Response | undefined> => {
  if (c.req.method !== 'POST' || !c.req.path.startsWith('/t/') || !isOwnPost(c, deps.publicUrl)) return undefined;
  const body = await readForm(c);
  const to = `${c.req.path}${new URL(c.req.url).search}`;
  return body.ok && body.fields['act'] !== undefined
    ? c.html(<KeptFormPage today={await dayFor(deps)} lang={langOf(c.req.query('lang'))} to={to} typed={body.fields} />, 503) : undefined;
};

/** The same answer for what is not there and for what is not for the one who asks. */
const nothingHere = async (c: Context, deps: WebDeps): Promise<Response> => c.html(<SayPage today={await dayFor(deps)} title="Không tìm thấy" lines={['Không có trang này. Đề nghị mở đường dẫn trong thư hoặc tin nhắn đã nhận.']} />, 404);

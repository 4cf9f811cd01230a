import { type Context, Hono } from 'hono';
import { dateAt } from '../../../domain/time';
import { findPress, eventOfPress } from '../../../ledger/presses';
import { newPress, receiptCode } from '../../../links';
import { SayPage } from '../pages/message';
import type { Word } from '../../words';
import { actOn } from './act-on';
import { isOwnPost, readForm } from './body';
import type { Acting, LinkDeps } from './deps';
import { createHealth, NO_ACTING } from './health';
import { openLink, type OpenLink } from './open-link';
import { DeadPage, SaidPage } from './pages/dead';
import { ReceiptPage } from './pages/receipt';
import { StepPage, type StepProps } from './pages/step';
import { positionPage } from './position';
import { seeTask, type SeenTask, wasReassigned } from './see-task';
import { type Lang, langOf } from './words';

/** A page that waits for its link: everything a handler needs. */
export type Visit = { readonly c: Context; readonly link: OpenLink; readonly lang: Lang };

const BAD_BODY: Readonly<Record<400 | 413 | 415, Word>> = {
  400: ['Nội dung gửi lên không đúng bảng mã UTF-8; chưa ghi nhận gì.', 'What was sent is not UTF-8; nothing was recorded.'],
  413: ['Nội dung gửi lên quá dài; chưa ghi nhận gì. Đề nghị rút gọn, hoặc gửi kèm thành tệp.', 'What was sent is too long; nothing was recorded.'],
  415: ['Nội dung gửi lên không phải biểu mẫu của trang này; chưa ghi nhận gì.', 'What was sent is no form of this page; nothing was recorded.'],
};
const FOREIGN: Word = ['Biểu mẫu không được gửi từ trang này; chưa ghi nhận gì. Đề nghị mở lại đường dẫn và thực hiện trên trang.', 'The form was not sent from this page; nothing was recorded.'];
const LOST_TASK: Word = ['Nhiệm vụ đã được giao cho đơn vị khác chủ trì; đường dẫn của đơn vị trước hết hiệu lực.', 'The task was given to another unit; the links of the former one have ended.'];
const SORRY: Word = ['Chưa thực hiện được', 'Not done'];

export const said = ({ c, link, lang }: Visit, status: 400 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503, lines: readonly Word[]): Response | Promise<Response> =>
  c.html(<SaidPage link={link} lang={lang} title={SORRY} lines={lines} back={link.path} />, status);

/** Opens the link of the path, or answers why it does not open. `ends` is asked for links that are alive. */
export const visiting = (deps: LinkDeps, work: (visit: Visit) => Promise<Response>) => async (c: Context): Promise<Response> => {
  const lang = langOf(c.req.query('lang'));
  const opened = await openLink(deps, c);
  if (opened.ok) return work({ c, link: opened.link, lang });
  if (opened.why === 'dead') return dead(deps, { c, link: opened.link, lang }, opened.reason);
  const today = dateAt(await deps.now());
  return opened.why === 'blocked'
    ? c.html(<SayPage today={today} title="Đề nghị thử lại sau" lines={['Có quá nhiều đường dẫn không đúng từ địa chỉ này. Đề nghị thử lại sau 10 phút.']} />, 429)
    : c.html(<SayPage today={today} title="Không tìm thấy" lines={['Đường dẫn không đúng. Đề nghị mở lại từ thư hoặc tin nhắn đã nhận, hoặc kiểm tra từng ký tự.']} />, 404);
};

export const RENEW = 'new-link';
export const dead = ({ acting }: LinkDeps, { c, link, lang }: Visit, reason: Word, error?: Word): Response | Promise<Response> => {
  const press = acting === undefined ? undefined : newPress(acting.key, { link: link.row.id, task: '', act: RENEW, shown: '' });
  return c.html(<DeadPage link={link} lang={lang} reason={reason} press={press} error={error} />, error === undefined ? 410 : 422);
};

/** A post of this site's own page. */
export const ownPost = async (deps: LinkDeps, visit: Visit, work: (fields: Readonly<Record<string, string>>, acting: Acting) => Promise<Response>): Promise<Response> => {
  if (!isOwnPost(visit.c, deps.publicUrl)) return said(visit, 403, [FOREIGN]);
  const body = await readForm(visit.c);
  if (!body.ok) return said(visit, body.status, [BAD_BODY[body.status]]);
  return deps.acting === undefined ? said(visit, 503, [NO_ACTING]) : work(body.fields, deps.acting);
};

/** The task of a step's link, or the one that a position's page leads to. */
const taskAsked = ({ c, link }: Visit): { readonly task: string; readonly path: string } | undefined => {
  const asked = c.req.param('task');
  if (link.row.task !== null) return asked === undefined || asked === link.row.task ? { task: link.row.task, path: link.path } : undefined;
  return asked === undefined ? undefined : { task: asked, path: `${link.path}/viec/${asked}` };
};

export const linkPages = (deps: LinkDeps): Hono => {
  const app = new Hono();
  const health = createHealth(deps);
  const step = (visit: Visit, seen: SeenTask, path: string, more: Pick<StepProps, 'kept' | 'said' | 'away'>) => {
    const pressFor = (act: string): string => (deps.acting === undefined ? '' : newPress(deps.acting.key, { link: visit.link.row.id, task: seen.row.id, act, shown: seen.shown }));
    return <StepPage link={visit.link} seen={seen} lang={visit.lang} path={path} pressFor={pressFor} {...more} />;
  };
  const none = (visit: Visit) => said(visit, 404, [['Không có nhiệm vụ này, hoặc nhiệm vụ không thuộc chức danh này.', 'There is no such task for this position.']]);
  /** The task that a request is about, as the position may see it. */
  const withTask = (visit: Visit, work: (seen: SeenTask, path: string) => Promise<Response>): Promise<Response> | Response => {
    const asked = taskAsked(visit);
    if (asked === undefined) return none(visit);
    return seeTask(deps, visit.link, asked.task).then((seen): Response | Promise<Response> => {
      if (seen === undefined) return visit.link.row.task === null ? none(visit) : dead(deps, visit, LOST_TASK);
      return visit.link.row.task !== null && wasReassigned(seen, visit.link) ? dead(deps, visit, LOST_TASK) : work(seen, asked.path);
    });
  };

  const show = visiting(deps, async (visit) => {
    if (visit.link.row.task === null && visit.c.req.param('task') === undefined) return positionPage(deps, visit);
    return withTask(visit, async (seen, path) => visit.c.html(step(visit, seen, path, { away: await health() })));
  });
  const post = visiting(deps, (visit) => ownPost(deps, visit, async (typed, acting) => withTask(visit, (seen, path) => actOn({
    deps: { ...deps, acting }, c: visit.c, link: visit.link, seen, path, lang: visit.lang, typed, again: (status, more) => visit.c.html(step(visit, seen, path, more), status),
  }))));
  const receipt = visiting(deps, async (visit) => {
    const press = await findPress(deps.ledger, visit.c.req.param('press') ?? '');
    if (press === undefined || press.link !== visit.link.row.id || deps.acting === undefined) return said(visit, 404, [['Không có biên nhận này.', 'There is no such receipt.']]);
    const { key } = deps.acting;
    return withTask(visit, async (seen, path) => visit.c.html(
      <ReceiptPage
        link={visit.link} lang={visit.lang} path={path} press={press} event={await eventOfPress(deps.ledger, press.task, press.id)} code={receiptCode(key, press.id)} names={seen.names}
        personName={seen.people.find((p) => p.person === press.person)?.name}
      />,
    ));
  });

  for (const path of ['/t/:token', '/t/:token/viec/:task']) {
    app.get(path, show);
    app.post(path, post);
    app.get(`${path}/bien-nhan/:press`, receipt);
  }
  return app;
};

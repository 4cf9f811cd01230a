import type { Context } from 'hono';
import { dateAt } from '../../../domain/time';
import { newPress } from '../../../links';
import type { Word } from '../../words';
import { SayPage } from '../pages/message';
import { isOwnPost, readForm } from './body';
import type { Acting, LinkDeps } from './deps';
import { NO_ACTING } from './health';
import { openLink } from './open-link';
import { DeadPage, SaidPage } from './pages/dead';
import type { Visit } from './visit';
import { langOf } from './words';

const BAD_BODY: Readonly<Record<400 | 413 | 415, Word>> = {
  400: ['Nội dung gửi lên có ký tự không dùng được; chưa ghi nhận gì.', 'What was sent has characters that cannot be kept; nothing was recorded.'],
  413: ['Nội dung gửi lên quá dài; chưa ghi nhận gì. Đề nghị rút gọn, hoặc gửi kèm thành tệp.', 'What was sent is too long; nothing was recorded.'],
  415: ['Nội dung gửi lên không phải biểu mẫu của trang này; chưa ghi nhận gì.', 'What was sent is no form of this page; nothing was recorded.'],
};
const FOREIGN: Word = [
  'Biểu mẫu không được gửi từ trang này; chưa ghi nhận gì. Đề nghị mở lại đường dẫn và thực hiện trên trang.',
  'The form was not sent from this page; nothing was recorded.',
];
const BLOCKED = 'Có quá nhiều đường dẫn không đúng từ địa chỉ này. Đề nghị thử lại sau 10 phút.';
const UNKNOWN = 'Đường dẫn không đúng. Đề nghị mở lại từ thư hoặc tin nhắn đã nhận, hoặc kiểm tra từng ký tự.';
const SORRY: Word = ['Chưa thực hiện được', 'Not done'];

export const said = (
  { c, link, lang }: Visit, status: 200 | 400 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503, lines: readonly Word[], title: Word = SORRY
): Response | Promise<Response> =>
  c.html(<SaidPage link={link} lang={lang} title={title} lines={lines} back={link.path} />, status);

type Work = (visit: Visit) => Promise<Response>;
/**
 * Opens the link of the path, or answers why it does not open. `work` is asked for links that are alive; `afterDeath` first where the link has ended, and
 * undefined of it means the page that says why.
 */
export const visiting = (deps: LinkDeps, work: Work, afterDeath: (visit: Visit) => Promise<Response | undefined> = async () => undefined) =>
  async (c: Context): Promise<Response> => {
  const lang = langOf(c.req.query('lang'));
  const opened = await openLink(deps, c, c.req.param('token') ?? '');
  if (opened.ok) return work({ c, link: opened.link, lang });
  if (opened.why === 'dead') {
    const visit: Visit = { c, link: opened.link, lang };
    return (await afterDeath(visit)) ?? dead(deps, visit, opened.reason);
  }
  const today = dateAt(await deps.now());
  return opened.why === 'blocked'
    ? c.html(<SayPage today={today} title="Đề nghị thử lại sau" lines={[BLOCKED]} />, 429)
    : c.html(<SayPage today={today} title="Không tìm thấy" lines={[UNKNOWN]} />, 404);
};

export const RENEW = 'new-link';
export const dead = ({ acting }: LinkDeps, { c, link, lang }: Visit, reason: Word, error?: Word): Response | Promise<Response> => {
  const press = acting === undefined ? undefined : newPress(acting.key, { link: link.row.id, task: '', act: RENEW, shown: '' });
  return c.html(<DeadPage link={link} lang={lang} reason={reason} press={press} error={error} />, error === undefined ? 410 : 422);
};

/** A post of this site's own page. */
export const ownPost = async (
  deps: LinkDeps, visit: Visit, work: (fields: Readonly<Record<string, string>>, acting: Acting) => Promise<Response>
): Promise<Response> => {
  if (!isOwnPost(visit.c, deps.publicUrl)) return said(visit, 403, [FOREIGN]);
  const body = await readForm(visit.c);
  if (!body.ok) return said(visit, body.status, [BAD_BODY[body.status]]);
  return deps.acting === undefined ? said(visit, 503, [NO_ACTING]) : work(body.fields, deps.acting);
};

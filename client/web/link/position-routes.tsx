import type { Hono } from 'hono';
import { readDirectoryHeader } from '../../../ledger/directory';
import { newPress, readPress } from '../../../links';
import { Unreachable } from '../../unreachable';
import { bothWays, type Word } from '../../words';
import type { Fields } from './body';
import type { Acting, LinkDeps } from './deps';
import { endFeed, feedOf, makeFeed } from './feed';
import { openLink, unitOfLink } from './open-link';
import { provenPerson } from './proven-person';
import { sendNewLink } from './renew';
import { dead, ownPost, RENEW, said, visiting } from './answers';
import { beginSession, endAllSessions } from './session';
import type { Visit } from './visit';

const CHOOSE: Word = ['Chưa thực hiện: đề nghị chọn một việc.', 'Nothing was done: please choose.'];
const OLD: Word = ['Biểu mẫu đã cũ; chưa thực hiện gì. Đề nghị mở lại trang.', 'This form is too old; nothing was done.'];
const SENT: Word = [
  'Đường dẫn mới được gửi đến địa chỉ của chức danh trong ít phút (trong giờ hành chính).',
  'A new link goes to the address of the position within minutes (in office hours).',
];
const ENOUGH: Word = [
  'Hôm nay đã gửi nhiều đường dẫn mới đến chức danh này. Đề nghị xem thư đã nhận.', 'Several new links went to this position today. Please look at its mails.',
];
const NOT_HOST: Word = ['Bảng theo dõi chỉ dành cho đơn vị được giao đôn đốc.', 'The board is for the host unit only.'];

const OPENS_BOARD: Word = ['mở bảng theo dõi, thư và tin nhắn', 'opening the board and the outbox'];
const MAKES_CALENDAR: Word = ['tạo đường dẫn lịch', 'making a link of the calendar'];
const CALENDAR_IS_AT: Word = [
  'Địa chỉ để đăng ký trong ứng dụng lịch; chỉ hiện một lần, đề nghị lưu lại. Ai có địa chỉ này đều xem được lịch.',
  'The address for a calendar program; it is shown once, please keep it. Whoever has it sees the calendar.',
];

/** The press of a small form of a position's page. */
export const pagePress = ({ key }: Acting, link: string, act: string): string => newPress(key, { link, task: '', act, shown: '' });
const isPress = (
  { key }: Acting, { link }: Visit, press: string | undefined, act: string
): boolean => readPress(key, press ?? '', { link: link.row.id, task: '', act, shown: '' }) !== undefined;

/** What a position does beside its tasks: its calendar, the board where it is the host unit's, and a new link where this one has ended. */
export const positionRoutes = (app: Hono, deps: LinkDeps): void => {
  /** A form of the position's own page, with something chosen. */
  const chosen = (
    act: string, work: (visit: Visit, form: { readonly fields: Fields; readonly acting: Acting }) => Promise<Response>
  ) => visiting(deps, (visit) => ownPost(deps, visit, async (fields, acting) => {
    if (visit.link.row.task !== null || !isPress(acting, visit, fields['press'], act)) return said(visit, 409, [OLD]);
    return (fields['choice'] ?? '') === '' ? said(visit, 422, [CHOOSE]) : work(visit, { fields, acting });
  }));

  app.post('/t/:token/phien', chosen('session', async (visit, { fields, acting }) => {
    const { c, link } = visit;
    if ((await readDirectoryHeader(deps.ledger))?.hostUnit !== unitOfLink(link)) return said(visit, 403, [NOT_HOST]);
    if (fields['choice'] === 'end') {
      await endAllSessions(deps, c, link);
      return c.redirect(link.path, 303);
    }
    const person = await provenPerson({ deps, visit, acting, fields }, { path: 'phien', verb: 'begin', title: OPENS_BOARD });
    if (person instanceof Response) return person;
    await beginSession(deps, c, link, person.person);
    return c.redirect('/', 303);
  }));
  app.post('/t/:token/lich', chosen('calendar', async (visit, { fields, acting }) => {
    const { c, link } = visit;
    if (fields['choice'] === 'end') {
      await endFeed(deps, link.position, link.at);
      return c.redirect(`${link.path}#lich`, 303);
    }
    const person = await provenPerson({ deps, visit, acting, fields }, { path: 'lich', verb: 'make', title: MAKES_CALENDAR });
    if (person instanceof Response) return person;
    const path = await makeFeed(deps, acting, link, person.person);
    return said(visit, 200, [CALENDAR_IS_AT, bothWays(`${deps.publicUrl ?? ''}${path}`)], ['Đường dẫn lịch mới', 'The new link of the calendar']);
  }));

  app.post('/t/:token/duong-dan-moi', async (c) => {
    const opened = await openLink(deps, c, c.req.param('token'));
    if (!opened.ok && opened.why !== 'dead') return c.notFound();
    const visit: Visit = { c, link: opened.link, lang: c.req.query('lang') === 'en' ? 'en' : 'vi' };
    return ownPost(deps, visit, async (fields, acting) => {
      if (!isPress(acting, visit, fields['press'], RENEW)) return said(visit, 409, [OLD]);
      if (fields['ok'] !== 'yes') return opened.ok ? said(visit, 422, [CHOOSE]) : dead(deps, visit, opened.reason, CHOOSE);
      try {
        return (await sendNewLink({ ...deps, acting }, opened.link)) ? said(visit, 200, [SENT], ['Đã tiếp nhận đề nghị', 'Taken']) : said(visit, 429, [ENOUGH]);
      } catch (error) {
        // It is planned all the same, and leaves with the next pass of the post.
        if (error instanceof Unreachable) return said(visit, 200, [SENT], ['Đã tiếp nhận đề nghị', 'Taken']);
        throw error;
      }
    });
  });

  app.get('/lich/:file', async (c) => {
    const [token = '', end] = [c.req.param('file').replace(/\.ics$/, ''), c.req.param('file').endsWith('.ics')];
    const opened = end ? await openLink(deps, c, token, 'calendar') : undefined;
    if (opened === undefined || !opened.ok) return c.text(
      'Không có lịch này.', opened !== undefined && !opened.ok && opened.why === 'dead' ? 410 : opened?.ok === false && opened.why === 'blocked' ? 429 : 404
    );
    const { body, etag } = await feedOf(deps, opened.link);
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, { etag });
    return c.body(body, 200, { 'content-type': 'text/calendar; charset=utf-8', etag, 'content-disposition': 'inline; filename="viec.ics"' });
  });
};

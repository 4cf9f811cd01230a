import { type Context, Hono } from 'hono';
import { unitOf, isPosition } from '../../domain/plan';
import { type CivilDate, dateAt, dmy } from '../../domain/time';
import { findLink, type LinkRow, listTasks, type TaskRow, unitNames } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';
import { hashSecret, readSecret } from '../../links';
import { calendarOf } from '../services';
import { taskLine } from '../task-line';
import type { WebDeps } from './app';
import { remoteAddress } from './loopback';
import { createMissLimit } from './miss-limit';
import { LinkPage } from './pages/link';
import { SayPage } from './pages/message';

const isDead = (link: LinkRow, today: CivilDate): string | undefined => {
  if (link.revokedAt !== null) return `Đường dẫn đã hết hiệu lực từ ngày ${dmy(dateAt(link.revokedAt))}${link.revokedReason === null ? '' : ` (${link.revokedReason})`}.`;
  return today > link.expiresOn ? `Đường dẫn đã hết hạn từ sau ngày ${dmy(link.expiresOn)}.` : undefined;
};

/** The link's own task, or every task that its position's unit leads or coordinates. */
const tasksOf = async (ledger: Ledger, link: LinkRow): Promise<readonly TaskRow[]> => {
  if (link.task !== null) return listTasks(ledger, { ids: [link.task] });
  const unit = isPosition(link.position) ? unitOf(link.position) : link.position;
  return (await listTasks(ledger)).filter((t) => t.lead === unit || t.coordinating.includes(unit) || t.supervisor === unit);
};

const say = (c: Context, status: 404 | 410 | 429, today: CivilDate, title: string, lines: readonly string[]) => c.html(<SayPage today={today} title={title} lines={lines} />, status);

/** What anybody with a link may open. Opening changes nothing, and an unknown link says no more than that. */
export const linkRoutes = ({ ledger, now }: WebDeps): Hono => {
  const app = new Hono();
  const misses = createMissLimit();

  app.get('/t/:token', async (c) => {
    const at = await now();
    const [today, address] = [dateAt(at), remoteAddress(c) ?? 'unknown'];
    if (misses.isBlocked(address, at)) return say(c, 429, today, 'Đề nghị thử lại sau', ['Có quá nhiều đường dẫn không đúng từ địa chỉ này. Đề nghị thử lại sau 10 phút.']);
    const secret = readSecret(c.req.param('token'));
    const link = secret === undefined ? undefined : await findLink(ledger, hashSecret(secret));
    if (!link) {
      misses.miss(address, at);
      return say(c, 404, today, 'Không tìm thấy', ['Đường dẫn không đúng. Đề nghị mở lại từ thư hoặc tin nhắn đã nhận, hoặc kiểm tra từng ký tự.']);
    }
    const dead = isDead(link, today);
    if (dead !== undefined) return say(c, 410, today, 'Đường dẫn hết hiệu lực', [dead, 'Đề nghị dùng đường dẫn trong thư mới nhất, hoặc liên hệ đơn vị gửi thư.']);
    const [rows, calendar, names] = await Promise.all([tasksOf(ledger, link), calendarOf(ledger), unitNames(ledger)]);
    return c.html(<LinkPage today={today} calendar={calendar} link={link} lines={rows.map((row) => taskLine(row, calendar, today))} names={names} />);
  });

  return app;
};

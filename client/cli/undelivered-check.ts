import { databaseTime, needsPerson, readUndelivered } from '../../ledger/board';
import type { Ledger } from '../../ledger/connect';
import { UNSAID_STEP, unsaidText } from '../unsaid-words';
import type { Check } from './check';
import type { Context } from './context';

/** A second or two are the network; beyond this, times on pages and in the ledger do not fit together. */
const MOST_SKEW_MS = 5_000;
const NAMED = 3;

const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail });
const warning = (name: string, detail: string, remedy: string): Check => ({ name, state: 'warning', detail, remedy });

const skewCheck = async (db: Ledger, now: () => number): Promise<Check> => {
  const before = now();
  const skew = (await databaseTime(db)) - (before + now()) / 2;
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (Math.abs(skew) <= MOST_SKEW_MS) return ok('clock', 'đồng hồ máy này và cơ sở dữ liệu khớp nhau');
  return warning('clock', `đồng hồ cơ sở dữ liệu ${skew > 0 ? 'nhanh' : 'chậm'} hơn máy này ${seconds} giây`, 'Đồng bộ giờ của hai máy (NTP, ví dụ chrony).');
};

const named = (texts: readonly string[]): string => `${texts.slice(0, NAMED).join(', ')}${texts.length > NAMED ? ', …' : ''}`;

/** What did not reach its position, what waits for a release, and whether two clocks agree; nothing where the ledger is away, which another check says. */
export const undeliveredChecks = async (context: Context): Promise<readonly Check[]> => {
  const db = await context.ledger().catch(() => undefined);
  if (db === undefined) return [];
  const { messages, unplaced, badAddresses, held, oddMails, unsealed } = await readUndelivered(db, await context.today());
  const positions = [...new Set(badAddresses.flatMap((b) => b.positions))];
  const waiting = messages.filter(needsPerson).length + unplaced.length;
  return [
    badAddresses.length === 0 ? ok('addresses', 'không có địa chỉ nào bị nơi nhận từ chối')
      : warning('addresses', `${badAddresses.length} địa chỉ bị nơi nhận từ chối, của ${named(positions)}`, 'Sửa danh bạ rồi chạy "dondoc directory import TỆP".'),
    waiting === 0 ? ok('undelivered', 'không có thông báo nào chờ người xử lý')
      : warning('undelivered', `${waiting} thư, tin nhắn hoặc chức danh chờ người xử lý`, 'Xem trang "Không gửi được" của bảng nhiệm vụ, hoặc "dondoc outbox list".'),
    ...(held.starts.length === 0 ? [] : [warning('held', `${held.starts.length} lần khởi động đang giữ: ${named(held.starts.map((s) => `${s.plan} (${s.notices} thông báo)`))}`, 'Xem "dondoc outbox list"; cho gửi bằng "dondoc outbox release".')]),
    ...(held.restored === 0 ? [] : [warning('held', `${held.restored} thông báo có thể đã gửi trước khi khôi phục sổ cái`, 'Cho gửi bằng "dondoc outbox release --restored", nếu chưa đến nơi.')]),
    ...(oddMails.length === 0 ? [] : [warning('odd-mails', `${oddMails.length} thư đến chưa đọc được trong 30 ngày qua`, 'Xem trang "Không gửi được" của bảng nhiệm vụ, rồi mở hộp thư xem trực tiếp.')]),
    ...(held.unsaid.length === 0 ? [] : [warning('unsaid', `Thông báo chưa lập được: ${named(held.unsaid.map((one) => unsaidText(one)))}`, UNSAID_STEP[0])]),
    ...(unsealed.length === 0 ? [] : [warning(
      'unsealed', `${unsealed.length} việc đã hủy trong 30 ngày qua vì không qua đường dẫn hoặc lệnh của hệ thống: ${named([...new Set(unsealed.map((a) => a.task))])}`,
      'Xem trang "Không gửi được"; kiểm tra ai truy cập được máy chủ Temporal, và DONDOC_LINK_SECRET của web, worker và dòng lệnh có cùng giá trị.',
    )]),
    await skewCheck(db, context.io.now),
  ];
};

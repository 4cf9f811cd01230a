import type { Settings } from '../../config/env';
import { type MailboxCheck, readMailboxCheck } from '../../ledger/settings';
import { instantText } from '../history-text';
import type { Check } from './check';
import type { Context } from './context';
import { canConnect } from './probes';

const NAME = 'mailbox';
const REMEDY = 'Kiểm tra IMAP_URL (tên máy, cổng, tài khoản, mật khẩu, thư mục) và tường lửa; thư đến trong lúc đó sẽ được đọc khi hộp thư hoạt động lại.';
const PROBLEMS: Readonly<Record<string, string>> = { EAUTH: 'sai tài khoản hoặc mật khẩu' };

const ok = (detail: string): Check => ({ name: NAME, state: 'ok', detail });
const warning = (detail: string, remedy: string): Check => ({ name: NAME, state: 'warning', detail, remedy });

const ofLastLook = (where: string, last: MailboxCheck | undefined): Check => {
  if (last === undefined) return ok(`${where}, chưa đọc lần nào`);
  const { at, problem } = last;
  if (problem === null) return ok(`${where}, đọc lần cuối ${instantText(at)}`);
  return warning(`${where}, lần đọc ${instantText(at)} không được: ${PROBLEMS[problem] ?? problem}`, REMEDY);
};

/** The mailbox of bounces and answers: can it be reached, and how did the worker's last look end. Without one, bounces are not seen: a warning. */
export const mailboxChecks = async (context: Context, { imapUrl, smtpUrl }: Settings): Promise<readonly Check[]> => {
  if (imapUrl === null) {
    if (smtpUrl === null) return [];
    return [warning('chưa có IMAP_URL: không đọc được thư báo lỗi và thư trả lời', 'Đặt IMAP_URL, ví dụ imaps://người-dùng:mật-khẩu@mail.example/INBOX.')];
  }
  const { hostname, port, protocol } = new URL(imapUrl);
  const number = Number(port) || (protocol === 'imaps:' ? 993 : 143);
  if (!(await canConnect(hostname, number))) return [warning(`không kết nối được ${hostname}:${number}`, REMEDY)];
  return [ofLastLook(`${hostname}:${number}`, await context.ledger().then(readMailboxCheck, () => undefined))];
};

import type { Settings } from '../../config/env';
import { type MailboxCheck, readMailboxCheck } from '../../ledger/settings';
import { instantText } from '../history-text';
import type { Check } from './checks';
import type { Context } from './context';
import { canConnect } from './probes';

const REMEDY = 'Kiểm tra IMAP_URL: tên máy, cổng, tài khoản, mật khẩu, tên thư mục và tường lửa. Thư báo lỗi và thư trả lời sẽ được đọc tiếp khi hộp thư hoạt động lại.';
const PROBLEMS: Readonly<Record<string, string>> = { EAUTH: 'sai tài khoản hoặc mật khẩu' };

const lastLook = async (context: Context): Promise<MailboxCheck | undefined> => context.ledger().then(readMailboxCheck, () => undefined);

/** The mailbox of bounces and answers: can it be reached, and how did the worker's last look end. Without one, bounces are not seen: a warning. */
export const mailboxChecks = async (context: Context, { imapUrl, smtpUrl }: Settings): Promise<readonly Check[]> => {
  const name = 'mailbox';
  if (imapUrl === null) {
    return smtpUrl === null ? [] : [{ name, state: 'warning', detail: 'chưa có IMAP_URL: không đọc được thư báo lỗi và thư trả lời', remedy: 'Đặt IMAP_URL, ví dụ imaps://người-dùng:mật-khẩu@mail.example/INBOX.' }];
  }
  const { hostname, port, protocol } = new URL(imapUrl);
  const where = `${hostname}:${port || (protocol === 'imaps:' ? 993 : 143)}`;
  if (!(await canConnect(hostname, Number(where.split(':').at(-1))))) return [{ name, state: 'warning', detail: `không kết nối được ${where}`, remedy: REMEDY }];
  const last = await lastLook(context);
  if (last === undefined) return [{ name, state: 'ok', detail: `${where}, chưa đọc lần nào` }];
  const { at, problem } = last;
  if (problem !== null) return [{ name, state: 'warning', detail: `${where}, lần đọc ${instantText(at)} không được: ${PROBLEMS[problem] ?? problem}`, remedy: REMEDY }];
  return [{ name, state: 'ok', detail: `${where}, đọc lần cuối ${instantText(at)}` }];
};

import type { Settings } from '../../../config/env';
import { sendOneMail } from '../one-mail';
import type { TestResult } from './result';

/** One mail that says it is a test, over one connection, tried once. */
export const sendTestMail = (settings: Pick<Settings, 'mailFrom' | 'dkim'>, smtpUrl: string, to: string): Promise<TestResult> => sendOneMail(settings, smtpUrl, {
  to, subject: '[Đôn đốc] Thư thử', text: 'Thư này do quản trị hệ thống Đôn đốc gửi để kiểm tra đường gửi thư. Người nhận không cần làm gì.\n',
});

import { randomBytes } from 'node:crypto';
import type { Settings } from '../../../config/env';
import { isSendingTime, type WorkingCalendar } from '../../../domain/calendar';
import { dateAt, DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../domain/time';
import { addressOf, sendOneMail } from '../one-mail';
import { sendTestSms, testText } from '../send-test/sms';
import type { Finding } from './finding';
import { takeFromMailbox } from './mailbox';
import type { AuditState } from './state';

/** A mail to ourselves each hour; one that has not come back after half of one is lost, or on its way for as long as people would miss it. */
const MAIL_EACH_MS = HOUR_MS;
const MAIL_LOST_MS = 30 * MINUTE_MS;
/** A text message costs money: one a day, and each hour while it is refused. */
const SMS_EACH_MS = DAY_MS;
const SMS_AGAIN_MS = HOUR_MS;

type MailCanary = AuditState['mail'];
type SmsCanary = AuditState['sms'];
type Ways = { readonly settings: Settings; readonly smtpUrl: string | null; /** Real time. */ readonly now: Instant };

const LOST_MAIL = (since: Instant): Finding => ({
  code: 'mail-lost', since, what: ['Thư tự gửi cho chính mình không quay về hộp thư', 'A mail to ourselves does not come back to the mailbox'],
  next: ['Kiểm tra máy chủ thư chuyển thư của MAIL_FROM vào hộp thư IMAP_URL; xem thư mục thư rác.', 'See that the relay delivers mail for MAIL_FROM into the mailbox of IMAP_URL; look into its junk folder.'],
});
const UNREAD: Finding = {
  code: 'mailbox-unread', what: ['Không mở được hộp thư nhận báo lỗi và thư trả lời', 'The mailbox of bounces and answers cannot be opened'],
  next: ['Kiểm tra IMAP_URL: tên máy, cổng, tài khoản, mật khẩu, thư mục.', 'See IMAP_URL: host, port, account, password, folder.'],
};

const idFor = (mailFrom: string): string => `<canary-${randomBytes(12).toString('hex')}@${addressOf(mailFrom).split('@')[1] ?? 'localhost'}>`;

/** Sends the next one where it is time. One that the relay does not take is not on its way: the relay is another finding. */
const sendMail = async ({ settings, smtpUrl, now }: Ways, before: MailCanary): Promise<MailCanary> => {
  if (smtpUrl === null || (before !== null && before.sentAt + MAIL_EACH_MS > now)) return before;
  const id = idFor(settings.mailFrom);
  const { outcome } = await sendOneMail(settings, smtpUrl, {
    to: addressOf(settings.mailFrom), messageId: id, subject: '[Đôn đốc] Thư kiểm tra đường thư (tự động)',
    text: 'Thư này do hệ thống Đôn đốc tự gửi cho chính mình để kiểm tra đường thư, và tự xóa khi nhận được.\n',
  });
  return outcome === 'accepted' ? { id, sentAt: now, seenAt: null, lostSince: before?.lostSince ?? null } : before;
};

/**
 * Looks for the last mail to ourselves, and sends the next one. Once one is lost, the finding stands until any later one has come back.
 * Without a mailbox there is nothing to find.
 */
export const mailCanary = async (ways: Ways, before: MailCanary): Promise<{ readonly findings: readonly Finding[]; readonly mail: MailCanary }> => {
  const { settings: { imapUrl }, now } = ways;
  if (imapUrl === null) return { findings: [], mail: before };
  let mail = before;
  try {
    const hasCome = await takeFromMailbox(imapUrl, before?.id ?? '<none>');
    if (before !== null && hasCome) mail = { ...before, seenAt: now, lostSince: null };
  } catch {
    return { findings: [UNREAD], mail };
  }
  if (mail !== null && mail.seenAt === null && mail.lostSince === null && mail.sentAt + MAIL_LOST_MS <= now) mail = { ...mail, lostSince: mail.sentAt };
  const lostSince = mail?.lostSince ?? null;
  return { findings: lostSince === null ? [] : [LOST_MAIL(lostSince)], mail: await sendMail(ways, mail) };
};

/** One text message a day to the phone of the settings, within the sending hours; the gateway must take it. */
export const smsCanary = async (
  { settings, now }: Ways, before: SmsCanary, site: { readonly calendar: WorkingCalendar; readonly smsPrefix: string }
): Promise<{ readonly findings: readonly Finding[]; readonly sms: SmsCanary }> => {
  const { sms: gateway, canaryPhone, smsPublicUrl } = settings;
  if (gateway === null || canaryPhone === null) return { findings: [], sms: null };
  let sms = before;
  const isTime = before === null || before.sentAt + (before.isTaken ? SMS_EACH_MS : SMS_AGAIN_MS) <= now;
  if (isTime && isSendingTime(site.calendar, now)) {
    const { outcome } = await sendTestSms(gateway, canaryPhone, testText(site.smsPrefix, smsPublicUrl, dateAt(now)));
    const isTaken = outcome === 'accepted';
    sms = { sentAt: now, isTaken, lostSince: isTaken ? null : before?.lostSince ?? now };
  }
  if (sms === null || sms.lostSince === null) return { findings: [], sms };
  return { sms, findings: [{
    code: 'sms-lost', since: sms.lostSince, what: ['Tổng đài không nhận tin nhắn kiểm tra', 'The gateway does not take the test message'],
    next: ['Chạy "dondoc doctor --send-test SỐ" để xem câu trả lời của tổng đài; kiểm tra tài khoản, số dư.', 'Run "dondoc doctor --send-test NUMBER" to see its answer; look at the account and its balance.'],
  }] };
};

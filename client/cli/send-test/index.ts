import type { Settings } from '../../../config/env';
import { addressOn } from '../../../domain/address';
import { dateAt, type Instant } from '../../../domain/time';
import { readDirectoryHeader } from '../../../ledger/directory';
import { OUTCOME_WORDS } from '../../outbox-words';
import { readRunFile } from '../../run-file';
import type { Context } from '../context';
import { type ExitCode, refused, usage } from '../errors';
import { sendTestMail } from './mail';
import type { TestResult } from './result';
import { sendTestSms, sendTestToInbox, testText } from './sms';

const EXITS: Readonly<Record<TestResult['outcome'], ExitCode>> = { accepted: 0, rejected: 1, deferred: 1, 'not-sent': 3, ambiguous: 4 };

const MAIL = /^[^\s<>@]+@[^\s<>@]+$/;
const PHONE = /^\+84\d{8,10}$/;

/** Where a running `dondoc up` of this home takes messages, where the site has no real way of its own. */
const embedded = async ({ databaseUrl, home }: Settings) => (databaseUrl === null ? await readRunFile(home) : undefined);

const toMail = async ({ out }: Context, settings: Settings, to: string): Promise<TestResult> => {
  const smtpUrl = settings.smtpUrl ?? (await embedded(settings))?.smtpUrl;
  if (smtpUrl === undefined) throw refused('no-mail-server', out.say('Chưa có SMTP_URL; chưa gửi gì.', 'SMTP_URL is not set; nothing was sent.'));
  return sendTestMail(settings, smtpUrl, to);
};

const toPhone = async (context: Context, settings: Settings, to: string): Promise<TestResult> => {
  const { io, out } = context;
  const [now, prefix] = await Promise.all([
    context.now().catch((): Instant => io.now()), context.ledger().then(readDirectoryHeader).then((h) => h?.smsPrefix, () => undefined),
  ]);
  const text = testText(prefix ?? 'SCT TB', settings.smsPublicUrl, dateAt(now));
  if (settings.sms !== null) return sendTestSms(settings.sms, to, text);
  const inboxUrl = (await embedded(settings))?.inboxUrl;
  if (inboxUrl === undefined) throw refused('no-gateway', out.say('Chưa có SMS_GATEWAY; chưa gửi gì.', 'SMS_GATEWAY is not set; nothing was sent.'));
  return sendTestToInbox(inboxUrl, to, text.text, now);
};

/**
 * One test message by the form of the address, straight to the mail server or gateway of the settings: it is in no ledger, nothing retries it, and the adapters of the worker are not
 * needed for it. Exit 0 where it was taken, 1 refused, 3 nothing was sent, 4 nobody knows.
 */
export const sendTest = async (context: Context, address: string): Promise<ExitCode> => {
  const { out } = context;
  const settings = context.settings();
  const phone = addressOn('sms', { phone: address }) ?? '';
  const isMail = MAIL.test(address);
  if (!isMail && !PHONE.test(phone)) throw usage('bad-address', out.say(
    `Địa chỉ không hợp lệ ở --send-test: "${address}". Giá trị được chấp nhận: một địa chỉ thư điện tử, hoặc một số điện thoại Việt Nam.`,
    `Not an address at --send-test: "${address}". Accepted: a mail address, or a Vietnamese phone number.`,
  ));
  const { outcome, said } = isMail ? await toMail(context, settings, address) : await toPhone(context, settings, phone);
  const [vi, en] = OUTCOME_WORDS[outcome] ?? [outcome, outcome];
  out.print({ channel: isMail ? 'email' : 'sms', to: isMail ? address : phone, outcome, said }, () => out.say(
    `${isMail ? 'Thư thử' : 'Tin nhắn thử'} đến ${isMail ? address : phone}: ${vi.toLowerCase()}.\nNơi nhận trả lời: ${said}`, `Test ${isMail ? 'mail' : 'SMS'} to ${isMail ? address : phone}: ${en.toLowerCase()}.\nAnswer: ${said}`,
  ));
  return EXITS[outcome];
};

import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Settings } from '../../../config/env';
import type { TestResult } from './result';

const CONNECT_MS = 10_000;
const ANSWER_MS = 60_000;

const property = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);

/** The server's own answer to this mail decides; without one it is whether its body was asked for. */
const failure = (error: unknown, bodyWasRead: boolean): TestResult => {
  const code = property(error, 'responseCode');
  const said = String(property(error, 'response') ?? property(error, 'message') ?? error);
  if (typeof code === 'number' && ['EENVELOPE', 'EMESSAGE'].includes(String(property(error, 'code')))) return { outcome: code >= 500 ? 'rejected' : 'deferred', said };
  return { outcome: bodyWasRead ? 'ambiguous' : 'not-sent', said };
};

const addressOf = (mailFrom: string): string => /<([^<>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
const dkimOf = async ({ dkim }: Pick<Settings, 'dkim'>) =>
  dkim === null ? {} : { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: await readFile(dkim.keyFile, 'utf8') } };

/** One mail that says it is a test, over one connection, tried once. */
export const sendTestMail = async (settings: Pick<Settings, 'mailFrom' | 'dkim'>, smtpUrl: string, to: string): Promise<TestResult> => {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: ANSWER_MS, ...(await dkimOf(settings)) });
  let bodyWasRead = false;
  transport.use('stream', (mail, done) => {
    const made = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = () => Readable.from((async function* () {
      bodyWasRead = true;
      yield* made();
    })(), { objectMode: false });
    done();
  });
  try {
    const { response } = await transport.sendMail({
      from: settings.mailFrom, to, envelope: { from: addressOf(settings.mailFrom), to: [to] }, subject: '[Đôn đốc] Thư thử',
      text: 'Thư này do quản trị hệ thống Đôn đốc gửi để kiểm tra đường gửi thư. Người nhận không cần làm gì.\n', headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { outcome: 'accepted', said: response };
  } catch (error) {
    return failure(error, bodyWasRead);
  } finally {
    transport.close();
  }
};

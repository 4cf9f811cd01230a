import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Settings } from '../../config/env';
import type { TestResult } from './send-test/result';

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

/** The address of a sender as settings name it. */
export const addressOf = (mailFrom: string): string => /<([^<>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
const dkimOf = async ({ dkim }: Pick<Settings, 'dkim'>) =>
  dkim === null ? {} : { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: await readFile(dkim.keyFile, 'utf8') } };

const transportOf = async (settings: Pick<Settings, 'dkim'>, url: string) =>
  createTransport({ url, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: ANSWER_MS, ...(await dkimOf(settings)) });

export type OneMail = { readonly to: string; readonly subject: string; readonly text: string; readonly messageId?: string };

/** One mail of a machine, straight to the relay over a connection of its own, tried once; no ledger and no post. Never throws for what the relay does. */
export const sendOneMail = async (settings: Pick<Settings, 'mailFrom' | 'dkim'>, smtpUrl: string, { to, subject, text, messageId }: OneMail): Promise<TestResult> => {
  const transport = await transportOf(settings, smtpUrl);
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
      from: settings.mailFrom, to, envelope: { from: addressOf(settings.mailFrom), to: [to] }, subject, text, headers: { 'Auto-Submitted': 'auto-generated' },
      ...(messageId === undefined ? {} : { messageId }),
    });
    return { outcome: 'accepted', said: String(response) };
  } catch (error) {
    return failure(error, bodyWasRead);
  } finally {
    transport.close();
  }
};

/** True where the relay takes a connection, and the account of the settings. */
export const relayAnswers = async (settings: Pick<Settings, 'dkim'>, smtpUrl: string): Promise<boolean> => {
  const transport = await transportOf(settings, smtpUrl);
  try {
    return await transport.verify();
  } catch {
    return false;
  } finally {
    transport.close();
  }
};

import { createTransport } from 'nodemailer';
import { Readable } from 'node:stream';
import type { Mailer, SendResult } from '../ports';
import { createSigner, type DkimKey } from './dkim';

export type SmtpOptions = {
  /** `smtp://host:port`, `smtps://user:password@host:port`. */
  readonly url: string;
  /** Address of the envelope's sender (RFC 5321 MAIL FROM): where reports of what could not be delivered go. */
  readonly from: string;
  readonly maxConnections?: number;
  /** How long the server may be silent in the middle of a message; RFC 5321, 4.5.3.2.6 asks for ten minutes after the body. */
  readonly silenceMs?: number;
  /** What a report of a message names, by the message's key (RFC 3461 ENVID): a secret of ours. */
  readonly reportId: (key: string) => string;
  /** Address of the envelope's sender with `*` where the report's id goes, for relays that write no ENVID; null: `from`. */
  readonly returnPath?: string | null;
  /** Left out: the relay signs, or nobody does. */
  readonly dkim?: DkimKey;
};

/** A little less than the time a `send` may take: a server that says nothing any more ends this message, not the whole batch. */
const SILENCE_MS = 8 * 60_000;
const CONNECT_MS = 30_000;
const CONNECTIONS = 40;

type SmtpError = Readonly<Partial<Record<'code' | 'command' | 'responseCode' | 'permanent' | 'response' | 'message', unknown>>>;
const OF_THIS_MESSAGE: readonly unknown[] = ['EENVELOPE', 'EMESSAGE'];
/**
 * Enhanced codes that blame the receiver's address (RFC 3463): no such mailbox, host or syntax, moved, no mail taken there, mailbox disabled. Not 5.1.7 and
 * 5.1.8, which blame the sender's.
 */
const BAD_ADDRESS = /^5\.(?:1\.(?:[012346]|10)|2\.1)$/;
const REFUSED_WITHOUT_WORDS: readonly unknown[] = [550, 551, 553];

/** True where a status code of a refusal or a report (`5.1.1`) says that the address itself is bad. */
export const blamesAddress = (status: string): boolean => BAD_ADDRESS.test(status);

/** The address is to blame only where it was RCPT that was refused, and not for another reason (5.7: policy). */
const isBadAddress = ({ command, responseCode }: SmtpError, answer: string): boolean => {
  if (command !== 'RCPT TO') return false;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(answer)?.[1];
  return enhanced === undefined ? REFUSED_WITHOUT_WORDS.includes(responseCode) : blamesAddress(enhanced);
};

/**
 * What a failed submission means. An answer of the server to this message is certain: refused for good or for now. Without one, it is whether the body
 * was taken that decides: a connection that broke before is `not-sent`, after is `ambiguous` (RFC 1047).
 */
export const classify = (error: unknown, bodyWasRead: boolean): SendResult => {
  const failure: SmtpError = typeof error === 'object' && error !== null ? error : {};
  const answer = String(failure.response ?? failure.message ?? 'unknown');
  const detail = answer.slice(0, 500);
  if (typeof failure.responseCode !== 'number' || !OF_THIS_MESSAGE.includes(failure.code)) return { outcome: bodyWasRead ? 'ambiguous' : 'not-sent', detail };
  if (failure.permanent !== true) return { outcome: 'deferred', detail };
  return { outcome: 'rejected', detail, isBadAddress: isBadAddress(failure, answer) };
};

/** The relay's own name of a mail, as Postfix (`queued as 4XyZ`), Exim (`id=1abc-…`) and Exchange (`[InternalId=12]`) give it. */
const QUEUE_ID = /\bqueued as ([\w.-]{4,64})|\bid=([\w.-]{6,64})|\[InternalId=(\d{1,20})/i;
const queueIdOf = (answer: string): string | undefined => QUEUE_ID.exec(answer)?.slice(1).find((id) => id !== undefined);
const taken = (answer: string): SendResult => {
  const providerId = queueIdOf(answer);
  return { outcome: 'accepted', detail: answer.slice(0, 500), ...(providerId === undefined ? {} : { providerId }) };
};

const transportOf = ({ url, maxConnections = CONNECTIONS, silenceMs = SILENCE_MS }: SmtpOptions) => {
  const transport = createTransport({
    url, pool: true, maxConnections, maxMessages: Infinity, maxRequeues: 0, maxRecipients: 1, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS,
    socketTimeout: silenceMs, disableFileAccess: true, disableUrlAccess: true,
  });
  // The library would read a raw stream ahead into a buffer of its own; given as it is, its first byte is asked for after the server's 354.
  transport.use('stream', (mail, done) => {
    const { raw } = mail.data;
    if (raw instanceof Readable) mail.message.createReadStream = () => raw;
    done();
  });
  return transport;
};

/** Mail through a pool of SMTP connections; it never repeats by itself. Reports of failure and delay are asked for where the server offers them. */
export const createSmtpMailer = (options: SmtpOptions): Mailer => {
  const transport = transportOf(options);
  const signed = createSigner(options.dkim);
  return {
    send: async ({ to, key, body }) => {
      let bodyWasRead = false;
      const raw = Readable.from((async function* () {
        const bytes = await signed(await body());
        bodyWasRead = true;
        yield bytes;
      })(), { objectMode: false });
      try {
        const reportId = options.reportId(key);
        const from = options.returnPath?.replace('*', () => reportId) ?? options.from;
        const dsn = { id: reportId, return: 'headers' as const, notify: ['failure' as const, 'delay' as const], recipient: to };
        return taken((await transport.sendMail({ envelope: { from, to: [to] }, raw, dsn })).response);
      } catch (error) {
        return classify(error, bodyWasRead);
      }
    },
    close: async () => { transport.close(); },
  };
};

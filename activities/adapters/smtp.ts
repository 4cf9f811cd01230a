import { createTransport } from 'nodemailer';
import { Readable } from 'node:stream';
import type { Mailer, SendResult } from '../ports';

export type SmtpOptions = {
  /** `smtp://host:port`, `smtps://user:password@host:port`. */
  readonly url: string;
  /** Address of the envelope's sender (RFC 5321 MAIL FROM). */
  readonly from: string;
  readonly maxConnections?: number;
  /** How long the server may be silent in the middle of a message; RFC 5321, 4.5.3.2.6 asks for ten minutes after the body. */
  readonly silenceMs?: number;
};

/** A little less than the time a `send` may take: a server that says nothing any more ends this message, not the whole batch. */
const SILENCE_MS = 8 * 60_000;
const CONNECT_MS = 30_000;
const CONNECTIONS = 40;

type SmtpError = { readonly code?: unknown; readonly responseCode?: unknown; readonly permanent?: unknown; readonly response?: unknown; readonly message?: unknown };
const OF_THIS_MESSAGE: readonly unknown[] = ['EENVELOPE', 'EMESSAGE'];

/**
 * What a failed submission means. An answer of the server is certain; without one, it is whether the body was taken that decides: a connection that
 * broke before is `not-sent`, after is `ambiguous` (RFC 1047).
 */
export const classify = (error: unknown, bodyWasRead: boolean): SendResult => {
  const { code, responseCode, permanent, response, message }: SmtpError = typeof error === 'object' && error !== null ? error : {};
  const detail = String(response ?? message ?? 'unknown').slice(0, 500);
  if (typeof responseCode === 'number' && OF_THIS_MESSAGE.includes(code)) return { outcome: permanent === true ? 'rejected' : 'not-sent', detail };
  return { outcome: bodyWasRead ? 'ambiguous' : 'not-sent', detail };
};

/** Mail through a pool of SMTP connections; it never repeats by itself. */
export const createSmtpMailer = ({ url, from, maxConnections = CONNECTIONS, silenceMs = SILENCE_MS }: SmtpOptions): Mailer => {
  const transport = createTransport({
    url, pool: true, maxConnections, maxMessages: Infinity, maxRequeues: 0, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: silenceMs, disableFileAccess: true, disableUrlAccess: true,
  });
  // The library would read a raw stream ahead into a buffer of its own; given as it is, its first byte is asked for after the server's 354.
  transport.use('stream', (mail, done) => {
    const { raw } = mail.data;
    if (raw instanceof Readable) mail.message.createReadStream = () => raw;
    done();
  });
  return {
    send: async ({ to, body }) => {
      let bodyWasRead = false;
      const raw = Readable.from((async function* () {
        const bytes = await body();
        bodyWasRead = true;
        yield bytes;
      })(), { objectMode: false });
      try {
        const info = await transport.sendMail({ envelope: { from, to: [to] }, raw });
        return { outcome: 'accepted', detail: info.response };
      } catch (error) {
        return classify(error, bodyWasRead);
      }
    },
    close: async () => { transport.close(); },
  };
};

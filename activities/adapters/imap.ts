import { type FetchMessageObject, ImapFlow } from 'imapflow';
import type { Mailbox, ReceivedMail } from '../ports';

export type ImapOptions = {
  /** `imaps://user:password@host:993/INBOX`; `imap:` asks for TLS by STARTTLS, but on loopback. */
  readonly url: string;
  /** How long the server may be silent. */
  readonly silenceMs?: number;
};

const SILENCE_MS = 20_000;
/** One look ends after this in any case: a server that answers a byte at a time never falls silent. */
const LOOK_MS = 120_000;
/** Of each mail: a report and what a person writes stand at its beginning, files behind. */
const BYTES_PER_MAIL = 256 * 1024;
const BYTES_PER_LOOK = 16 * 1024 * 1024;
const STEP = 20;
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

const clientOf = ({ url, silenceMs = SILENCE_MS }: ImapOptions): ImapFlow => {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'imaps:';
  const client = new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 993 : 143), secure,
    ...(secure || LOOPBACK.includes(hostname) ? {} : { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false, disableAutoIdle: true, connectionTimeout: silenceMs, greetingTimeout: silenceMs, socketTimeout: silenceMs,
  });
  // Without a listener an error of an idle connection would end the process; whoever waits for an answer gets it too.
  client.on('error', () => undefined);
  return client;
};
const folderOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1)) || 'INBOX';

/** UIDs after the last one, oldest first. `n:*` names the newest mail also where it is older than `n`. */
const newer = async (client: ImapFlow, last: number): Promise<readonly number[]> => {
  const found = await client.search({ uid: `${last + 1}:*` }, { uid: true });
  return (found || []).filter((uid) => uid > last).sort((a, b) => a - b);
};

const WANTED = { uid: true, internalDate: true, size: true, source: { start: 0, maxLength: BYTES_PER_MAIL } } as const;
const received = ({ uid, source = Buffer.alloc(0), internalDate, size }: FetchMessageObject): ReceivedMail => {
  const arrivedAt = internalDate === undefined ? NaN : new Date(internalDate).getTime();
  return { uid, bytes: source, ...(Number.isNaN(arrivedAt) ? {} : { arrivedAt }), ...(size === undefined ? {} : { size }) };
};

/** The mails of some UIDs in steps, until there is enough for one look; `asked`: how many UIDs that were, as mails may have been removed meanwhile. */
const fetchSome = async (client: ImapFlow, uids: readonly number[]): Promise<{ readonly mails: readonly ReceivedMail[]; readonly asked: number }> => {
  const mails: ReceivedMail[] = [];
  let [asked, size] = [0, 0];
  while (asked < uids.length && size < BYTES_PER_LOOK) {
    const step = uids.slice(asked, asked + STEP);
    const found = await client.fetchAll(step.join(','), WANTED, { uid: true });
    mails.push(...found.map(received).sort((a, b) => a.uid - b.uid));
    size = mails.reduce((sum, { bytes }) => sum + bytes.length, 0);
    asked += step.length;
  }
  return { mails, asked };
};

/** A mailbox by IMAP (RFC 9051), opened for reading only, one connection for each look. */
export const createImapMailbox = (options: ImapOptions): Mailbox => ({
  read: async (after, limit) => {
    const client = clientOf(options);
    const deadline = setTimeout(() => client.close(), LOOK_MS);
    try {
      await client.connect();
      const { uidValidity } = await client.mailboxOpen(folderOf(options.url), { readOnly: true });
      const last = after?.uidValidity === String(uidValidity) ? after.uid : 0;
      const uids = await newer(client, last);
      const { mails, asked } = await fetchSome(client, uids.slice(0, limit));
      return { uidValidity: String(uidValidity), mails, left: uids.length - asked };
    } finally {
      clearTimeout(deadline);
      await client.logout().catch(() => undefined);
      client.close();
    }
  },
});

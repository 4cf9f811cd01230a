import { ImapFlow } from 'imapflow';

const SILENCE_MS = 15_000;
const LOOK_MS = 60_000;
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

const clientOf = (url: string): ImapFlow => {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'imaps:';
  const client = new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 993 : 143), secure,
    ...(secure || LOOPBACK.includes(hostname) ? {} : { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false, disableAutoIdle: true, connectionTimeout: SILENCE_MS, greetingTimeout: SILENCE_MS, socketTimeout: SILENCE_MS,
  });
  // Without a listener an error of an idle connection would end the process; whoever waits for an answer gets it too.
  client.on('error', () => undefined);
  return client;
};

/** Whether the mail with this Message-ID is in the mailbox; where it is, it is taken out. Nothing else is touched. Throws where the mailbox cannot be read. */
export const takeFromMailbox = async (url: string, messageId: string): Promise<boolean> => {
  const client = clientOf(url);
  const deadline = setTimeout(() => client.close(), LOOK_MS);
  try {
    await client.connect();
    await client.mailboxOpen(decodeURIComponent(new URL(url).pathname.slice(1)) || 'INBOX');
    const uids = (await client.search({ header: { 'message-id': messageId } }, { uid: true })) || [];
    if (uids.length > 0) await client.messageDelete(uids.join(','), { uid: true });
    return uids.length > 0;
  } finally {
    clearTimeout(deadline);
    await client.logout().catch(() => undefined);
    client.close();
  }
};

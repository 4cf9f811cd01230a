import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { InboxStore } from './store';

/** The largest mail that is taken, attachments included. */
const MAX_BYTES = 60 * 1024 * 1024;

/** Takes every mail for every address, on loopback, without password; the 250 is given when it is on disk. */
export const startInboxSmtp = async (port: number, store: Pick<InboxStore, 'takeMail'>): Promise<{ readonly port: number; stop(): Promise<void> }> => {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], authOptional: true, disableReverseLookup: true, size: MAX_BYTES, banner: 'dondoc inbox',
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        if (stream.sizeExceeded) return callback(Object.assign(new Error('message too large'), { responseCode: 552 }));
        store.takeMail(Buffer.concat(chunks), session.envelope.rcptTo.map((r) => r.address)).then((mail) => callback(null, `kept as ${mail.id}`), (error: Error) => callback(error));
      });
    },
  });
  // A client that goes away in the middle is its own affair.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.server.address() as AddressInfo).port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
};

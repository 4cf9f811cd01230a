import { serve } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inboxApp } from './inbox/app';
import type { PublicAddresses } from '../client/web/loopback';
import type { People } from './inbox/owner';
import { createReports } from './inbox/reports';
import { startInboxSmtp } from './inbox/smtp';
import { openInboxStore } from './inbox/store';

/** Port 0 takes a free one. */
export type InboxOptions = {
  readonly dataDir: string; readonly smtpPort: number; readonly httpPort: number;
  /** Where the board shows the way of a message: `http://127.0.0.1:8080`. Left out: no links to it. */
  readonly boardUrl?: string;
  /** Where the phones report that a text message has arrived, as an operator would. Left out: they report nothing. */
  readonly receiptUrl?: string;
  /** The directory, asked for whose a mailbox is. Left out, or undefined: nobody is known. */
  readonly people?: () => Promise<People | undefined>;
} & PublicAddresses;
export type Inbox = {
  /** `http://127.0.0.1:8025`: mailboxes and phones side by side; text messages are posted to `/api/sms`. */
  readonly url: string;
  /** `smtp://127.0.0.1:1025`. */
  readonly smtpUrl: string;
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';
const closed = (server: Server): Promise<void> => new Promise((resolve) => {
  server.close(() => resolve());
  server.closeAllConnections();
});

/**
 * Takes the place of every mailbox and phone, on loopback only: what arrives stays in `dataDir` and is there again after a restart. A mail is answered with
 * 250 when it is on disk.
 */
export const startInbox = async ({ dataDir, smtpPort, httpPort, boardUrl, receiptUrl, people = async () => undefined, ...addresses }: InboxOptions): Promise<Inbox> => {
  const store = await openInboxStore(dataDir);
  const smtp = await startInboxSmtp(smtpPort, store);
  const reports = createReports(receiptUrl);
  const app = inboxApp({ store, boardUrl: boardUrl ?? null, onSms: reports.arrived, people, ...addresses });
  const server = await new Promise<Server>((resolve, reject) => {
    const started = serve({ fetch: app.fetch, hostname: HOST, port: httpPort }, () => resolve(started)) as Server;
    started.once('error', reject);
  });
  const url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  return {
    url, smtpUrl: `smtp://${HOST}:${smtp.port}`,
    stop: async () => {
      reports.stop();
      await smtp.stop();
      await closed(server);
    },
  };
};

import { serve } from '@hono/node-server';
import type { Settings } from '../../config/env';
import type { Logger } from '../../config/logging';
import type { Ledger } from '../../ledger/connect';
import { ourNow } from '../services';
import { createApp } from './app';
import type { WebDeps } from './deps';
import type { SmsReceipts } from './receipt-routes';

export type WebServer = { readonly url: string; readonly close: () => Promise<void> };
export type ServeOptions = {
  readonly ledger: Ledger; readonly port: number; readonly hostname?: string; readonly logger?: Pick<Logger, 'error' | 'warn'>;
  readonly receipts?: SmsReceipts;
} & Pick<WebDeps, 'acting' | 'publicUrl' | 'smsPublicUrl' | 'trustProxy' | 'onVisit' | 'onPress'>;

/** What a site takes receipts with; undefined without a gateway that calls back, or without a secret for it. */
export const receiptsOf = ({ sms, smsCallbackSecret }: Pick<Settings, 'sms' | 'smsCallbackSecret'>): { readonly receipts?: SmsReceipts } =>
  sms === null || smsCallbackSecret === null ? {} : { receipts: { description: sms.description, secret: smsCallbackSecret, values: sms.values } };

const LOOPBACK = '127.0.0.1';

/** Listens on loopback unless told otherwise; `url` names the real port where 0 was asked for. `close` waits for the answers under way. */
export const serveWeb = ({ ledger, port, hostname = LOOPBACK, logger, receipts, ...links }: ServeOptions): Promise<WebServer> =>
  new Promise((resolve, reject) => {
    const app = createApp({
      ...links, ledger, now: () => ourNow(ledger, Date.now()), onError: (error, route) => logger?.error({ err: error, route }, 'a page failed'),
      onUnreadReceipt: (gateway, why) => logger?.warn({ gateway, why }, 'a receipt that was not taken'), ...(receipts === undefined ? {} : { receipts }),
    });
    const server = serve({ fetch: app.fetch, port, hostname }, (info) =>
      resolve({ url: `http://${hostname}:${info.port}`, close: () => new Promise((done) => server.close(() => done())) }),
    );
    server.once('error', reject);
  });

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createHash, timingSafeEqual } from 'node:crypto';
import { readReceipts, type ReceiptRead } from '../../domain/sms-answer';
import type { SmsGatewayDescription, SmsSettings } from '../../domain/sms-gateway';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { type NewReceipt, recordReceipt } from '../../ledger/outbox';
import { isSignedBy } from './receipt-signature';

/** The gateway whose receipts are taken, and the secret in the path that it was given. */
export type SmsReceipts = {
  readonly description: Pick<SmsGatewayDescription, 'name' | 'receipt'> & Partial<Pick<SmsGatewayDescription, 'defaults'>>;
  readonly secret: string;
  /** Settings that the description's signature names, its defaults apart. */
  readonly values: SmsSettings;
};
export type ReceiptDeps = {
  readonly ledger: Ledger;
  readonly now: () => Promise<Instant>;
  /** Left out where no gateway calls back: then nothing answers there. */
  readonly receipts?: SmsReceipts;
  /** Told of callbacks that say nothing about any message, or that are not signed: a description that reads them wrongly shows here. */
  readonly onUnreadReceipt?: (gateway: string, why: 'says-nothing' | 'not-signed') => void;
};

const MAX_BODY_BYTES = 64 * 1024;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** In constant time, whatever the lengths. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** Of a name that is repeated the first value. */
const formFields = (body: string): Record<string, string> => Object.fromEntries([...new URLSearchParams(body)].reverse());
const row = (source: string) => ({ providerId, key, status, isBadAddress, said }: ReceiptRead): NewReceipt => ({
  source, status, isBadAddress, detail: said, ...(providerId === undefined ? {} : { providerId }), ...(key === undefined ? {} : { key }),
});

/**
 * Where a gateway reports what became of a message. It is the one address by which something outside may write: receipts, into a table of their own, each
 * once. Whether the message is known is never said; a wrong secret or signature looks like an address that is not there. Nothing of the path is logged.
 */
export const receiptRoutes = ({ ledger, now, receipts, onUnreadReceipt }: ReceiptDeps): Hono => {
  const app = new Hono();
  if (receipts === undefined || receipts.description.receipt === null) return app;
  const { description: { name, receipt, defaults }, secret, values } = receipts;
  const isSigned = (c: Context, body: string): boolean => {
    const { signature } = receipt;
    if (signature === null) return true;
    const signed = receipt.from === 'query' ? new URL(c.req.url).search.slice(1) : body;
    return isSignedBy(signature, { ...defaults, ...values }, { signed, header: c.req.header(signature.header) });
  };
  const take = async (c: Context): Promise<Response> => {
    const body = c.req.method === 'POST' ? await c.req.text() : '';
    if (!isSigned(c, body)) {
      onUnreadReceipt?.(name, 'not-signed');
      return c.notFound();
    }
    const read = readReceipts(receipt, { fields: receipt.from === 'form' ? formFields(body) : c.req.query(), body });
    if (read.length === 0) onUnreadReceipt?.(name, 'says-nothing');
    await recordReceipt(ledger, read.map(row(name)), await now());
    return c.text('ok');
  };
  app.on(
    ['GET', 'POST'], '/sms/receipt/:gateway/:secret',
    async (c, next) => (isSame(c.req.param('secret'), secret) && c.req.param('gateway') === name ? next() : c.notFound()),
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.text('too large', 413) }),
    take,
  );
  return app;
};

import { createHmac } from 'node:crypto';
import type { Hono } from 'hono';
import { createApp } from '../../client/web/app';
import { createLogger } from '../../config/logging';
import { readGateway } from '../../config/gateways/read';
import type { SmsGatewayDescription } from '../../domain/sms-gateway';
import type { Ledger } from '../../ledger/connect';
import { embeddedEngine } from '../support/ledger';
import { plan, furnish, notice, desk } from '../support/delivery';
import { START } from '../support/task-values';

const SECRET = 'a-secret-of-the-tests-0123456789abcdef';
const engine = embeddedEngine();
afterAll(() => engine.stop());

const described = (name: string): SmsGatewayDescription => {
  const read = readGateway(name, '/');
  if (!read.ok) throw new Error('no description');
  return read.value;
};
type Site = { readonly app: Hono; readonly ledger: Ledger; readonly unread: string[]; readonly log: () => string };
const siteWith = async (name: string, more: Partial<SmsGatewayDescription> = {}): Promise<Site> => {
  const ledger = await engine.freshLedger();
  let log = '';
  const unread: string[] = [];
  const logger = createLogger({ logLevel: 'info' }, { write: (line: string) => void (log += line) });
  const app = createApp({
    ledger, publicUrl: 'https://nv.example', now: async () => START, receipts: { description: { ...described(name), ...more }, secret: SECRET, values: { SMS_WEBHOOK_SECRET: 'khoa-ky' } },
    onError: (error, route) => logger.error({ err: error, route }, 'a page failed'), onUnreadReceipt: (gateway) => void unread.push(gateway),
  });
  return { app, ledger, unread, log: () => log };
};
const path = (name: string, more = '', secret = SECRET): string => `http://nv.example/sms/receipt/${name}/${secret}${more}`;
const receipts = (ledger: Ledger) => ledger.selectFrom('receipt').select(['source', 'provider_id', 'message', 'status', 'applied_at']).orderBy('id').execute();

/** One SMS frozen for the lead's officer, sent through a gateway that answers as told. */
type Answer = { readonly providerId?: string; readonly outcome?: 'accepted' | 'ambiguous'; readonly before?: (key: string) => Promise<void> };
const sent = async (ledger: Ledger, { before, outcome = 'accepted', ...rest }: Answer = {}): Promise<string> => {
  await furnish(ledger);
  await plan(ledger, 'CN18-01', [notice('CN18-01', { channels: ['sms'] })]);
  const send = async ({ key }: { readonly key: string }) => {
    await before?.(key);
    return { outcome, detail: 'told', ...rest };
  };
  const at = desk(ledger, 'smtp://127.0.0.1:9', { sms: { name: 'gateway', ratePerSecond: null, concurrency: 10, keyHoldsMinutes: null, send } });
  await at.freeze({ now: START });
  const { key } = await ledger.selectFrom('message').select('key').executeTakeFirstOrThrow();
  await at.send({ now: START, limit: 10 });
  return key;
};
const stateOf = async (ledger: Ledger, key: string): Promise<string> => (await ledger.selectFrom('message').select('state').where('key', '=', key).executeTakeFirstOrThrow()).state;

test('a report about a message that nobody knows is kept, answered like any other, and twice is once', async () => {
  const { app, ledger } = await siteWith('kannel');
  for (const status of [8, 1, 1]) {
    const answer = await app.request(path('kannel', `?key=unknown-key&status=${status}`));
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: 'ok' });
  }
  expect(await receipts(ledger)).toMatchObject([{ source: 'kannel', message: 'unknown-key', status: 'delayed', applied_at: null }, { status: 'delivered', applied_at: null }]);
});

test('a delivery is seen on the message, and what comes later moves nothing back', async () => {
  const { app, ledger } = await siteWith('kannel');
  const key = await sent(ledger);
  expect(await stateOf(ledger, key)).toBe('accepted');
  for (const status of [8, 1, 2, 16, 4, 1]) await app.request(path('kannel', `?key=${key}&status=${status}`));
  expect(await stateOf(ledger, key)).toBe('delivered');
});

test('a failure reported by the gateway’s own id, in JSON, bounces the message', async () => {
  const { app, ledger } = await siteWith('speedsms');
  const key = await sent(ledger, { providerId: '123456' });
  const answer = await app.request(path('speedsms'), { method: 'POST', body: JSON.stringify({ type: 'report', tranId: 123456, status: 64 }) });
  expect(answer.status).toBe(200);
  expect(await stateOf(ledger, key)).toBe('bounced');
});

test('a report that comes before the answer waits for it, by our key and by the gateway’s id', async () => {
  const kannel = await siteWith('kannel');
  const byKey = await sent(kannel.ledger, { before: async (key) => void (await kannel.app.request(path('kannel', `?key=${key}&status=1`))) });
  expect(await stateOf(kannel.ledger, byKey)).toBe('delivered');
  const esms = await siteWith('esms');
  const byId = await sent(esms.ledger, { providerId: 'd5', before: async () => void (await esms.app.request(path('esms', '?SMSID=d5&SendStatus=5&SendSuccess=0&SendFailed=1&RequestId='))) });
  expect(await stateOf(esms.ledger, byId)).toBe('bounced');
});

test('an ambiguous message is settled by its report', async () => {
  const { app, ledger } = await siteWith('kannel');
  const key = await sent(ledger, { outcome: 'ambiguous' });
  await app.request(path('kannel', `?key=${key}&status=1`));
  expect(await stateOf(ledger, key)).toBe('delivered');
});

test('a wrong secret, another gateway, no secret: an address that is not there, and nothing is written', async () => {
  const { app, ledger, log } = await siteWith('kannel');
  const query = '?key=k&status=1';
  const wrong = [path('kannel', query, `${SECRET}x`), path('kannel', query, SECRET.slice(1)), path('kannel', query, 'x'), path('esms', query), `http://nv.example/sms/receipt/kannel${query}`];
  const nowhere = await (await app.request('http://nv.example/nowhere')).text();
  for (const url of wrong) {
    const answer = await app.request(url);
    expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 404, body: nowhere });
    expect((await app.request(url, { method: 'POST', body: 'x' })).status).toBe(404);
  }
  expect(await receipts(ledger)).toEqual([]);
  expect(log()).not.toContain(SECRET);
});

const signature = { header: 'X-Signature', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=', secret: '{SMS_WEBHOOK_SECRET}' } as const;
const signedBy = (key: string, bytes: string): string => `sha256=${createHmac('sha256', key).update(bytes).digest('hex')}`;

test('where the gateway signs its receipts, only signed ones count, by query and by body', async () => {
  const kannel = described('kannel').receipt;
  const speedsms = described('speedsms').receipt;
  if (kannel === null || speedsms === null) throw new Error('no receipts');
  const byQuery = await siteWith('kannel', { receipt: { ...kannel, signature } });
  const query = 'key=unknown-key&status=1';
  for (const header of [undefined, '', 'sha256=', signedBy('khac', query), signedBy('khoa-ky', `${query}&x`)]) {
    const answer = await byQuery.app.request(path('kannel', `?${query}`), header === undefined ? {} : { headers: { 'x-signature': header } });
    expect(answer.status).toBe(404);
  }
  expect(await receipts(byQuery.ledger)).toEqual([]);
  const good = await byQuery.app.request(path('kannel', `?${query}`), { headers: { 'x-signature': signedBy('khoa-ky', query) } });
  expect([good.status, (await receipts(byQuery.ledger)).length]).toEqual([200, 1]);
  const byBody = await siteWith('speedsms', { receipt: { ...speedsms, signature } });
  const body = JSON.stringify({ type: 'report', tranId: 7, status: 0 });
  const post = (headers: Record<string, string>) => byBody.app.request(path('speedsms'), { method: 'POST', body, headers });
  expect((await post({})).status).toBe(404);
  expect((await post({ 'x-signature': signedBy('khoa-ky', body) })).status).toBe(200);
  expect(await receipts(byBody.ledger)).toHaveLength(1);
});

test('a site without a gateway or without a secret has no such address', async () => {
  const ledger = await engine.freshLedger();
  const app = createApp({ ledger, publicUrl: 'https://nv.example', now: async () => START });
  expect((await app.request(path('kannel', '?key=k&status=1'))).status).toBe(404);
});

test('garbage, too much of it, and zero bytes write nothing and break nothing', async () => {
  const { app, ledger, unread } = await siteWith('speedsms');
  const post = (body: string) => app.request(path('speedsms'), { method: 'POST', body, headers: { 'content-length': String(Buffer.byteLength(body)) } });
  for (const body of ['', '{', 'null', '[]', '"x"', '{"type":"report","status":0}', '\u0000']) expect((await post(body)).status).toBe(200);
  expect(unread).toHaveLength(7);
  expect((await post('x'.repeat(100_000))).status).toBe(413);
  expect((await post(JSON.stringify({ type: 'report', tranId: 'a\u0000b', status: 0 }))).status).toBe(200);
  expect((await receipts(ledger)).map((r) => r.provider_id)).toEqual(['ab']);
});

test('while the ledger is away the gateway is told to come again, and no log names the secret', async () => {
  const { app, ledger, log } = await siteWith('kannel');
  await ledger.destroy();
  expect((await app.request(path('kannel', '?key=k&status=1'))).status).toBeGreaterThanOrEqual(500);
  expect(log()).toContain('a page failed');
  expect(log()).not.toContain(SECRET);
});

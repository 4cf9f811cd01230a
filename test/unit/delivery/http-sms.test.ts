import { createHttpSms } from '../../../activities/adapters/http-sms';
import { readGateway } from '../../../config/gateways/read';
import type { SmsGatewayDescription } from '../../../domain/sms-gateway';
import { type Deed, type FaultyGateway, startFaultyGateway } from '../../support/faulty-gateway';

const running: FaultyGateway[] = [];
const gatewayThat = async (...deeds: readonly Deed[]): Promise<FaultyGateway> => {
  const gateway = await startFaultyGateway(deeds);
  running.push(gateway);
  return gateway;
};
afterEach(async () => { await Promise.all(running.splice(0).map((gateway) => gateway.stop())); });

const esms = ((): SmsGatewayDescription => {
  const read = readGateway('esms', '/');
  if (!read.ok) throw new Error('no description');
  return read.value;
})();
type Limits = Partial<SmsGatewayDescription['limits']>;
const adapter = (url: string, limits: Limits = {}) => createHttpSms({
  description: { ...esms, request: { ...esms.request, url }, limits: { ...esms.limits, timeoutSeconds: 5, ...limits } },
  settings: { SMS_USER: 'api-key-1', SMS_PASSWORD: 'secret-key-1', SMS_SENDER: 'SCT.TB' }, callbackUrl: null,
});
const sms = { to: '+84000000001', text: 'Nhiem vu CN18-05', key: '0123456789abcdef0123', at: 0 };
const ok = { status: 200, body: '{"CodeResult":"100","SMSID":"d5"}' } as const;

test('an accepted message gives the id of the gateway, and without a secret no receipt is asked for', async () => {
  const gateway = await gatewayThat(ok);
  expect(await adapter(gateway.url).send(sms)).toEqual({ outcome: 'accepted', detail: '200 code=100 id=d5', providerId: 'd5' });
  expect(gateway.requests).toHaveLength(1);
  expect(gateway.requests[0]).toMatch(/^POST \/send HTTP\/1\.1\r\n/);
  expect(gateway.requests[0]).toMatch(/\r\nconnection: close\r\n/i);
  expect(gateway.requests[0]).toContain('"RequestId":"0123456789abcdef0123"');
  expect(gateway.requests[0]).not.toContain('CallbackUrl');
});

test.each<[string, Deed, object]>([
  ['200 with an error inside is that error', { status: 200, body: '{"CodeResult":"99"}' }, { outcome: 'rejected', isBadAddress: true }],
  ['200 with the account empty is for later', { status: 200, body: '{"CodeResult":"103"}' }, { outcome: 'deferred' }],
  ['a repetition that the gateway knows is as good as accepted', { status: 200, body: '{"CodeResult":"124"}' }, { outcome: 'accepted' }],
  ['500 may have been taken', { status: 500, body: 'Internal Server Error' }, { outcome: 'ambiguous' }],
  ['an empty answer says nothing', { status: 200, body: '' }, { outcome: 'ambiguous' }],
  ['an answer without an end is read at its beginning alone', { status: 200, body: `{"CodeResult":"100","x":"${'x'.repeat(300_000)}` }, { outcome: 'ambiguous' }],
  ['a connection cut while the request is written may have taken it', 'drop', { outcome: 'ambiguous' }],
  ['a connection cut after the request may have taken it', 'reset', { outcome: 'ambiguous' }],
  ['an answer that breaks off is no answer, whatever it began with', 'half', { outcome: 'ambiguous' }],
  ['what is no HTTP is no answer', 'garbage', { outcome: 'ambiguous' }],
])('%s', async (_, deed, expected) => {
  const gateway = await gatewayThat(deed);
  expect(await adapter(gateway.url).send(sms)).toMatchObject(expected);
  expect(gateway.requests.length).toBeLessThanOrEqual(1);
});

test('a redirection is not followed: secrets and numbers go to nobody else', async () => {
  const other = await gatewayThat(ok);
  const gateway = await gatewayThat({ status: 307, body: '', location: other.url });
  expect(await adapter(gateway.url).send(sms)).toMatchObject({ outcome: 'ambiguous' });
  expect(other.requests).toEqual([]);
});

test('a gateway that never answers is given up after its time, and the message may have been taken', async () => {
  const gateway = await gatewayThat('stall');
  expect(await adapter(gateway.url, { timeoutSeconds: 1 }).send(sms)).toMatchObject({ outcome: 'ambiguous', detail: 'no answer: TimeoutError' });
  expect(gateway.requests).toHaveLength(1);
});

test('only where no connection stood is a message certainly not sent', async () => {
  const gone = await startFaultyGateway([ok]);
  await gone.stop();
  expect(await adapter(gone.url).send(sms)).toEqual({ outcome: 'not-sent', detail: 'no answer: ECONNREFUSED' });
  expect(await adapter(gone.url.replace('127.0.0.1', 'localhost')).send(sms)).toMatchObject({ outcome: 'not-sent' });
  expect(await adapter('http://gateway.invalid/send').send(sms)).toMatchObject({ outcome: 'not-sent' });
});

test('what the gateway would refuse for its form is refused before anything is written', async () => {
  const gateway = await gatewayThat(ok);
  const { send } = adapter(gateway.url);
  expect(await send({ ...sms, text: 'A & B' })).toEqual({ outcome: 'rejected', detail: '1 characters that the gateway does not take', isBadAddress: false });
  expect(await send({ ...sms, text: 'x'.repeat(500) })).toMatchObject({ outcome: 'rejected', isBadAddress: false });
  expect(await send({ ...sms, to: '+66000000001' })).toEqual({ outcome: 'rejected', detail: 'not a Vietnamese number', isBadAddress: true });
  expect(gateway.requests).toEqual([]);
});

test('secrets that an answer repeats are blotted out', async () => {
  const gateway = await gatewayThat({ status: 500, body: 'bad ApiKey api-key-1 / secret-key-1' });
  const { detail } = await adapter(gateway.url).send(sms);
  expect(detail).toContain('bad ApiKey *** / ***');
});

test('no more messages are under way than the gateway bears, and all leave in the end', async () => {
  const gateway = await startFaultyGateway([ok], { hold: true });
  running.push(gateway);
  const { send } = adapter(gateway.url, { concurrency: 3 });
  const all = Promise.all(Array.from({ length: 12 }, (_, i) => send({ ...sms, key: `key-${i}` })));
  const until = async (isSo: () => boolean): Promise<void> => { while (!isSo()) await new Promise((resolve) => setImmediate(resolve)); };
  await until(() => gateway.requests.length >= 3);
  // What another client asks afterwards arrives; so the rest of ours was not on its way.
  const other = adapter(gateway.url).send({ ...sms, key: 'from-elsewhere' });
  await until(() => gateway.requests.some((r) => r.includes('from-elsewhere')));
  expect(gateway.requests).toHaveLength(4);
  gateway.release();
  await other;
  expect((await all).map((r) => r.outcome)).toEqual(Array.from({ length: 12 }, () => 'accepted'));
  expect(new Set(gateway.requests.flatMap((r) => /RequestId":"key-\d+/.exec(r)?.[0] ?? [])).size).toBe(12);
});

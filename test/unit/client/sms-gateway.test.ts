import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFaultyGateway } from '../../support/faulty-gateway';
import { dondoc } from './terminal';

const folder = mkdtempSync(join(tmpdir(), 'dondoc-sms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const away = { DATABASE_URL: 'postgres://u:p@127.0.0.1:9/x', DONDOC_HOME: folder, TEMPORAL_ADDRESS: '127.0.0.1:9' };

type Check = { readonly name: string; readonly state: string; readonly detail: string; readonly remedy?: string };
const checksWith = async (env: Record<string, string>): Promise<readonly Check[]> => {
  const { checks } = (await dondoc(['doctor', '--json'], { env: { ...away, ...env } })).json() as { readonly checks: readonly Check[] };
  return checks.filter((c) => c.name.startsWith('sms'));
};

test('doctor says that without a gateway no SMS is sent, and how to set one', async () => {
  const [, gateway] = await checksWith({});
  expect(gateway).toMatchObject({ name: 'sms-gateway', state: 'warning', detail: expect.stringContaining('mọi tin nhắn bị bỏ qua'), remedy: expect.stringContaining('SMS_GATEWAY') });
});

test('doctor says whether the gateway can be reached and whether receipts come, and no secret', async () => {
  const gateway = await startFaultyGateway(['stall']);
  const env = { SMS_GATEWAY: 'kannel', SMS_URL: gateway.url, SMS_USER: 'u', SMS_PASSWORD: 'hunter2-hunter2', SMS_SENDER: 'SCT.TB' };
  expect(await checksWith(env)).toMatchObject([{ name: 'sms' }, { name: 'sms-gateway', state: 'ok' }, { name: 'sms-receipts', state: 'warning', remedy: expect.stringContaining('SMS_CALLBACK_SECRET') }]);
  await gateway.stop();
  const checks = await checksWith({ ...env, SMS_CALLBACK_SECRET: 'hunter3-hunter3-hunter3-hunter3-hunter3' });
  expect(checks).toMatchObject([{ name: 'sms' }, { name: 'sms-gateway', state: 'failed' }, { name: 'sms-receipts', state: 'ok' }]);
  expect(JSON.stringify(checks)).not.toContain('hunter');
});

test('doctor counts the texts that the operator has no number for', async () => {
  const source = readFileSync(join(__dirname, '..', '..', '..', 'config', 'gateways', 'vnpt.yaml'), 'utf8');
  const path = join(folder, 'vnpt.yaml');
  writeFileSync(path, source.replace('templates: {}', 'templates: { due-today: "386872" }'));
  const env = { SMS_GATEWAY: path, SMS_URL: 'http://127.0.0.1:9/', SMS_USER: 'u', SMS_API_USER: 'a', SMS_PASSWORD: 'p', SMS_SENDER: '1', SMS_CONTRACT: '2', SMS_AGENT: '3' };
  const templates = (await checksWith(env)).find((c) => c.name === 'sms-templates');
  expect(templates).toMatchObject({ state: 'warning', detail: expect.stringMatching(/^\d+ mẫu chưa có mã của nhà mạng/) });
});

test('the texts to be registered are listed with their values and an example, at most 80 columns wide', async () => {
  const argv = ['outbox', 'texts', '--prefix', 'SCT TB'];
  const env = { PUBLIC_URL: 'https://nv.example' };
  const listed = (await dondoc([...argv, '--json'], { env })).json() as readonly { readonly id: string; readonly text: string; readonly parameters: readonly string[]; readonly example: string }[];
  expect(listed.find((t) => t.id === 'due-today')).toMatchObject({
    text: 'SCT TB: Nhiem vu {1} ({2} chu tri) den han HOM NAY {3}. De nghi trinh ket qua hoac de nghi gia han: https://nv.example/t/{4}', parameters: ['nv', 'dv', 'han', 'link'],
  });
  expect(listed.every((t) => t.example.length <= 160)).toBe(true);
  const { out } = await dondoc(argv, { env });
  expect(out).toContain('undelivered-mail');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

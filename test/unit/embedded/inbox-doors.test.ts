import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedSms } from '../../../activities/adapters/embedded-sms';
import { type Inbox, startInbox } from '../../../embedded/inbox';
import { rawRequest } from '../../support/raw-http';

const dataDir = mkdtempSync(join(tmpdir(), 'dondoc-inbox-'));
let inbox: Inbox;
const start = async (more: { readonly publicUrl?: string; readonly smsPublicUrl?: string } = {}): Promise<void> => {
  inbox = await startInbox({ dataDir, smtpPort: 0, httpPort: 0, ...more });
};
afterEach(() => inbox.stop());
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const port = (): number => Number(new URL(inbox.url).port);
const here = (): string => `Host: 127.0.0.1:${port()}`;
const sms = (key: string) => ({ to: '+84000000001', text: 'Ma xac nhan 000000', key, at: Date.UTC(2018, 9, 22, 1) });
const TYPE = 'Content-Type: application/json';
const PAGES = ['/', '/?mailbox=a@b.example', '/api/mails', '/api/sms', '/mails/000001/raw', '/style.css'];
const put = async (key: string, headers: readonly string[]): Promise<number> =>
  (await rawRequest(port(), '/api/sms', { method: 'POST', headers, body: JSON.stringify(sms(key)) })).status;
const keys = async (): Promise<readonly string[]> =>
  (JSON.parse(await (await fetch(`${inbox.url}/api/sms`)).text()) as { readonly key: string }[]).map((t) => t.key);

test.each([
  ['a page that points its own name here', ['Host: nv.example']],
  ['a proxy', ['Host: 127.0.0.1', 'X-Forwarded-For: 192.0.2.7']],
  ['a proxy that says Via', ['Host: 127.0.0.1', 'Via: 1.1 p']],
])('%s reads no mailbox and no phone, and puts nothing there', async (_who, headers) => {
  await start();
  for (const path of PAGES) expect([path, (await rawRequest(port(), path, { headers })).status]).toEqual([path, 404]);
  expect(await put('k-1', [...headers, TYPE])).toBe(404);
  expect(await keys()).toEqual([]);
});

test.each([
  ['a form', ['Content-Type: application/x-www-form-urlencoded']],
  ['plain text', ['Content-Type: text/plain']],
  ['no type', []],
  ['JSON of another origin', [TYPE, 'Origin: https://attacker.example']],
  ['JSON of no origin', [TYPE, 'Origin: null']],
  ['JSON of another port here', [TYPE, 'Origin: http://127.0.0.1:1']],
  ['JSON that a browser says is from another site', [TYPE, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors']],
  ['of the same machine', [TYPE, 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors']],
])('a page elsewhere that posts %s puts nothing on a phone', async (_what, headers) => {
  await start();
  expect(await put('k-2', [here(), ...headers])).toBeGreaterThanOrEqual(400);
  expect(await keys()).toEqual([]);
});

test('a page elsewhere gets no JSON, and may be followed to the inbox by a person', async () => {
  await start();
  const asked = (dest: string, mode: string) =>
    rawRequest(port(), '/', {
      headers: [here(), 'Sec-Fetch-Site: cross-site', `Sec-Fetch-Mode: ${mode}`, `Sec-Fetch-Dest: ${dest}`],
    });
  expect([
    (await asked('script', 'no-cors')).status,
    (await asked('iframe', 'navigate')).status,
    (await asked('document', 'navigate')).status,
  ]).toEqual([404, 404, 200]);
});

test('a browser that is made to post to the port of mails leaves no mail there', async () => {
  await start();
  const lines = [
    'POST / HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: text/plain',
    '',
    'EHLO x',
    'MAIL FROM:<a@b.example>',
    'RCPT TO:<c@d.example>',
    'DATA',
    'Subject: x',
    '',
    'x',
    '.',
    'QUIT',
    '',
  ];
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(inbox.smtpUrl).port), '127.0.0.1', () => socket.write(lines.join('\r\n')));
    socket
      .on('data', () => undefined)
      .once('error', () => undefined)
      .once('close', () => resolve());
  });
  expect(JSON.parse(await (await fetch(`${inbox.url}/api/mails`)).text())).toEqual([]);
});

test('where the site has a public address nobody reads there, and the worker still hands text messages over', async () => {
  for (const addresses of [{ publicUrl: 'https://nv.example' }, { smsPublicUrl: 'https://nv.example' }]) {
    await start(addresses);
    for (const path of PAGES)
      expect([path, (await rawRequest(port(), path, { headers: [here()] })).status]).toEqual([path, 404]);
    expect((await createEmbeddedSms({ url: inbox.url }).send(sms('k-3'))).outcome).toBe('accepted');
    await inbox.stop();
  }
  await start();
  expect(await keys()).toEqual(['k-3']);
});

import { serveWeb, type WebServer } from '../../../client/web/serve';
import type { Ledger } from '../../../ledger/connect';
import { embeddedEngine } from '../../support/ledger';
import { rawRequest } from '../../support/raw-http';
import { fillLedger, SECRETS } from './sample-ledger';

const engine = embeddedEngine();
let ledger: Ledger;
const servers: WebServer[] = [];
const portOf = async (addresses: { readonly publicUrl?: string; readonly smsPublicUrl?: string } = {}): Promise<number> => {
  const server = await serveWeb({ ledger, port: 0, ...addresses });
  servers.push(server);
  return Number(new URL(server.url).port);
};
beforeAll(async () => {
  ledger = await engine.freshLedger();
  await fillLedger(ledger);
}, 60_000);
afterAll(async () => {
  await Promise.all(servers.map((s) => s.close()));
  await engine.stop();
});

/** Everything that holds more than one link opens. */
const LISTS = [
  '/', '/?lead=tb-skhdt', '/tasks/CN18-05', '/tasks/CN18-05/van-ban/L3', '/outbox', '/outbox?state=failed', '/outbox/m-1', '/outbox/m-1/html', '/undelivered',
];
const statuses = async (port: number, headers: readonly string[], version: '1.0' | '1.1' = '1.1'): Promise<readonly number[]> =>
  Promise.all(LISTS.map(async (path) => (await rawRequest(port, path, { headers, version })).status));
const SHUT = LISTS.map(() => 404);

describe('the board and the lists', () => {
  it('open on this machine where the site has no public address', async () => {
    const port = await portOf({ publicUrl: 'http://127.0.0.1:8080' });
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'LOCALHOST', '[::1]:8080']) {
      expect((await rawRequest(port, '/outbox', { headers: [`Host: ${host}`] })).status).toBe(200);
    }
  });

  it.each([
    ['PUBLIC_URL', { publicUrl: 'https://nv.example' }], ['SMS_PUBLIC_URL', { publicUrl: 'http://127.0.0.1:8080', smsPublicUrl: 'https://nv.example' }],
    ['an address in the office', { publicUrl: 'http://10.0.0.7:8080' }], ['a name that begins like this machine', { publicUrl: 'http://localhost.nv.example' }],
  ])('are shut to a bare proxy, whatever it passes on, where %s is not this machine', async (_which, addresses) => {
    const port = await portOf(addresses);
    expect(await statuses(port, [`Host: 127.0.0.1:${port}`])).toEqual(SHUT);
    expect((await rawRequest(port, `/t/${SECRETS.task}`, { headers: [`Host: 127.0.0.1:${port}`] })).status).toBe(200);
  });

  it.each([
    'X-Forwarded-For: 192.0.2.7', 'x-forwarded-for:', 'X-Forwarded-Host: nv.example', 'X-Forwarded-Proto: https', 'X-Forwarded: yes',
    'Forwarded: for=192.0.2.7', 'Via: 1.1 proxy', 'X-Real-IP: 192.0.2.7', 'CF-Connecting-IP: 192.0.2.7', 'CF-Ray: 1', 'True-Client-IP: 192.0.2.7',
    'X-Client-IP: 192.0.2.7', 'X-Original-URL: /', 'X-Envoy-External-Address: 192.0.2.7', 'X-Amzn-Trace-Id: Root=1', 'Proxy-Connection: close',
  ])('are shut to what somebody passed on: %s', async (header) => {
    const port = await portOf();
    expect(await statuses(port, [`Host: 127.0.0.1:${port}`, header])).toEqual(SHUT);
  });

  it('are shut to what a page of another site has a browser load, and open to a person who follows a link', async () => {
    const port = await portOf();
    const from = (site: string, dest: string, mode: string): Promise<readonly number[]> =>
      statuses(port, [`Host: 127.0.0.1:${port}`, `Sec-Fetch-Site: ${site}`, `Sec-Fetch-Dest: ${dest}`, `Sec-Fetch-Mode: ${mode}`]);
    expect(await from('cross-site', 'iframe', 'navigate')).toEqual(SHUT);
    expect(await from('same-site', 'empty', 'cors')).toEqual(SHUT);
    expect((await from('cross-site', 'document', 'navigate'))[0]).toBe(200);
    expect((await from('none', 'document', 'navigate'))[0]).toBe(200);
    expect((await rawRequest(port, '/', { headers: [`Host: 127.0.0.1:${port}`, 'Origin: https://attacker.example'] })).status).toBe(404);
  });

  it('are shut to another Host, to two of them, to none, and to HTTP/1.0, which proxies speak and browsers do not', async () => {
    const port = await portOf();
    const here = `Host: 127.0.0.1:${port}`;
    for (const headers of [['Host: nv.example'], ['Host: 127.0.0.1.nv.example'], ['Host: 127.0.0.1@nv.example'], ['Host: localhost.'], ['Host: 0.0.0.0']]) {
      expect((await statuses(port, headers)).every((status) => status >= 400)).toBe(true);
    }
    expect((await statuses(port, [here, 'Host: nv.example'])).every((status) => status >= 400)).toBe(true);
    expect((await statuses(port, ['Host: nv.example', here])).every((status) => status >= 400)).toBe(true);
    expect(await statuses(port, [], '1.0')).toEqual(SHUT);
    expect(await statuses(port, [here], '1.0')).toEqual(SHUT);
    expect((await rawRequest(port, 'http://nv.example/outbox', { headers: ['Host: nv.example'] })).status).toBeGreaterThanOrEqual(400);
  });
});

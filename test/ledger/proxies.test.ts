import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doorsChecks } from '../../client/cli/doors-check';
import { serveWeb, type WebServer } from '../../client/web/serve';
import { readSettings } from '../../config/env';
import type { Ledger } from '../../ledger/connect';
import { freePort } from '../../embedded/free-port';
import { embeddedEngine } from '../support/ledger';
import { documentedBlock, hasProxy, type Proxy, PROXIES } from '../support/proxies';
import { rawRequest } from '../support/raw-http';
import { fillLedger, SECRETS } from '../unit/client/sample-ledger';

const KEY = 'a secret of the tests, at least 32 characters long';
const BARE = 'server { listen 443 ssl; location / { proxy_pass http://127.0.0.1:8080; } }';
const LISTS = ['/', '/outbox', '/outbox/m-1', '/undelivered', '/tasks/CN18-05'];
const KINDS = ['nginx', 'caddy'] as const;
for (const kind of KINDS) {
  if (!hasProxy(kind)) process.stderr.write(`SKIPPED through ${kind}: it is not installed here; the doors were tried without that proxy.\n`);
}

const engine = embeddedEngine();
const home = mkdtempSync(join(tmpdir(), 'dondoc-home-'));
let ledger: Ledger;
const running: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  ledger = await engine.freshLedger();
  await fillLedger(ledger);
}, 60_000);
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
afterAll(async () => {
  await engine.stop();
  rmSync(home, { recursive: true, force: true });
});

const acting = { key: KEY, keyId: 'k1', hasSms: false, temporal: () => Promise.reject(new Error('there is none')) };
const web = async (more: Partial<Parameters<typeof serveWeb>[0]>): Promise<WebServer & { readonly port: number }> => {
  const server = await serveWeb({ ledger, port: 0, acting, ...more });
  running.unshift({ stop: server.close });
  return { ...server, port: Number(new URL(server.url).port) };
};
const proxied = async (kind: (typeof KINDS)[number], block: string, port: number): Promise<Proxy> => {
  const proxy = await PROXIES[kind].start(block, port);
  running.unshift(proxy);
  return proxy;
};
/** `0.0.0.0` leads here too, and is no name of this machine: a public address without any DNS. */
const findings = async (publicUrl: string, trustProxy: 'yes' | 'no'): Promise<Record<string, string>> => {
  const settings = { ...readSettings({ DONDOC_HOME: home, DONDOC_LINK_SECRET: KEY, TRUST_PROXY: trustProxy }), publicUrl };
  const checks = await doorsChecks({ ledger: async () => ledger }, settings);
  return Object.fromEntries(checks.map((c) => [c.name, `${c.state}: ${c.detail}`]));
};

describe.each(KINDS)('through a real %s', (kind) => {
  const there = hasProxy(kind) ? test : test.skip;
  const language = kind === 'nginx' ? 'nginx' as const : 'caddyfile' as const;

  there('by the block of docs/security.md links open from outside, and neither board nor lists', async () => {
    const { port } = await web({ publicUrl: 'https://nv.example', trustProxy: true });
    const proxy = await proxied(kind, documentedBlock(language), port);
    const headers = ['Host: nv.example'];
    for (const path of LISTS) expect([path, (await rawRequest(proxy.port, path, { headers })).status]).toEqual([path, 404]);
    const page = await rawRequest(proxy.port, `/t/${SECRETS.task}`, { headers });
    expect([page.status, page.body.includes('CN18-05')]).toEqual([200, true]);
    expect(proxy.log()).not.toContain(SECRETS.task);
  });

  there('by that block everybody is counted alone, whatever they write of themselves', async () => {
    const { port } = await web({ publicUrl: 'https://nv.example', trustProxy: true });
    const proxy = await proxied(kind, documentedBlock(language), port);
    const miss = async (forwarded: string) =>
      (await rawRequest(proxy.port, `/t/${'2'.repeat(12)}`, { headers: ['Host: nv.example', `X-Forwarded-For: ${forwarded}`] })).status;
    const all: number[] = [];
    for (let n = 0; n < 21; n += 1) all.push(await miss(`203.0.113.${n}`));
    expect(all.slice(0, 20)).toEqual(Array<number>(20).fill(404));
    expect(await miss('203.0.113.200')).toBe(429);
    await ledger.deleteFrom('tally').execute();
  });
});

const withNginx = hasProxy('nginx') ? test : test.skip;
withNginx('a bare proxy_pass opens nothing where the site has a public address, and nothing where it has none', async () => {
  for (const publicUrl of ['https://nv.example', undefined]) {
    const { port } = await web(publicUrl === undefined ? {} : { publicUrl });
    const proxy = await proxied('nginx', BARE, port);
    for (const path of LISTS) expect([path, (await rawRequest(proxy.port, path, { headers: ['Host: nv.example'] })).status]).toEqual([path, 404]);
  }
});

describe('the doctor', () => {
  withNginx('finds nothing behind the documented block', async () => {
    const { port } = await web({ publicUrl: 'https://nv.example', trustProxy: true });
    const proxy = await proxied('nginx', documentedBlock('nginx').replace('server_name nv.example', 'server_name _'), port);
    expect(await findings(`http://0.0.0.0:${proxy.port}`, 'yes')).toEqual({
      board: expect.stringMatching(/^ok: /), proxy: expect.stringMatching(/^ok: /),
    });
  });

  withNginx('names a proxy that does not say whose request it is, and one that lets others say it', async () => {
    const { port } = await web({ publicUrl: 'https://nv.example', trustProxy: true });
    const silent = await proxied('nginx', BARE.replace('location / {', 'location / { proxy_set_header X-Forwarded-For "";'), port);
    const at = (proxy: Proxy): string => `http://0.0.0.0:${proxy.port}`;
    expect((await findings(at(silent), 'yes'))['proxy']).toMatch(/^failed: proxy không ghi X-Forwarded-For/);
    const bare = await proxied('nginx', BARE, port);
    expect((await findings(at(bare), 'yes'))['proxy']).toMatch(/^failed: proxy chuyển nguyên/);
    expect((await findings(at(bare), 'no'))['proxy']).toMatch(/^failed: .*TRUST_PROXY=no/);
  });

  test('names what the public address opens, and an address that nobody answers', async () => {
    const open = await new Promise<Server>((resolve) => {
      const server = createServer((request, response) => response.end(request.url === '/healthz' ? '{"ok":true}' : 'bảng')).listen(0, '127.0.0.1', () => resolve(server));
    });
    running.unshift({ stop: () => new Promise((resolve) => { open.close(() => resolve()); open.closeAllConnections(); }) });
    const at = `http://0.0.0.0:${(open.address() as AddressInfo).port}`;
    expect((await findings(at, 'yes'))['board']).toMatch(/^failed: .*: \/, \/outbox, \/undelivered, \/metrics$/);
    expect(await findings(`http://0.0.0.0:${await freePort()}`, 'yes')).toEqual({ 'public-url': expect.stringMatching(/^warning: .*ECONNREFUSED/) });
    expect(await findings('http://127.0.0.1:8080', 'no')).toEqual({ board: expect.stringMatching(/^ok: chỉ mở trên máy này/) });
  });
});

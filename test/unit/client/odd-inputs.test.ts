import type { Hono } from 'hono';
import { createApp } from '../../../client/web/app';
import type { Ledger } from '../../../ledger/connect';
import { embeddedEngine } from '../../support/ledger';
import { type LinkOffice, openLinkOffice } from '../../support/link-office';

const engine = embeddedEngine();
let ledger: Ledger;
let office: LinkOffice;
/** The same pages as a person at this machine sees them, board and outbox among them. */
let local: Hono;
const failed: string[] = [];
beforeAll(async () => {
  ledger = await engine.freshLedger();
  office = await openLinkOffice(ledger);
  const onError = (error: unknown, route: string): void => void failed.push(`${route}: ${String(error)}`);
  local = createApp({
    ledger,
    now: async () => office.now,
    acting: { key: 'k'.repeat(40), keyId: 'k1', hasSms: true, temporal: async () => office.temporal.client },
    onError,
  });
}, 60_000);
afterAll(() => engine.stop());

const NUL = 'a%00b';
const IN_PATH = [NUL, '1e30', '99999999999999999999', '-1', 'NaN', '%ff%fe', '%ED%A0%80', '..%2f..', 'x'.repeat(5_000)];
const IN_QUERY = [NUL, '1e30', '99999999999999999999', '-1', '%ff%fe'];
const QUERY = ['page', 'state', 'lead', 'lang'];
const at = (path: string, init: RequestInit = {}) =>
  local.request(
    `http://127.0.0.1:8080${path}`,
    { ...init, headers: { host: '127.0.0.1:8080', ...init.headers } },
    { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
  );
/** Something that is there, for every part of an address. */
const REAL: Readonly<Record<string, string>> = {
  task: 'CN18-05',
  id: 'CN18-05',
  key: 'm-1',
  letter: '1',
  rung: 'L3',
  no: '1',
  press: 'x',
  file: 'x',
  gateway: 'g',
  secret: 's',
};

type Route = { readonly method: string; readonly path: string };
const routes = (): readonly Route[] => {
  const all = local.routes.filter(({ method, path }) => (method === 'GET' || method === 'POST') && !path.includes('*'));
  return [...new Map(all.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()];
};
const partsOf = (path: string): readonly string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
/** The address of a route with one part replaced. */
const addressOf = (path: string, token: string, [part, odd]: readonly [string, string]): string =>
  path.replace(/:(\w+)/g, (_, name: string) => (name === part ? odd : name === 'token' ? token : (REAL[name] ?? 'x')));

test('whatever stands in a part or the query of an address, no page fails, and a NUL finds nothing', async () => {
  const links = [await office.link('tb-sct/officer', null), await office.link('tb-skhdt/officer', 'CN18-05')].map(
    (path) => path.slice('/t/'.length),
  );
  expect(routes().map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/outbox', '/tasks/:id', '/t/:token/viec/:task', '/t/:token/tep/:file']),
  );
  for (const { method, path } of routes()) {
    const parts = [
      ...partsOf(path).map((name) => [name, 'path'] as const),
      ...QUERY.map((name) => [name, 'query'] as const),
    ];
    for (const token of path.includes(':token') ? links : ['']) {
      for (const [name, where] of parts) {
        for (const odd of where === 'path' ? IN_PATH : IN_QUERY) {
          const asked = addressOf(path, token, where === 'path' ? [name, odd] : ['', '']);
          const { status } = await at(where === 'path' ? asked : `${asked}?${name}=${odd}`, { method });
          const isProper = odd === NUL && method === 'GET' ? [400, 404].includes(status) : status < 500;
          if (!isProper) failed.push(`${method} ${path} ${name}=${odd.slice(0, 30)}: ${status}`);
        }
      }
    }
  }
  expect(failed.splice(0)).toEqual([]);
}, 120_000);

test('whatever stands in any input of any form, no page fails, and a NUL is refused as such', async () => {
  for (const [position, task] of [
    ['tb-skhdt/leader', 'CN18-05'],
    ['tb-sct/officer', null],
  ] as const) {
    const path = await office.link(position, task);
    const page = await (await at(path)).text();
    const forms = [...page.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].filter(
      ([form]) => !form.includes('multipart/'),
    );
    expect(forms.length).toBeGreaterThan(0);
    for (const [, to = '', inner = ''] of forms) {
      const hidden = [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value] as const,
      );
      const names = [...new Set([...inner.matchAll(/ name="([^"]+)"/g)].map(([, name = '']) => name))];
      for (const name of [...names, 'codeId', 'code', 'person', 'choice']) {
        for (const odd of [NUL, '1e30', '%E2%80%8B']) {
          const fields = [
            ...hidden.filter(([n]) => n !== name).map(([n, v]) => `${n}=${encodeURIComponent(v)}`),
            'ok=yes',
            `${name}=${odd}`,
          ];
          const { status } = await at(to, {
            method: 'POST',
            body: fields.join('&'),
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
          });
          if (odd === NUL ? status !== 400 : status >= 500 && status !== 503)
            failed.push(`${to.replace(/\/t\/\w+/, '')} ${name}=${odd.slice(0, 30)}: ${status}`);
        }
      }
    }
  }
  expect(failed.splice(0)).toEqual([]);
}, 120_000);

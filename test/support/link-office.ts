import type { Hono } from 'hono';
import { createApp } from '../../client/web/app';
import type { WebDeps } from '../../client/web/deps';
import { inputsOf } from '../../client/web/link/form-fields';
import { ACT_FORMS } from '../../client/web/link/forms';
import type { Act } from '../../domain/acts';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import type { Position } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import { loadCalendarYears } from '../../ledger/calendar';
import type { Ledger } from '../../ledger/connect';
import { insertLinks } from '../../ledger/links';
import { hashSecret, mintCode, mintSecret } from '../../links';
import { fillLedger, NOW } from '../unit/client/sample-ledger';
import { type FakeTemporal, fakeTemporal } from './fake-temporal';

const KEY = 'a secret of the tests, at least 32 characters long';
export const HOST = 'nv.example';
export type Page = { readonly status: number; readonly html: string; readonly text: string; readonly headers: Headers };
export type LinkOffice = {
  readonly ledger: Ledger; readonly temporal: FakeTemporal; readonly app: Hono;
  /** Real time as the pages see it, and the day of the plans. */
  real: Instant; now: Instant;
  readonly link: (position: Position, task: string | null, more?: { readonly createdAt?: Instant; readonly kind?: 'email' | 'sms'; readonly person?: string }) => Promise<string>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Page>;
  readonly post: (path: string, fields: Readonly<Record<string, string>>, headers?: Record<string, string>) => Promise<Page>;
  /** The hidden inputs of the form of an act on a page. */
  readonly formOf: (page: Page, act: string) => Record<string, string>;
  /** Opens a link and posts the form of an act with these inputs, ticked. */
  readonly press: (path: string, act: Act, typed?: Readonly<Record<string, string>>) => Promise<Page>;
  /** The code that the last page asks for, as the phone shows it. */
  readonly codeFor: (page: Page) => string;
};

const peer = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });
const unescaped = (text: string): string =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
const hiddenOf = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [unescaped(name), unescaped(value)])
  );

/** The hidden inputs of the form of an act on a page. */
export const formOf = ({ html }: Pick<Page, 'html'>, act: string): Record<string, string> =>
  hiddenOf(html.slice(html.indexOf(`id="act-${act}"`)).split('</form>')[0] ?? '');

/** The real plan on 02/01/2020 behind links, decided by the rules; Temporal is a stand-in that can be taken away. */
export const openLinkOffice = async (ledger: Ledger, more: Partial<WebDeps> = {}): Promise<LinkOffice> => {
  await loadCalendarYears(ledger, SHIPPED_CALENDAR.years);
  await fillLedger(ledger);
  const clock: { real: Instant; now: Instant } = { real: Date.UTC(2026, 0, 5), now: NOW };
  const temporal = fakeTemporal(ledger, () => clock.now);
  const app = createApp({
    ledger, publicUrl: 'https://nv.example', now: async () => clock.now, realNow: () => clock.real, acting: {
      key: KEY, keyId: 'k1', hasSms: true, temporal: async () => temporal.client,
    }, ...more,
  });
  const ask = async (path: string, init: RequestInit): Promise<Page> => {
    const answer = await app.request(`https://${HOST}${path}`, init, peer('192.0.2.7'));
    const html = await answer.text();
    return { status: answer.status, html, text: unescaped(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' '), headers: answer.headers };
  };
  let links = 0;
  const office: LinkOffice = {
    ledger, temporal, app,
    get real() { return clock.real; }, set real(at) { clock.real = at; }, get now() { return clock.now; }, set now(at) { clock.now = at; },
    link: async (position, task, { createdAt = NOW, kind = 'email', person } = {}) => {
      const id = `link-${(links += 1)}`;
      const secret = mintSecret({ key: KEY, keyId: 'k1', linkId: id, kind });
      await insertLinks(
        ledger,
        [
          {
            id, hash: hashSecret(secret), keyId: 'k1', kind: task === null ? 'page' : 'step', slot: id, message: null, notice: null, position, person: person ?? null,
            task, step: null, version: null, expiresOn: '2020-04-01',
          },
        ],
        createdAt
      );
      return `/t/${secret}`;
    },
    get: (path, headers = {}) => ask(path, { headers: { host: HOST, ...headers } }),
    post: (path, fields, headers = {}) => ask(
      path,
      { method: 'POST', body: new URLSearchParams(fields).toString(), headers: { host: HOST, 'content-type': 'application/x-www-form-urlencoded', ...headers } }
    ),
    formOf,
    press: async (path, act, typed = {}) => {
      const page = await office.get(path);
      return office.post(path, { ...formOf(page, act), ok: 'yes', ...typed });
    },
    codeFor: (page) => mintCode({ key: KEY, codeId: hiddenOf(page.html)['codeId'] ?? '' }),
  };
  return office;
};
export const hiddenFields = (page: Pick<Page, 'html'>): Record<string, string> => hiddenOf(page.html);

/** Something acceptable in every input of an act's form. */
export const filledIn = (act: Act): Record<string, string> => Object.fromEntries((ACT_FORMS[act]?.fields ?? [])
  .flatMap((field) => inputsOf(field).map((input): [string, string] => {
  if (input.endsWith('Number')) return [input, '15/UBND'];
  if (field.type === 'document' || field.type === 'date') return [input, field.type === 'document' ? '2020-01-02' : '2020-01-20'];
  if (field.type === 'number') return [input, '50'];
  if (field.from !== undefined) return [input, field.from === 'unit' ? 'tb-stc' : ''];
  return [input, field.choices?.[0]?.[0] ?? (field.name === 'milestone' ? '' : 'Nội dung đã nhập')];
})));

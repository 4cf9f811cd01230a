import { ACTS } from '../../../domain/acts';
import { inputsOf } from '../../../client/web/link/form-fields';
import { ACT_FORMS } from '../../../client/web/link/forms';
import type { Ledger } from '../../../ledger/connect';
import { embeddedEngine } from '../../support/ledger';
import { hiddenFields, HOST, type LinkOffice, openLinkOffice, type Page } from '../../support/link-office';

const engine = embeddedEngine();
let ledger: Ledger;
let office: LinkOffice;
beforeAll(async () => {
  ledger = await engine.freshLedger();
  office = await openLinkOffice(ledger);
}, 60_000);
afterAll(() => engine.stop());

/** Everything that a refused request must leave alone. */
const nothingChanged = async (work: () => Promise<void>): Promise<void> => {
  const counts = async () => Promise.all((['event', 'text', 'press', 'one_time_code', 'task_file', 'web_session', 'notice'] as const).map(async (t) =>
    [t, Number((await ledger.selectFrom(t).select((e) => e.fn.countAll().as('n')).executeTakeFirstOrThrow()).n)]));
  const before = await counts();
  await work();
  expect(await counts()).toEqual(before);
  expect(office.temporal.commands).toEqual([]);
};
const officer = () => office.link('tb-skhdt/officer', 'CN18-05');
const form = async (path: string, act: string): Promise<Record<string, string>> => office.formOf(await office.get(path), act);
const report = { text: 'Đang lấy ý kiến', ok: 'yes' };

/** Every form of a page as it is served: where it goes and what a robot would send. */
const served = (page: Page): readonly { readonly to: string; readonly fields: Record<string, string> }[] =>
  [...page.html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)]
    .map(([, to = '', inner = '']) => ({ to, fields: hiddenFields({ ...page, html: inner }) }));

describe('robots', () => {
  it('that ask for the head, open, and submit every form as it was served change nothing', () => nothingChanged(async () => {
    for (const [position, task] of [
      ['tb-skhdt/officer', 'CN18-05'], ['tb-skhdt/leader', 'CN18-05'], ['tb-sct/leader', 'CN18-05'], ['tb-sct/officer', null], ['tb-vp/officer', 'CN18-05'],
    ] as const) {
      const path = await office.link(position, task);
      expect((await office.app.request(`https://${HOST}${path}`, { method: 'HEAD' })).status).toBe(200);
      const page = await office.get(path);
      expect(page.status).toBe(200);
      expect(page.html).not.toContain('<script');
      const forms = served(page);
      expect(forms.length).toBeGreaterThan(0);
      for (const { to, fields } of forms) {
        for (const sent of [fields, {}]) expect((await office.post(to, sent)).status).toBeGreaterThanOrEqual(400);
      }
    }
  }));
  it('every form has something that must be chosen or typed', () => {
    for (const act of ACTS) expect({ act, hasForm: ACT_FORMS[act] !== undefined }).toEqual({ act, hasForm: true });
  });
});

describe('what was not sent from the page itself', () => {
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the same domain', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://attacker.example' }],
  ])('by %s is refused', (_who, headers) => nothingChanged(async () => {
    const path = await officer();
    const answer = await office.post(path, { ...(await form(path, 'report-progress')), ...report }, headers);
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('chưa ghi nhận gì') });
  }));
  it('with the press of another page, of another act, of another link, or a made-up one is refused and kept', () => nothingChanged(async () => {
    const [path, other, leader] = [await officer(), await officer(), await office.link('tb-skhdt/leader', 'CN18-05')];
    const mine = await form(path, 'report-progress');
    const others = [await form(other, 'report-progress'), await form(leader, 'submit'), await form(path, 'prepare')].map((fields) => fields['press']);
    for (const press of [...others, `${'A'.repeat(24)}.${'B'.repeat(26)}`, '', 'x']) {
      const answer = await office.post(path, { ...mine, press: press ?? '', ...report });
      expect(answer.status).toBe(409);
      expect(answer.html).toContain(report.text);
    }
  }));
  it('in another form, in other letters, or a megabyte of it is refused by name', () => nothingChanged(async () => {
    const path = await officer();
    const fields = new URLSearchParams({ ...(await form(path, 'report-progress')), ...report }).toString();
    const send = (body: string | Uint8Array<ArrayBuffer>, type = 'application/x-www-form-urlencoded') =>
      office.app.request(`https://${HOST}${path}`, { method: 'POST', body, headers: { host: HOST, 'content-type': type } });
    expect((await send(fields, 'application/json')).status).toBe(415);
    expect((await send(`${fields}&text=%C3%28`)).status).toBe(400);
    expect((await send(new Uint8Array([...Buffer.from(`${fields}&text=`), 0xff, 0xfe]))).status).toBe(400);
    const big = await send(`${fields}&text=${'x'.repeat(1024 * 1024)}`);
    expect(big.status).toBe(413);
    expect(await big.text()).toContain('quá dài');
  }));
});

describe('what cannot be', () => {
  it.each([
    ['a text that is too long', { text: 'x'.repeat(5001) }, 'text'],
    ['a date that is not there', { commitTo: '2020-02-30' }, 'commitTo'],
    ['a date in words', { commitTo: 'mai' }, 'commitTo'],
    ['more than all', { percent: '101' }, 'percent'],
  ])('%s is said beside its field, and the rest is kept', (_what, typed, field) => nothingChanged(async () => {
    const path = await officer();
    const answer = await office.post(path, { ...(await form(path, 'report-progress')), ...report, ...typed });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(`id="report-progress-${field}-error"`);
    expect(answer.html).toContain(`aria-describedby="report-progress-${field}-error"`);
  }));
  it('an act that is not this position\'s is refused, whatever the form says', () => nothingChanged(async () => {
    const path = await officer();
    const mine = await form(path, 'report-progress');
    for (const act of ['confirm', 'submit', 'nothing', '__proto__', 'constructor'])
      expect((await office.post(path, { ...mine, act, ok: 'yes' })).status).toBeGreaterThanOrEqual(400);
  }));
});

describe('a token', () => {
  it('with any one character changed opens nothing', async () => {
    const path = await officer();
    for (let i = 3; i < path.length; i += 1) {
      office.real += 60 * 60_000;
      const changed = `${path.slice(0, i)}${path[i] === 'A' ? 'B' : 'A'}${path.slice(i + 1)}`;
      expect((await office.get(changed)).status).toBe(404);
    }
  });
  it('is not found by guessing ten thousand; the limit bites, holds for every process, and real links of mails still open', async () => {
    const path = await officer();
    const statuses = new Map<number, number>();
    const guesser = { incoming: { socket: { remoteAddress: '192.0.2.99' } } };
    for (let n = 0; n < 10_000; n += 1) {
      const guess = n.toString(32).toUpperCase().replace(/[ILOU]/g, 'Z').padStart(12, '0');
      const { status } = await office.app.request(`https://${HOST}/t/${guess}`, {}, guesser);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 404: 20, 429: 9_980 });
    expect((await office.app.request(`https://${HOST}${path}`, {}, guesser)).status).toBe(200);
  }, 120_000);
});

describe('a dead link', () => {
  it('says why and sends a new one to the position, when it is asked to, at most twice a day, and leaves other links of the position their own', async () => {
    const path = await officer();
    await ledger.updateTable('link').set({ expires_on: '2019-12-31' }).where('id', '=', 'link-1').execute();
    const old = await office.link('tb-skhdt/officer', 'CN18-05');
    await ledger.updateTable('link').set({ expires_on: '2019-12-31' }).where('created_at', 'is not', null).where('position', '=', 'tb-skhdt/officer').execute();
    const page = await office.get(old);
    expect(page).toMatchObject({ status: 410, text: expect.stringContaining('hết hạn từ sau ngày 31/12/2019') });
    const fields = hiddenFields(page);
    expect((await office.post(`${old}/duong-dan-moi`, fields)).status).toBe(422);
    const ask = () => office.post(`${old}/duong-dan-moi`, { ...fields, ok: 'yes' });
    for (let n = 0; n < 2; n += 1) expect(await ask()).toMatchObject({ status: 200, text: expect.stringContaining('địa chỉ của chức danh') });
    expect((await ask()).status).toBe(429);
    const rows = await ledger.selectFrom('notice').select(['to_position', 'class', 'channels']).where('kind', '=', 'new-link').execute();
    expect(rows).toEqual(Array.from({ length: 2 }, () => ({ to_position: 'tb-skhdt/officer', class: 'act', channels: ['email'] })));
    for (let n = 0; n < 9; n += 1) await ask();
    expect((await office.post(`${path}/duong-dan-moi`, { ...hiddenFields(await office.get(path)), ok: 'yes' })).status).toBe(200);
  });
  it('is that of a holder who has gone', async () => {
    const path = await office.link('tb-stc/officer', null);
    expect((await office.get(path)).status).toBe(200);
    await ledger.updateTable('seat').set({ to_on: '2020-01-02' }).where('position', '=', 'tb-stc/officer').execute();
    await ledger.insertInto('seat')
      .values({ position: 'tb-stc/officer', person: 'p901', name: 'Người giữ chức mới', email: 'moi@stc.example', from_on: '2020-01-03' }).execute();
    office.now += 24 * 60 * 60_000;
    expect(await office.get(path)).toMatchObject({ status: 410, text: expect.stringContaining('Người giữ chức danh đã thay đổi') });
    office.now -= 24 * 60 * 60_000;
  });
  it('is that of whoever got it, where the position changed hands on the very day, or the directory was mended afterwards', async () => {
    const [former, present] = await Promise.all(['p990', 'p001'].map((person) => office.link('tb-sct/officer', null, { person })));
    expect([(await office.get(former ?? '')).status, (await office.get(present ?? '')).status]).toEqual([410, 200]);
  });
});

test('a confidential task shows its code and its date, and no form', async () => {
  const page = await office.get(await office.link('tb-vp/officer', 'CN18-09'));
  expect(page.status).toBe(200);
  expect(page.text).toContain('CN18-09');
  expect(page.html).not.toContain('<form');
  expect(page.text).not.toContain('doanh nghiệp nhỏ và vừa');
});

test('no field of a form is filled in as it is served', async () => {
  const page = await office.get(await office.link('tb-sct/leader', 'CN18-05'));
  for (const { fields } of served(page)) expect(Object.keys(fields).every((name) => ['act', 'press', 'shown'].includes(name))).toBe(true);
  expect(page.html).not.toMatch(/<input(?![^>]*type="hidden")[^>]*(?: checked|value="(?!yes|")[^"])/);
  expect(Object.values(ACT_FORMS).flatMap((f) => f?.fields ?? []).every((f) => inputsOf(f).length > 0)).toBe(true);
});

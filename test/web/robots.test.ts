import type { Browser, BrowserContext, Page } from 'playwright-core';
import { isWeighty } from '../../domain/authority';
import { ACTS } from '../../domain/acts';
import { MINUTE_MS } from '../../domain/time';
import { chromiumPath, launch, watched } from './browser';
import { type OfficeSite, openOfficeSite } from './office-site';

const hasChromium = chromiumPath() !== undefined;
if (!hasChromium) process.stderr.write('SKIPPED robots in a real browser: Chromium is not installed here.\n');
const TASK = 'CN18-05';
const LEADER = 'tb-skhdt/leader';
const FORMS = 'Array.from(document.forms).length';
const submitting = (n: number, first = ''): string => `(() => { const form = document.forms[${n}]; ${first}; form.requestSubmit(); })()`;
/** What a robot invents for everything that can be filled in. */
const INVENT = `for (const e of form.elements) {
  if (e.type === 'checkbox' || e.type === 'radio') e.checked = e.name !== 'again';
  else if (e.tagName === 'SELECT') e.selectedIndex = e.options.length - 1;
  else if (e.type === 'date') e.value = '2020-03-02';
  else if (e.name === 'code') e.value = '123456';
  else if (e.type !== 'hidden' && e.tagName !== 'BUTTON' && e.type !== 'file') e.value = '42';
}`;

(hasChromium ? describe : describe.skip)('a robot with a browser that runs scripts', () => {
  let site: OfficeSite;
  let browser: Browser;
  beforeAll(async () => { [site, browser] = await Promise.all([openOfficeSite(), launch()]); }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });
  const acts = async (): Promise<readonly (string | null)[]> =>
    (await site.ledger.selectFrom('event').select('act').where('act', 'is not', null).orderBy('task').orderBy('seq').execute()).map((e) => e.act);
  const robot = (): Promise<BrowserContext> => browser.newContext({ locale: 'vi-VN' });
  /** Looks ahead, opens, runs what the page has, and sends every form as it was served; answers the statuses. */
  const visits = async (path: string): Promise<readonly number[]> => {
    const context = await robot();
    const { page } = await watched(context, site.url);
    await page.request.head(`${site.url}${path}`);
    await page.goto(`${site.url}${path}`);
    const statuses: number[] = [];
    for (let n = 0; n < (await page.evaluate<number>(FORMS)); n += 1) {
      const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.waitForEvent('load'), page.evaluate(submitting(n))]);
      statuses.push(answer.status());
      await page.goto(`${site.url}${path}`);
    }
    await context.close();
    return statuses;
  };
  /** A person fills in the result and goes on to the code, and with it to the receipt. */
  const asks = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${site.url}${path}`);
    await page.fill('#submit-summary', 'Đã trình ban hành quyết định');
    await page.check('#act-submit [name="ok"]');
    await Promise.all([page.waitForEvent('load'), page.click('#act-submit button')]);
  };
  const confirms = async (page: Page): Promise<string> => {
    await page.fill('#code', await site.codeFor(page));
    await Promise.all([page.waitForEvent('load'), page.click('main button')]);
    return page.locator('main').innerText();
  };

  it('that invents values for every decision comes to the code, and no further', async () => {
    const path = await site.office.link(LEADER, TASK);
    const before = await acts();
    const context = await robot();
    const { page } = await watched(context, site.url);
    const decisions = ACTS.filter(isWeighty);
    await page.goto(`${site.url}${path}`);
    const offered = await Promise.all(decisions.map((act) => page.locator(`#act-${act} form`).count()));
    expect(offered.filter((count) => count > 0).length).toBeGreaterThan(2);
    for (const [i, act] of decisions.entries()) {
      if (offered[i] === 0) continue;
      await page.goto(`${site.url}${path}`);
      const n = await page.evaluate<number>(`Array.from(document.forms).findIndex((f) => f.closest('#act-${act}'))`);
      await Promise.all([page.waitForEvent('load'), page.evaluate(submitting(n, INVENT))]);
      if ((await page.locator('#code').count()) === 0) continue;
      for (let guess = 0; guess < 6; guess += 1) await Promise.all([page.waitForEvent('load'), page.evaluate(submitting(0, INVENT))]);
      expect(await page.locator('.error').innerText()).toContain('không dùng được nữa');
    }
    expect(await acts()).toEqual(before);
    await context.close();
    site.office.real += 11 * MINUTE_MS;
  }, 120_000);

  it('that sends every form as it was served, before and after the person, changes nothing; the person succeeds', async () => {
    const path = await site.office.link(LEADER, TASK);
    const others = await Promise.all([site.office.link('tb-skhdt/officer', TASK), site.office.link('tb-sct/officer', null), site.office.link('tb-sct/leader', TASK)]);
    const before = await acts();
    const unmoved = async (): Promise<void> => {
      for (const one of [path, ...others]) {
        const statuses = await visits(one);
        expect(statuses.length).toBeGreaterThan(0);
        expect(statuses.filter((status) => status < 400)).toEqual([]);
      }
    };
    await unmoved();
    const context = await robot();
    const { page } = await watched(context, site.url);
    await asks(page, path);
    await unmoved();
    expect(await acts()).toEqual(before);
    expect(await confirms(page)).toContain('Đã ghi nhận.');
    await unmoved();
    expect((await acts()).filter((act) => act === 'submit')).toHaveLength(1);
    expect(await acts()).toHaveLength(before.length + 1);
    await context.close();
  }, 120_000);
});

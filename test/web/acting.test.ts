import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { processEnv } from '../../config/env';
import { type Running, up } from '../../embedded/up';
import { workflowBundle } from '../support/temporal';
import { chromiumPath, launch, overflow, tabThrough, violations, watched } from './browser';

const PHONE = { width: 390, height: 844 } as const;
const hasChromium = chromiumPath() !== undefined;
if (!hasChromium) process.stderr.write('SKIPPED acting through links in a real browser: Chromium is not installed here.\n');

type Mail = { readonly id: string; readonly subject: string };

(hasChromium ? describe : describe.skip)('an official with a phone', () => {
  const home = mkdtempSync(join(tmpdir(), 'dondoc-acting-'));
  const pictures = processEnv()['DONDOC_PICTURES'];
  let running: Running;
  let browser: Browser;
  beforeAll(async () => {
    const env = { PATH: processEnv()['PATH'], HOME: processEnv()['HOME'], LOG_LEVEL: 'warn', DONDOC_CLOCK: '2018-10-22T08:00,600' };
    const started = up(
      { env, home, fresh: false, realClock: false, ports: { web: 0, inbox: 0, smtp: 0 }, workflowBundle: workflowBundle.codePath, holdMs: 0, say: () => undefined }
    );
    [running, browser] = await Promise.all([started, launch()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  const until = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 200))) {
      const found = await look();
      if (found !== undefined) return found;
    }
    throw new Error(`not within a minute: ${what}`);
  };
  const mailTo = (address: string, subject: RegExp): Promise<Mail> => until(`a mail to ${address} about ${subject}`, async () => {
    const mails = (await (await fetch(`${running.inboxUrl}/api/mails?to=${address}`)).json()) as Mail[];
    return mails.find((m) => subject.test(m.subject));
  });
  /** Opens a mail in the inbox and presses a link in it; the page that opens is the official's own. */
  const followed = async (mail: Mail, task: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', hasTouch: true, javaScriptEnabled: false });
    const { page } = await watched(context, running.inboxUrl);
    await page.goto(`${running.inboxUrl}/mails/${mail.id}`);
    const html = await (await fetch(`${running.inboxUrl}/mails/${mail.id}/html`)).text();
    const places = [...html.matchAll(/href="([^"]*\/t\/[^"]*)"/g)].map(([, href = '']) => href);
    for (const href of new Set(places)) {
      await page.goto(href);
      if ((await page.locator('h1').innerText()) === `Nhiệm vụ ${task}`) return page;
    }
    throw new Error(`no link to ${task} among ${places.length} of ${mail.subject}`);
  };
  const codeOn = (phone: string, seen: ReadonlySet<string>): Promise<string> => until(`a code on ${phone}`, async () => {
    const html = await (await fetch(`${running.inboxUrl}/?phone=${encodeURIComponent(phone)}`)).text();
    return [...html.matchAll(/Ma xac nhan (\d{6})/g)].map(([, code = '']) => code).find((code) => !seen.has(code));
  });
  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  };
  /** Looks at a page with the eyes of a checker: in a browser with scripts, since the checker is one. */
  const checked = async (url: string, name: string): Promise<void> => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN' });
    const { page, complaints } = await watched(context, running.webUrl);
    await page.goto(url);
    await picture(page, name);
    expect(
      { name, violations: await violations(page), overflow: await overflow(page), keyboard: await tabThrough(page), complaints }
    ).toEqual({ name, violations: [], overflow: 0, keyboard: [], complaints: [] });
    await context.close();
  };
  /** Presses a button and waits for the page that answers. */
  const press = async (page: Page, button: string): Promise<void> => {
    await Promise.all([page.waitForEvent('load'), page.locator(button).tap()]);
  };
  const act = async (page: Page, name: string, fill: Readonly<Record<string, string>>): Promise<void> => {
    const details = page.locator(`#act-${name}`);
    if ((await details.getAttribute('open')) === null) await details.locator('summary').tap();
    for (const [input, value] of Object.entries(fill)) await details.locator(`[name="${input}"]`).fill(value);
    await details.locator('[name="ok"]').check();
    await press(page, `#act-${name} button`);
  };
  const board = async (task: string): Promise<string> => (await (await fetch(`${running.webUrl}/tasks/${task}`)).text()).replace(/<[^>]*>/g, ' ');

  it('opens the mail, acknowledges, submits and confirms with codes; the board moves each time', async () => {
    const assigned = await mailTo('dau-moi@skhdt.thaibinh.example', /Giao nhiệm vụ/);
    const officer = await followed(assigned, 'CN18-05');
    await checked(officer.url(), 'link-task');
    await act(officer, 'acknowledge', { deliverable: 'Quyết định của UBND tỉnh' });
    expect(await officer.locator('main').innerText()).toMatch(/^Biên nhận\s+Đã ghi nhận\./);
    await checked(officer.url(), 'link-receipt');
    expect(await board('CN18-05')).toContain('Đang thực hiện');

    await act(await reopened(officer), 'prepare', {});
    expect(await officer.locator('.error').count()).toBeGreaterThan(0);
    await picture(officer, 'link-errors');
    await officer.locator('#act-prepare [name="of"]').selectOption('submit');
    await act(officer, 'prepare', { summary: 'Đã trình ban hành quyết định' });

    const leader = await followed(await mailTo('lanh-dao@skhdt.thaibinh.example', /Kính trình|CN18-05/), 'CN18-05');
    await act(leader, 'submit', {});
    expect(await leader.locator('h1').innerText()).toContain('Mã xác nhận');
    await picture(leader, 'link-code');
    await leader.locator('[name="code"]').fill('000000');
    await press(leader, 'main button');
    expect(await leader.locator('.error').innerText()).toContain('Mã chưa đúng');
    await leader.locator('[name="code"]').fill(await codeOn('+84000000007', new Set()));
    await press(leader, 'main button');
    expect(await leader.locator('main').innerText()).toContain('Đã ghi nhận.');
    expect(await board('CN18-05')).toContain('Chờ xác nhận');

    const supervisor = await followed(await mailTo('dau-moi@sct.thaibinh.example', /Kính trình/), 'CN18-05');
    await act(supervisor, 'confirm', {});
    await supervisor.locator('[name="code"]').fill(await codeOn('+84000000001', new Set()));
    await press(supervisor, 'main button');
    expect(await supervisor.locator('main').innerText()).toContain('Hoàn thành');
    expect(await board('CN18-05')).toContain('Hoàn thành');
    await checked(supervisor.url().replace(/\/bien-nhan.*/, ''), 'link-closed');

    await officer.goto(officer.url().replace(/\/bien-nhan.*/, ''));
    expect(await officer.locator('main').innerText()).toContain('Xác nhận hoàn thành – Đầu mối theo dõi, Sở Công Thương');
  }, 150_000);

  const reopened = async (page: Page): Promise<Page> => {
    await press(page, 'main p:last-of-type a');
    return page;
  };
});

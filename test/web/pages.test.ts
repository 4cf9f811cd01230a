import type { Browser } from 'playwright-core';
import { chromiumPath, launch, overflow, tabThrough, violations, watched } from './browser';
import { openSite, type Place, PLACES, type Site } from './site';

const WIDTHS = [360, 1280] as const;
/** What a page of 1,280 pixels is at 400% (WCAG 2.2, 1.4.10). */
const REFLOW = 320;
const hasChromium = chromiumPath() !== undefined;
if (!hasChromium) process.stderr.write('SKIPPED pages in a real browser: Chromium is not installed here.\n');

(hasChromium ? describe : describe.skip)('in a real browser', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => { [site, browser] = await Promise.all([openSite(), launch()]); }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  const open = async (place: Place, width: number, javaScriptEnabled = true) => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled, locale: 'vi-VN' });
    const { page, complaints } = await watched(context, site[place.on]);
    const answer = await page.goto(`${site[place.on]}${place.path}`);
    return { page, complaints, status: answer?.status(), close: () => context.close() };
  };
  /** The browser itself writes a line for every page that is not 200. */
  const own = (complaints: readonly string[], { status }: Place): readonly string[] =>
    complaints.filter((c) => status === 200 || !c.includes(`status of ${status}`));

  describe.each(PLACES.map((place) => [place.name, place] as const))('%s', (_name, place) => {
    it.each(WIDTHS)('at %i pixels breaks no rule of WCAG 2.2 AA, fits its window, asks nobody else and has nothing to complain about', async (width) => {
      const { page, complaints, status, close } = await open(place, width);
      expect(status).toBe(place.status);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(own(complaints, place)).toEqual([]);
      await close();
    });

    it('reads at 400%, and every control is reached and seen with the keyboard, without JavaScript', async () => {
      const { page, complaints, close } = await open(place, REFLOW, false);
      expect(await overflow(page)).toBe(0);
      expect(await tabThrough(page)).toEqual([]);
      expect(own(complaints, place)).toEqual([]);
      await close();
    });
  });

  it.each([...WIDTHS, REFLOW])('a mail itself, as its reader sees it, breaks no rule and fits %i pixels', async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    // Without the frame's own policy, under which no timer runs and so no checker.
    await page.setContent(await (await fetch(`${site.inbox}/mails/000001/html`)).text());
    expect(await page.locator('body').innerText()).toContain('Kính gửi');
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await context.close();
  });

  it('a person with nothing but a keyboard finds what is overdue, its history and the mail that told of it', async () => {
    const { page, close } = await open({ name: 'board', on: 'board', path: '/', status: 200 }, WIDTHS[0], false);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Đến nội dung chính');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Quá');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/state=overdue/);
    expect(await page.locator('caption').innerText()).toBe('1 nhiệm vụ');
    await page.locator('table a').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/CN18-05/);
    expect(await page.locator('main').innerText()).toContain('Xác nhận tiếp nhận');
    await page.locator('table a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/outbox/);
    expect(await page.locator('pre').innerText()).toContain('Kính gửi');
    await close();
  });

  it('a mail opens in the inbox, its text and its links too, with nothing but a keyboard', async () => {
    const { page, close } = await open({ name: 'inbox', on: 'inbox', path: '/', status: 200 }, WIDTHS[0], false);
    await page.locator('.mails a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/mails/);
    await page.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('pre').waitFor({ state: 'visible' });
    expect(await tabThrough(page)).toEqual([]);
    await close();
  });
});

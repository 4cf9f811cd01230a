import type { Browser, Page, Response } from 'playwright-core';
import { chromiumPath, launch, overflow, tabThrough, violations, watched } from './browser';
import { type OfficeSite, openOfficeSite } from './office-site';

const PHONE = { width: 360, height: 800 } as const;
const hasChromium = chromiumPath() !== undefined;
if (!hasChromium) process.stderr.write('SKIPPED answers of link pages in a real browser: Chromium is not installed here.\n');
const TASK = 'CN18-05';

type On = { readonly page: Page; readonly site: OfficeSite };
/** One answer of the pages: with which status it comes, and what a person does to get it. */
type Answer = { readonly name: string; readonly status: number; readonly says: RegExp; readonly reach: (on: On) => Promise<Response | null> };

const open = async ({ page, site }: On, position: Parameters<OfficeSite['office']['link']>[0], task: string | null = TASK): Promise<Response | null> =>
  page.goto(`${site.url}${await site.office.link(position, task)}`);
/** Presses a button and waits for its answer. */
const pressed = async (page: Page, button: string): Promise<Response | null> => {
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.waitForEvent('load'), page.locator(button).click()]);
  return answer.status() === 303 ? page.reload() : answer;
};
const unfold = async (page: Page, act: string): Promise<void> => {
  const form = page.locator(`#act-${act}`);
  if ((await form.getAttribute('open')) === null) await form.locator('summary').first().click();
};
const press = async (page: Page, act: string): Promise<Response | null> => {
  await unfold(page, act);
  return pressed(page, `#act-${act} button`);
};
const asked = async (on: On): Promise<Response | null> => {
  await open(on, 'tb-skhdt/leader');
  await on.page.fill('#submit-summary', 'Đã trình ban hành quyết định');
  await on.page.check('#act-submit [name="ok"]');
  return press(on.page, 'submit');
};
const reported = async (on: On): Promise<Response | null> => {
  await open(on, 'tb-skhdt/officer');
  await unfold(on.page, 'report-progress');
  await on.page.fill('#report-progress-text', 'Đang lấy ý kiến');
  await on.page.check('#act-report-progress [name="ok"]');
  return press(on.page, 'report-progress');
};
const expired = async (on: On): Promise<Response | null> => {
  const path = await on.site.office.link('tb-skhcn/officer', TASK);
  await on.site.ledger.updateTable('link').set({ expires_on: '2019-12-31' }).where('position', '=', 'tb-skhcn/officer').execute();
  return on.page.goto(`${on.site.url}${path}`);
};
const session = async (on: On, path: string): Promise<Response | null> => {
  await open(on, 'tb-sct/officer', null);
  await on.page.check('form[action$="/phien"] [value="begin"]');
  await pressed(on.page, 'form[action$="/phien"] button');
  await on.page.fill('#code', await on.site.codeFor(on.page));
  await pressed(on.page, 'main button');
  return on.page.goto(`${on.site.url}${path}`);
};

const ANSWERS: readonly Answer[] = [
  {
    name: 'the code before the board', status: 200, says: /Mã xác nhận: mở bảng theo dõi/, reach: async (on) => {
      await open(on, 'tb-sct/officer', null);
      await on.page.check('form[action$="/phien"] [value="begin"]');
      return pressed(on.page, 'form[action$="/phien"] button');
    },
  },
  {
    name: 'a form that was not filled in', status: 422, says: /Chưa ghi nhận gì/, reach: async (on) => { await open(on, 'tb-skhdt/officer'); return press(on.page, 'prepare'); },
  },
  { name: 'the page that asks for a code', status: 200, says: /Mã gồm 6 chữ số/, reach: asked },
  {
    name: 'a wrong code', status: 422, says: /Mã chưa đúng; còn 4 lần/, reach: async (on) => {
      await asked(on);
      await on.page.fill('#code', '000000');
      return pressed(on.page, 'main button');
    },
  },
  { name: 'a receipt', status: 200, says: /Mã biên nhận/, reach: reported },
  {
    name: 'a receipt that is not there', status: 404, says: /Không có biên nhận này/, reach: async (on) => on.page.goto(
      `${on.site.url}${await on.site.office.link('tb-skhdt/officer', TASK)}/bien-nhan/AAAA`
    ),
  },
  {
    name: 'a task of others', status: 404, says: /không thuộc chức danh này/, reach: async (on) => on.page.goto(
      `${on.site.url}${await on.site.office.link('tb-skhdt/officer', null)}/viec/CN18-99`
    ),
  },
  {
    name: 'a task that moved while its page was open', status: 409, says: /đã thay đổi từ khi trang được mở/, reach: async (on) => {
      await open(on, 'tb-skhdt/officer');
      await on.site.office.press(await on.site.office.link('tb-skhdt/officer', TASK), 'prepare', { of: 'submit', summary: 'Bản dự thảo' });
      await on.page.locator('#act-report-progress summary').first().click();
      await on.page.fill('#report-progress-text', 'Nội dung không được mất');
      await on.page.check('#act-report-progress [name="ok"]');
      return press(on.page, 'report-progress');
    },
  },
  {
    name: 'a page whose service is away', status: 503, says: /bấm lại nhiều lần vẫn chỉ được ghi nhận một lần/, reach: async (on) => {
      on.site.office.temporal.isAway = true;
      return reported(on).finally(() => { on.site.office.temporal.isAway = false; });
    },
  },
  { name: 'a link that has ended', status: 410, says: /hết hạn từ sau ngày 31\/12\/2019/, reach: expired },
  { name: 'a new link, not asked for', status: 422, says: /đề nghị chọn một việc/, reach: async (on) => { await expired(on); return pressed(on.page, 'main button'); } },
  {
    name: 'a new link', status: 200, says: /Đường dẫn mới được gửi/, reach: async (on) => {
      await expired(on);
      await on.page.check('[name="ok"]');
      return pressed(on.page, 'main button');
    },
  },
  { name: "the host unit's own page", status: 200, says: /Bảng theo dõi/, reach: (on) => open(on, 'tb-sct/officer', null) },
  {
    name: 'a session that nobody chose', status: 422, says: /đề nghị chọn một việc/, reach: async (on) => {
      await open(on, 'tb-sct/officer', null);
      return pressed(on.page, 'form[action$="/phien"] button');
    },
  },
  { name: 'the board in a session', status: 200, says: /3 nhiệm vụ/, reach: (on) => session(on, '/') },
  { name: 'a task of the board in a session', status: 200, says: /CN18-05/, reach: (on) => session(on, '/tasks/CN18-05') },
  { name: 'the outbox in a session', status: 200, says: /Thư/, reach: (on) => session(on, '/outbox') },
  { name: 'what was not delivered, in a session', status: 200, says: /không gửi được/i, reach: (on) => session(on, '/undelivered') },
  { name: 'the board without a session', status: 404, says: /Không có trang này/, reach: ({ page, site }) => page.goto(`${site.url}/outbox`) },
  {
    name: 'a form of another site', status: 403, says: /không được gửi từ trang này/, reach: async ({ page, site }) => {
      const action = `${site.url}${await site.office.link('tb-skhdt/officer', TASK)}`;
      await page.setContent(`<main><form method="post" action="${action}"><input name="act" value="acknowledge"><button>Gửi</button></form></main>`);
      return pressed(page, 'main button');
    },
  },
  {
    name: 'somebody who guesses', status: 429, says: /quá nhiều đường dẫn không đúng/, reach: async ({ page, site }) => {
      for (let n = 0; n < 21; n += 1) await fetch(`${site.url}/t/${String(n).padStart(12, '0')}`);
      return page.goto(`${site.url}/t/${'9'.repeat(12)}`);
    },
  },
];

(hasChromium ? describe : describe.skip)('in a real browser, the size of a phone,', () => {
  let site: OfficeSite;
  let browser: Browser;
  beforeAll(async () => { [site, browser] = await Promise.all([openOfficeSite(), launch()]); }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });
  const begin = async () => {
    const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN' });
    return { ...(await watched(context, site.url)), close: () => context.close() };
  };

  it.each(ANSWERS.map((answer) => [answer.name, answer] as const))('%s says so, breaks no rule of WCAG 2.2 AA, fits, and is reached with the keyboard', async (_name, answer) => {
    const { page, complaints, close } = await begin();
    expect((await answer.reach({ page, site }))?.status()).toBe(answer.status);
    expect(await page.locator('main').innerText()).toMatch(answer.says);
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(await tabThrough(page)).toEqual([]);
    expect(complaints.filter((line) => !/status of \d{3}/.test(line))).toEqual([]);
    await close();
  }, 60_000);

  it('an official with nothing but a keyboard submits the result, types the code and reads the receipt', async () => {
    const { page, close } = await begin();
    await open({ page, site }, 'tb-skhdt/leader');
    const to = async (selector: string): Promise<void> => {
      for (let n = 0; n < 200; n += 1) {
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never comes to ${selector}`);
    };
    const enter = (): Promise<unknown> => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await to('#submit-summary');
    await page.keyboard.type('Trình bằng bàn phím');
    await to('#act-submit [name="ok"]');
    await page.keyboard.press('Space');
    await to('#act-submit button');
    await enter();
    const code = await site.codeFor(page);
    await to('#code');
    await page.keyboard.type(code);
    await enter();
    expect(await page.locator('main').innerText()).toContain('Đã ghi nhận.');
    await close();
  }, 60_000);
});

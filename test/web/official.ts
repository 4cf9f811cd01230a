import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { inputsOf } from '../../client/web/link/form-fields';
import { ACT_FORMS } from '../../client/web/link/forms';
import type { Act } from '../../domain/acts';
import type { Seat } from '../../domain/plan';
import { until } from '../support/live-site';

const PHONE = { width: 390, height: 844 } as const;
export const TASK_TITLE = 'Nhiệm vụ';
export const CODE_TITLE = 'Mã xác nhận';
type Mail = { readonly id: string; readonly to: readonly string[] };
type Sms = { readonly to: string; readonly text: string };
/** What is chosen and typed, by the fields of the act. */
export type Filled = Readonly<Record<string, unknown>>;

const titleOf = (page: Page): Promise<string> => page.locator('h1').innerText();
/** Presses something and waits for the page that answers. */
export const tapThrough = (page: Page, target: Locator): Promise<unknown> => Promise.all([page.waitForEvent('load'), target.tap()]);

/** The inputs of an act's form and what goes into each. */
const valuesOf = (act: Act, filled: Filled): readonly (readonly [input: string, value: unknown])[] =>
  (ACT_FORMS[act]?.fields ?? []).flatMap((field): (readonly [string, unknown])[] => {
    const value = filled[field.name];
    if (field.type !== 'document' || typeof value !== 'object' || value === null) return [[field.name, value]];
    const { number, date } = value as { readonly number: string; readonly date: string };
    return inputsOf(field).map((input) => [input, input.endsWith('Number') ? number : date] as const);
  });

/** A choice of one is made, where the story leaves it open: it is what the person sees. */
const choose = async (select: Locator, value: unknown): Promise<void> => {
  if (value !== undefined) return void (await select.selectOption(String(value)));
  if ((await select.getAttribute('aria-required')) === 'true') await select.selectOption({ index: 1 });
};

export const fillIn = async (form: Locator, act: Act, filled: Filled): Promise<void> => {
  for (const [input, value] of valuesOf(act, filled)) {
    const boxes = form.locator(`input[type="checkbox"][name="${input}"]`);
    // None ticked means all that there are: what a story leaves open.
    if ((await boxes.count()) > 0) continue;
    const [list, line] = [form.locator(`select[name="${input}"]`), form.locator(`input[name="${input}"], textarea[name="${input}"]`)];
    if ((await list.count()) > 0) await choose(list, value);
    else if (value !== undefined) await line.fill(String(value));
  }
  await form.locator('[name="ok"]').check();
};

/** Opens the form of an act on the page of a task, fills it in and presses its button. */
export const pressForm = async (page: Page, act: Act, filled: Filled): Promise<void> => {
  const form = page.locator(`#act-${act}`);
  if ((await form.getAttribute('open')) === null) await form.locator('summary').first().tap();
  await fillIn(form, act, filled);
  await tapThrough(page, form.locator('button'));
};

/** The links of a mail, those first that stand behind the task's code: that is where a person looks. */
const linksTo = async (body: FrameLocator, task: string): Promise<readonly Locator[]> => {
  const near = body.locator(`xpath=//text()[contains(., "${task}")]/following::a[contains(@href, "/t/")][1]`);
  return [...(await near.all()), ...(await body.locator('a[href*="/t/"]').all())];
};

export type Officials = {
  /** The page of a task, opened from the newest mail of the position's mailbox that leads to it. */
  readonly open: (position: string, task: string) => Promise<Page>;
  /** The last code that came to the position's phone, once there is a new one. */
  readonly type: (page: Page, position: string) => Promise<void>;
  /** From the mail in the inbox to the receipt; answers what the receipt says. */
  readonly act: (position: string, task: string, act: Act, filled: Filled) => Promise<string>;
  readonly leave: (page: Page) => Promise<void>;
};

/** Officials with phones, who know nothing but what lies in their mailboxes and on their phones. */
export const officials = (browser: Browser, inboxUrl: string, seats: readonly Seat[]): Officials => {
  const seatOf = (position: string): Seat => {
    const seat = seats.find((s) => s.position === position);
    if (seat === undefined) throw new Error(`nobody sits at ${position}`);
    return seat;
  };
  const get = async <T>(path: string): Promise<T> => (await fetch(`${inboxUrl}${path}`)).json() as Promise<T>;
  const codesOn = async (phone: string): Promise<readonly string[]> =>
    (await get<readonly Sms[]>('/api/sms')).filter((m) => m.to === phone).flatMap((m) => /Ma xac nhan (\d{6})/.exec(m.text)?.[1] ?? []);
  const used = new Map<string, number>();

  /** One link of a mail, tapped; the page of the task where it leads there, by way of the position's page or straight. */
  const follow = async (context: BrowserContext, link: Locator, task: string): Promise<Page | undefined> => {
    const [page] = await Promise.all([context.waitForEvent('page'), link.tap()]);
    await page.waitForLoadState();
    const onward = page.locator(`main a[href$="/viec/${task}"]`).first();
    if ((await titleOf(page)) !== `${TASK_TITLE} ${task}` && (await onward.count()) > 0) await tapThrough(page, onward);
    if ((await titleOf(page)) === `${TASK_TITLE} ${task}`) return page;
    await page.close();
    return undefined;
  };
  const open = async (position: string, task: string): Promise<Page> => {
    const { email } = seatOf(position);
    const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', hasTouch: true, isMobile: true, javaScriptEnabled: false });
    const mails = (await get<readonly Mail[]>(`/api/mails?to=${email}`)).map((m) => m.id).sort().reverse();
    const inbox = await context.newPage();
    for (const id of mails) {
      await inbox.goto(`${inboxUrl}/mails/${id}`);
      const body = inbox.frameLocator('iframe');
      if (!(await body.locator('body').innerText()).includes(task)) continue;
      for (const link of await linksTo(body, task)) {
        const page = await follow(context, link, task);
        if (page !== undefined) return page;
      }
    }
    throw new Error(`none of ${mails.length} mails to ${email} leads to ${task}`);
  };
  const type = async (page: Page, position: string): Promise<void> => {
    const phone = seatOf(position).phone ?? '';
    let codes: readonly string[] = [];
    await until(`a new code on ${phone}`, async () => (codes = await codesOn(phone)).length > (used.get(phone) ?? 0));
    used.set(phone, codes.length);
    await page.locator('[name="code"]').fill(codes.at(-1) ?? '');
    await tapThrough(page, page.locator('main button'));
  };
  const leave = (page: Page): Promise<void> => page.context().close();
  const act = async (position: string, task: string, name: Act, filled: Filled): Promise<string> => {
    const page = await open(position, task);
    await pressForm(page, name, filled);
    if ((await titleOf(page)).startsWith(CODE_TITLE)) await type(page, position);
    const said = await page.locator('main').innerText();
    await leave(page);
    return said;
  };
  return { open, type, act, leave };
};

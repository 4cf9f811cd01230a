import { source as axeSource } from 'axe-core';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** The system's Chromium, or undefined where there is none. */
export const chromiumPath = (): string | undefined =>
  (process.env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '').flatMap((dir) => NAMES.map((name) => join(dir, name))).find(existsSync);

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--disable-gpu', '--disable-dev-shm-usage'] });

/** A page, and what it did that it should not: lines of its console, failures, requests to another origin than the one it was opened on. */
export type Watched = { readonly page: Page; readonly complaints: string[] };

/** `origin` is the only place that the page may ask. */
export const watched = async (context: BrowserContext, origin: string): Promise<Watched> => {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (line) => { if (['error', 'warning'].includes(line.type())) complaints.push(`console: ${line.text()}`); });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => { if (!request.url().startsWith(`${origin}/`)) complaints.push(`leaves its origin: ${request.url()}`); });
  // An icon that is still on its way when the person goes on is given up by the browser itself.
  page.on('requestfailed', (request) => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`); });
  return { page, complaints };
};

const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], iframes: false };
const LINES = "(found) => found.violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + n.html + ' ' + n.failureSummary))";
const RUN_AXE = `axe.run(document, ${JSON.stringify(RULES)}).then(${LINES})`;

/** What axe-core says against WCAG 2.2, levels A and AA; one line a place. It goes in through the debugger, so the page's policy stays as it is. */
export const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axeSource);
  return page.evaluate<string[]>(RUN_AXE);
};

/** How many CSS pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const CONTROLS = "document.querySelectorAll('a[href], button, select, summary, iframe, input, textarea, [tabindex=\"0\"]')";
/** Of a group of radio buttons Tab comes to one; the arrow keys go to the others. */
const IS_STOP = `(e) => e.type !== 'radio' || e.form.querySelector('[type=radio][name="' + e.name + '"]') === e`;
/** Numbers every control that shows, so that a press of Tab can be told from another. */
const NUMBER_CONTROLS = `Array.from(${CONTROLS}).filter((e) => e.checkVisibility()).filter(${IS_STOP}).map((e, i) => {
  e.setAttribute('data-n', i); return e.outerHTML.slice(0, 120); })`;
/** In a frame it is a control of the frame that has the focus and its mark. */
const FOCUSED = `(() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const isSeen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth + 1;
  const isMarked = e.tagName === 'IFRAME' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  return { n: e.getAttribute('data-n'), isSeen, isMarked, html: e.outerHTML.slice(0, 120) };
})()`;
type Focus = { readonly n: string | null; readonly isSeen: boolean; readonly isMarked: boolean; readonly html: string };

/** A frame has stops of its own, all of which look like the frame from outside. */
const FRAME_STOPS = 50;

/** Goes through the page with Tab alone; answers with the controls that it never reached, did not see, or could not tell to be focused. */
export const tabThrough = async (page: Page): Promise<readonly string[]> => {
  // A frame takes the focus once it has its content.
  for (const frame of page.frames()) await frame.locator('body').waitFor();
  const controls = await page.evaluate<string[]>(NUMBER_CONTROLS);
  const reached = new Set<string>();
  const faults: string[] = [];
  for (let press = 0; press < controls.length + FRAME_STOPS && reached.size < controls.length; press += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate<Focus>(FOCUSED);
    if (focus.n === null || reached.has(focus.n)) continue;
    reached.add(focus.n);
    if (!focus.isSeen) faults.push(`outside the window: ${focus.html}`);
    if (!focus.isMarked) faults.push(`no mark of focus: ${focus.html}`);
  }
  return [...faults, ...controls.flatMap((html, n) => (reached.has(String(n)) ? [] : [`not reached: ${html}`]))];
};

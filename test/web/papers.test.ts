import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Browser } from 'playwright-core';
import type { Command, Refusal } from '../../domain/acts';
import { decide } from '../../domain/decide';
import { evolve } from '../../domain/evolve';
import { projectionOf } from '../../domain/projection';
import type { Decision, TaskState } from '../../domain/task';
import { tick } from '../../domain/tick';
import { commitBatch } from '../../ledger/commit';
import { stateFromEvents } from '../../ledger/rebuild';
import { writeText } from '../../ledger/texts';
import { at, command } from '../support/builders';
import { embeddedEngine } from '../support/ledger';
import { type LinkOffice, openLinkOffice } from '../support/link-office';
import { chromiumPath, launch, overflow, tabThrough, violations, watched } from './browser';

const TASK = 'CN18-05';
const hasChromium = chromiumPath() !== undefined;
if (!hasChromium) process.stderr.write('SKIPPED letters and Biểu 03 in a real browser: Chromium is not installed here.\n');

(hasChromium ? describe : describe.skip)('letters and Biểu 03 in a real browser', () => {
  const engine = embeddedEngine();
  let office: LinkOffice;
  let server: Server;
  let browser: Browser;
  let origin = '';

  const commit = async (decided: (state: TaskState) => Decision | Refusal): Promise<void> => {
    const state = await stateFromEvents(office.ledger, TASK);
    const decision = state && decided(state);
    if (decision === undefined || !decision.ok) throw new Error('not decided');
    await commitBatch(office.ledger, { task: TASK, events: decision.events, notices: [], projection: projectionOf(decision.events.reduce(evolve, state!)), now: office.now });
  };
  const act = (one: Command) => commit((state) => decide(state, one, office.now));

  beforeAll(async () => {
    office = await openLinkOffice(await engine.freshLedger());
    const subject = await writeText(office.ledger, { subject: TASK, field: 'subject', content: 'Dự thảo cơ chế hỗ trợ', now: office.now });
    await act(command('open-consultation', 'tb-skhdt/officer', { subject, to: ['tb-stc', 'tb-sct'], dueOn: '2020-01-10' }));
    await act(command('give-input', 'tb-stc/officer', { answer: 'agree' }));
    for (const day of ['2020-01-08T08:00', '2020-01-15T08:00']) {
      office.now = at(day);
      await commit((state) => tick(state, office.now));
    }
    server = serve({ fetch: office.app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
    await new Promise((resolve) => { if (server.listening) resolve(null); else server.once('listening', resolve); });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await engine.stop();
  });

  const opened = async (path: string) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 }, locale: 'vi-VN' });
    const { page, complaints } = await watched(context, origin);
    await page.goto(`${origin}${path}`);
    return { page, complaints, close: () => context.close() };
  };

  it.each([
    ["the leader's page with a draft", 'tb-sct/leader', '', 'Dự thảo chờ duyệt'], ['Biểu 03', 'tb-skhdt/officer', '/bieu-03/1', 'Đã lấy ý kiến 2 đơn vị'],
  ] as const)('%s breaks no rule of WCAG 2.2 AA on a phone, and the keyboard reaches all of it', async (_name, position, end, says) => {
    const { page, complaints, close } = await opened(`${await office.link(position, TASK)}${end}`);
    expect(await page.locator('main').innerText()).toContain(says);
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(await tabThrough(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('a draft is opened to be read, and downloaded by its name, with one press each', async () => {
    const { page, close } = await opened(await office.link('tb-sct/leader', TASK));
    await page.getByText('Xem nội dung dự thảo').click();
    expect(await page.getByText('Kính gửi: Sở Kế hoạch và Đầu tư').isVisible()).toBe(true);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tải dự thảo (.docx)' }).click()]);
    expect(file.suggestedFilename()).toBe('CN18-05-du-thao-cong-van-don-doc.docx');
    await close();
  });
});

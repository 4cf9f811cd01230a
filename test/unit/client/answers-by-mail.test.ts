import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../client/web/app';
import type { Ledger } from '../../../ledger/connect';
import { takeMail } from '../../../ledger/replies';
import { writeMailboxCheck } from '../../../ledger/settings';
import { instantAt } from '../../../domain/time';
import { embeddedEngine } from '../../support/ledger';
import { fillLedger, NOW } from './sample-ledger';
import { dondoc } from './terminal';

const engine = embeddedEngine();
const home = mkdtempSync(join(tmpdir(), 'dondoc-home-'));
const env = { DONDOC_HOME: home };
let ledger: Ledger;

const answer = (id: string, task: string | null, content: string, position: string | null = 'tb-skhdt/officer') =>
  takeMail(ledger, { uidValidity: '1', uid: Number(id) }, { reply: { id, message: 'm-1', task, position, content } }, instantAt('2018-10-22', 9 * 60 + 5));
beforeAll(async () => {
  ledger = await engine.freshLedger();
  writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir: await engine.socketDir() }));
  await fillLedger(ledger);
  await answer('1', 'CN18-05', 'Đã gửi <b>văn bản</b> số 12.\nKính báo.');
  await answer('2', 'CN18-05', 'Tôi là người khác.', null);
  await answer('3', 'CN18-09', 'việc mật');
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await engine.stop();
});

const page = async (path: string): Promise<string> => {
  const app = createApp({ ledger, now: async () => NOW });
  const loopback = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
  return (await app.request(`http://127.0.0.1:8080${path}`, { headers: { host: '127.0.0.1:8080' } }, loopback)).text();
};

describe('an answer by mail', () => {
  it('stands in the history of its task as an unverified note, escaped, where it came in', async () => {
    const html = await page('/tasks/CN18-05');
    for (const text of ['Thư trả lời (chưa xác thực)', 'Địa chỉ gửi ghi là của Đầu mối theo dõi, Sở Kế hoạch và Đầu tư', 'Đã gửi &lt;b&gt;văn bản&lt;/b&gt; số 12.',
      'Địa chỉ gửi khác với địa chỉ đã nhận thông báo (chưa xác thực)', 'và 2 thư trả lời']) expect(html).toContain(text);
    expect(html.indexOf('Giao nhiệm vụ')).toBeLessThan(html.indexOf('Kính báo.'));
    expect(html.indexOf('Kính báo.')).toBeLessThan(html.indexOf('Xác nhận tiếp nhận'));
  });

  it('is in "task show", for people and for scripts', async () => {
    const { out } = await dondoc(['task', 'show', 'CN18-05'], { env });
    for (const text of ['Thư trả lời', '(chưa xác thực) 09:05 22/10/2018', 'Đã gửi <b>văn bản</b> số 12.']) expect(out).toContain(text);
    expect((await dondoc(['task', 'show', 'CN18-05', '--json'], { env })).json()).toMatchObject({
      replies: [{ position: 'tb-skhdt/officer', text: 'Đã gửi <b>văn bản</b> số 12.\nKính báo.', at: '2018-10-22T09:05:00+07:00' }, { position: null }],
    });
  });

  it('to a confidential task is not shown', async () => {
    expect(await page('/tasks/CN18-09')).not.toContain('việc mật');
    for (const more of [[], ['--json']]) expect((await dondoc(['task', 'show', 'CN18-09', ...more], { env })).out).not.toContain('việc mật');
  });
});

describe('the mailbox, to the doctor,', () => {
  const check = async (more: Record<string, string>) => {
    const ran = await dondoc(['doctor', '--json'], { env: { ...env, ...more } });
    const { checks } = ran.json() as { checks: { name: string; state: string; detail: string; remedy?: string }[] };
    return checks.find((c) => c.name === 'mailbox');
  };

  it('is missed where mail goes out for real', async () => {
    expect(await check({})).toBeUndefined();
    expect(await check({ SMTP_URL: 'smtp://127.0.0.1:1' })).toMatchObject({ state: 'warning', detail: expect.stringContaining('IMAP_URL') });
  });

  it('that is away is a warning which says no password', async () => {
    const found = await check({ IMAP_URL: 'imap://u:hunter6@127.0.0.1:1/INBOX' });
    expect(found).toMatchObject({ state: 'warning', detail: 'không kết nối được 127.0.0.1:1', remedy: expect.any(String) });
    expect(JSON.stringify(found)).not.toContain('hunter6');
  });

  it('that is there is as well as the worker\'s last look', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = { IMAP_URL: `imap://u:p@127.0.0.1:${(server.address() as AddressInfo).port}/INBOX` };
    expect(await check(url)).toMatchObject({ state: 'ok', detail: expect.stringContaining('chưa đọc lần nào') });
    await writeMailboxCheck(ledger, { at: NOW, problem: null });
    expect(await check(url)).toMatchObject({ state: 'ok', detail: expect.stringContaining('đọc lần cuối 09:00 02/01/2020') });
    await writeMailboxCheck(ledger, { at: NOW, problem: 'EAUTH' });
    expect(await check(url)).toMatchObject({ state: 'warning', detail: expect.stringContaining('sai tài khoản hoặc mật khẩu') });
    await new Promise((resolve) => server.close(resolve));
  });
});

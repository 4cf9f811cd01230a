import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../client/web/app';
import { DAY_MS, MINUTE_MS } from '../../../domain/time';
import type { Ledger } from '../../../ledger/connect';
import { recordReceipt } from '../../../ledger/outbox';
import { recordStart } from '../../../ledger/plans';
import { writeClock } from '../../../ledger/settings';
import { recordUnsealed } from '../../../ledger/unsealed';
import { type Desk, desk, emailOf, furnish, notice, nowShows, plan } from '../../support/delivery';
import { embeddedEngine } from '../../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../../support/smtp-peer';
import { START } from '../../support/task-values';
import { dondoc } from './terminal';

const OFFICER = 'tb-skhdt/officer';
const HOST = 'tb-sct/officer';
const engine = embeddedEngine();
const home = mkdtempSync(join(tmpdir(), 'dondoc-home-'));
const env = { DONDOC_HOME: home };
let ledger: Ledger;
let peer: SmtpPeer;
let post: Desk;
let now = START;

beforeEach(async () => {
  [ledger, peer] = [await engine.freshLedger(), await startSmtpPeer()];
  writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir: await engine.socketDir() }));
  await furnish(ledger);
  await at(START);
  post = desk(ledger, peer.url);
});
afterEach(async () => {
  await post.mailer.close();
  await peer.stop();
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await engine.stop();
});

const at = async (to: number): Promise<void> => {
  now = to;
  await writeClock(ledger, { anchor: 0, from: to, rate: 1, until: to });
};
const pass = async (): Promise<void> => {
  await post.freeze({ now });
  await post.send({ now, limit: 100 });
};
const run = async (...argv: string[]) => {
  const ran = await dondoc(argv, { env });
  return { ...ran, said: ran.out.replace(/\s+/g, ' '), width: Math.max(...ran.out.split('\n').map((line) => line.length)) };
};
const open = async (path: string) => {
  const app = createApp({ ledger, now: async () => now });
  const answer = await app.request(`http://127.0.0.1:8080${path}`, { headers: { host: '127.0.0.1:8080' } }, { incoming: { socket: { remoteAddress: '127.0.0.1' } } });
  return { status: answer.status, html: await answer.text(), policy: answer.headers.get('content-security-policy') ?? '' };
};
const messages = () => ledger.selectFrom('message').selectAll().orderBy('frozen_at').orderBy('channel').orderBy('address').execute();
const keyTo = async (address: string): Promise<string> => (await messages()).find((m) => m.address === address)?.key ?? '';

/** A mail that the server refuses for good, its text on the way by SMS. */
const refuse = async (): Promise<string> => {
  peer.fault(emailOf(OFFICER), 'refuse-rcpt');
  await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER, reason: 'act:return' })]);
  await pass();
  return keyTo(emailOf(OFFICER));
};

describe('a message', () => {
  it('is shown with its whole way: why, attempts with the answer, the other channel, receipts, length; no secret', async () => {
    const key = await refuse();
    await pass();
    const phone = await keyTo('+84000000010');
    await recordReceipt(ledger, [{ source: 'phones', key: phone, status: 'delivered', detail: 'state=1' }], now + MINUTE_MS);
    const mail = await run('outbox', 'show', key);
    for (const text of ['Bị từ chối', '550 5.1.1', 'việc: trả lại để bổ sung', 'Tin nhắn: đã gửi', 'đã chuyển sang kênh khác']) expect(mail.said).toContain(text);
    const sms = await run('outbox', 'show', phone);
    for (const text of ['Đã nhận', '08:01 22/10/2018: Đã đến người nhận (state=1)', 'Thư điện tử: không gửi được', '/t/••••••']) expect(sms.said).toContain(text);
    const sent = post.phones[0]?.text ?? '';
    expect(sms.said).toContain(`${sent.length}/160 ký tự`);
    expect(sms.said).not.toContain(/\/t\/(\w+)/.exec(sent)?.[1] ?? 'no link');
    expect(Math.max(mail.width, sms.width)).toBeLessThanOrEqual(80);
    expect((await run('outbox', 'show', phone, '--json')).json()).toMatchObject({
      state: 'delivered', characters: sent.length, receipts: [{ source: 'phones', status: 'delivered', at: '2018-10-22T08:01:00+07:00' }],
      notices: [{ task: 'CN18-01', planned: 'act:return', to: OFFICER, others: [{ channel: 'email', state: 'failed', message: key }] }],
    });
    const page = await open(`/outbox/${key}`);
    for (const text of ['việc: trả lại để bổ sung', '550 5.1.1', `href="/outbox/${phone}"`, `href="/outbox/${key}/html"`]) expect(page.html).toContain(text);
    expect((await open(`/outbox/${phone}`)).html).toContain(`${sent.length}/160 ký tự`);
  });

  it('is seen as its receiver sees it, in a page that can do nothing', async () => {
    await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
    await pass();
    const key = await keyTo(emailOf(OFFICER));
    const { html, policy, status } = await open(`/outbox/${key}/html`);
    expect(status).toBe(200);
    expect(html).toContain('Kính gửi');
    expect(html).toContain('/t/••••••');
    expect(policy).toMatch(/default-src 'none'.*; sandbox$/);
    expect(policy).not.toContain('allow-');
    expect((await open(`/outbox/${key}`)).policy).not.toContain('sandbox');
    expect((await open('/outbox/none/html')).status).toBe(404);
    expect((await run('outbox', 'show', key, '--html')).out).toContain('/t/••••••');
  });

  it('in trouble says what is awaited and when', async () => {
    peer.fault(emailOf(OFFICER), 'defer-rcpt');
    await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
    await pass();
    expect((await run('outbox', 'list')).said).toContain('→ tự gửi lại lúc 08:05 22/10/2018');
    expect((await open('/outbox')).html).toContain('tự gửi lại lúc 08:05 22/10/2018');
    const { html } = await open('/undelivered');
    expect(html).toContain('Không cần làm gì: tự gửi lại lúc 08:05 22/10/2018.');
    expect(html).not.toContain('Không gửi được (');
  });
});

describe('what could not be delivered', () => {
  it('waits for nobody while it goes by the other channel, and is gone when it arrives; the address stays until the directory names another', async () => {
    await refuse();
    expect((await open('/undelivered')).html).toContain('Không cần làm gì: chuyển sang kênh khác ở lượt gửi tới.');
    await post.freeze({ now });
    expect((await open('/undelivered')).html).toContain('Đang gửi bằng kênh khác');
    await post.send({ now, limit: 100 });
    const { html } = await open('/undelivered');
    expect(html).not.toContain('thư và tin nhắn, mới trước');
    for (const text of ['Địa chỉ không dùng được', emailOf(OFFICER), 'Đầu mối theo dõi, Sở tb-skhdt', 'Không gửi được (1)']) expect(html).toContain(text);
    expect((await open('/')).html).toContain('Không gửi được (1)');
    await mendDirectory();
    expect((await open('/undelivered')).html).toContain('Không có gì cần xử lý.');
  });

  it('needs a person where no way is left, until a later notice of the matter arrives', async () => {
    await furnish(ledger, (all) => all.filter((s) => s.position === OFFICER || s.position === HOST).map(({ phone: _, ...seat }) => seat));
    await refuse();
    await at(now + MINUTE_MS);
    await pass();
    const row = (await open('/undelivered')).html;
    expect(row).toContain('Chưa có nơi nhận');
    expect(row).toContain('chưa có người giữ chức danh này');
    await mendDirectory();
    await at(START + DAY_MS);
    await plan(ledger, 'CN18-01', []);
    await ledger.insertInto('notice').values({
      key: 'later', about_type: 'task', about_id: 'CN18-01', task: 'CN18-01', plan: 'CN18', kind: 'due-soon', to_position: OFFICER, channels: ['email'], class: 'digest', grp: '2018-10-23', reason: 'rung-day',
      decided_at: new Date(now), send_at: new Date(now), facts: JSON.stringify(notice('CN18-01').facts),
    }).execute();
    await ledger.insertInto('delivery').values({ notice: 'later', channel: 'email', send_at: new Date(now) }).execute();
    expect((await open('/undelivered')).html).toContain('Chưa có nơi nhận');
    await pass();
    expect((await open('/undelivered')).html).not.toContain('Chưa có nơi nhận');
  });

  it('shows an act that was undone, who it claimed to be, and for thirty days only', async () => {
    const undone = { task: 'CN18-05', act: 'confirm', position: 'tb-sct/leader', via: 'link', why: 'missing', decidedAt: START } as const;
    await recordUnsealed(ledger, [{ ...undone, id: 'old', task: 'CN18-09' }], Date.now() - 31 * DAY_MS);
    await recordUnsealed(ledger, [{ ...undone, id: 'new' }], Date.now());
    const { html } = await open('/undelivered');
    for (const text of ['Việc đã hủy vì không rõ người làm', 'CN18-05: Xác nhận', 'không có dấu xác thực của hệ thống']) expect(html).toContain(text);
    expect(html).not.toContain('CN18-09');
  });

  it('is over with its task', async () => {
    await furnish(ledger, (all) => all.map(({ phone: _, ...seat }) => seat));
    peer.fault(emailOf(OFFICER), 'refuse-rcpt-policy');
    await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
    await pass();
    await post.freeze({ now: now + MINUTE_MS });
    const key = await keyTo(emailOf(OFFICER));
    expect((await open('/undelivered')).html).toContain(`dondoc outbox retry ${key}`);
    expect((await open('/outbox?state=for-person')).html).toContain(key);
    await nowShows(ledger, 'CN18-01', { state: 'completed' });
    await ledger.updateTable('task').set({ state: 'completed' }).where('id', '=', 'CN18-01').execute();
    expect((await open('/undelivered')).html).not.toContain(key);
  });

  const mendDirectory = async (): Promise<void> => {
    const [seat] = await ledger.selectFrom('seat').selectAll().where('position', '=', OFFICER).execute();
    await ledger.updateTable('seat').set({ email: 'nguoi-khac@thaibinh.example' }).where('id', '=', seat!.id).execute();
  };
});

describe('what is held', () => {
  const hold = async (): Promise<void> => {
    await recordStart(ledger, { id: 'start-1', plan: 'CN18', tasks: ['CN18-01'], startedAt: START, messages: 400, isHeld: true });
    await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
  };

  it('stands above the list and among the undelivered, with the command that lets it go', async () => {
    await hold();
    expect((await run('outbox', 'list')).said).toMatch(/^Đang giữ: lần khởi động start-1 của kế hoạch CN18 \(1 nhiệm vụ, 1 thông báo, ngày đầu khoảng 400 tin\)\. Cho gửi: dondoc outbox release start-1 Không có thư/);
    expect((await open('/undelivered')).html).toContain('dondoc outbox release start-1');
    expect((await open('/')).html).toContain('Không gửi được (1)');
  });

  it('is let go only by name, after a question with its number, and not where Temporal is away', async () => {
    expect(await run('outbox', 'release')).toMatchObject({ exit: 1, err: expect.stringContaining('Không có lần khởi động nào đang giữ') });
    expect(await run('outbox', 'release', '--restored')).toMatchObject({ exit: 1 });
    await hold();
    expect(await run('outbox', 'release', 'start-2', '--yes')).toMatchObject({ exit: 1, err: expect.stringContaining('start-2') });
    expect(await run('outbox', 'release', 'start-1', '--restored')).toMatchObject({ exit: 2 });
    expect(await run('outbox', 'release')).toMatchObject({ exit: 2, err: expect.stringContaining('--yes') });
    expect(await dondoc(['outbox', 'release'], { env, answer: 'k' })).toMatchObject({ exit: 1, err: expect.stringContaining('chưa gửi gì') });
    expect(await run('outbox', 'release', '--yes')).toMatchObject({ exit: 3 });
    await pass();
    expect(peer.taken).toHaveLength(0);
  });
});

describe('a forecast', () => {
  it('says who gets what on which day if nobody acts, positions instead of addresses', async () => {
    await plan(ledger, 'CN18-01', [notice('CN18-01', { to: OFFICER })]);
    const lines = (await dondoc(['outbox', 'forecast', '--days', '90', '--json'], { env })).lines() as { type: string; on: string; at: string; to: string[]; channel: string; tasks: string[]; notices: { kind: string; rung?: string }[] }[];
    expect(lines[0]).toMatchObject({ type: 'message', on: '2018-10-22', to: [OFFICER], channel: 'email', tasks: ['CN18-01'], notices: [{ kind: 'assigned' }] });
    expect(lines.map((l) => l.at)).toEqual([...lines.map((l) => l.at)].sort());
    expect(lines.flatMap((l) => l.notices.map((n) => n.rung))).toEqual(expect.arrayContaining(['A+4', 'T-20', 'L1']));
    expect(JSON.stringify(lines)).not.toContain('@');
    const ran = await run('outbox', 'forecast', '--days', '10');
    expect(ran.said).toContain('Ngày 22/10/2018 (2) 08:00 Thư → Đầu mối theo dõi, Sở tb-skhdt: CN18-01 giao nhiệm vụ');
    expect(ran.width).toBeLessThanOrEqual(80);
    await pass();
    expect((await run('outbox', 'forecast', '--days', '10')).said).not.toContain('giao nhiệm vụ');
    await ledger.updateTable('task').set({ needs_repair: 'ledger-behind' }).where('id', '=', 'CN18-01').execute();
    expect((await run('outbox', 'forecast', '--days', '10')).said).toContain('Trong 10 ngày tới không có thư nào');
    expect((await run('outbox', 'forecast', '--days', '0')).exit).toBe(2);
  });
});

import { serve } from '@hono/node-server';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedSms } from '../../../activities/adapters/embedded-sms';
import { createSmtpMailer } from '../../../activities/adapters/smtp';
import { buildMime } from '../../../activities/freeze/mime';
import type { Unit } from '../../../domain/plan';
import { type Inbox, startInbox } from '../../../embedded/inbox';

const TO = 'dau-moi@skhdt.example';
const PHONE = '+84000000001';
const OTHER_PHONE = '+84000000007';
const UNIT: Unit = {
  id: 'tb-skhdt', name: 'Sở Kế hoạch và Đầu tư', shortName: 'Sở KH&ĐT', smsName: 'S.KHDT', type: 'department', address: 'quý Sở', aliases: [],
};
const AT = Date.UTC(2018, 9, 22, 1);

describe('the embedded inbox', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dondoc-inbox-'));
  let inbox: Inbox;
  const start = () => startInbox({ dataDir, smtpPort: 0, httpPort: 0 });
  beforeEach(async () => { inbox = await start(); });
  afterEach(() => inbox.stop());
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  const mail = async (subject: string, html = '<html><head></head><body><a href="https://nv.example/t/X">Xem</a><script>alert(1)</script></body></html>') => {
    const bytes = await buildMime({
      key: `k${subject.length}`, from: 'Đôn đốc <don-doc@thaibinh.example>', to: TO, now: AT,
      mail: { subject, text: 'Xem https://nv.example/t/X', html, thread: 'CN18-05', attachments: [{ filename: 'kế hoạch.txt', contentType: 'text/plain', content: Buffer.from('nội dung') }] },
    });
    const mailer = createSmtpMailer({ url: inbox.smtpUrl, from: 'don-doc@thaibinh.example', reportId: (key) => key });
    const result = await mailer.send({ to: TO, key: 'k1', body: async () => bytes });
    await mailer.close();
    return { bytes, result };
  };
  const get = async (path: string) => {
    const response = await fetch(`${inbox.url}${path}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('shows mails and text messages side by side, and keeps the bytes of a mail as they came', async () => {
    const { bytes, result } = await mail('Giao nhiệm vụ <b>');
    expect(result.outcome).toBe('accepted');
    const sms = { to: PHONE, text: 'SCT TB: https://nv.example/t/ABC', key: 'k1', at: AT };
    expect(await createEmbeddedSms(inbox).send(sms)).toMatchObject({ outcome: 'accepted' });
    const home = (await get('/')).text;
    expect(home).toContain('Giao nhiệm vụ &lt;b&gt;');
    expect(home).toContain('22/10/2018 08:00');
    expect(home).toContain(`${TO} (1)`);
    expect(home).toContain('<a href="https://nv.example/t/ABC"');
    expect(home).not.toContain('<script');
    const raw = Buffer.from(await (await fetch(`${inbox.url}/mails/000001/raw`)).arrayBuffer());
    expect(raw.equals(bytes)).toBe(true);
  });

  it('opens a mail in a frame that runs no script and whose links open beside it', async () => {
    const page = await get('/mails/000001');
    expect(page.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page.text).toContain('kế hoạch.txt');
    const frame = await get('/mails/000001/html');
    expect(frame.text).toContain('<base target="_blank">');
    expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(frame.headers.get('content-security-policy')).not.toContain('allow-scripts');
    expect((await get('/mails/000001/files/0')).text).toBe('nội dung');
    expect((await get('/mails/999999')).status).toBe(404);
  });

  it('has everything again after a restart, also where a killed process left half a line', async () => {
    await inbox.stop();
    appendFileSync(join(dataDir, 'mails.jsonl'), '{"id":"0000');
    inbox = await start();
    await mail('Nhắc việc');
    const mails = JSON.parse((await get(`/api/mails?to=${TO}`)).text) as { id: string; subject: string }[];
    expect(mails.map((m) => m.subject)).toEqual(['Giao nhiệm vụ <b>', 'Nhắc việc']);
    expect(new Set(mails.map((m) => m.id)).size).toBe(2);
    await inbox.stop();
    inbox = await start();
    expect(JSON.parse((await get('/api/mails')).text)).toHaveLength(2);
  });

  it('keeps one text message per key, however often it is sent', async () => {
    const gateway = createEmbeddedSms(inbox);
    const sms = { to: PHONE, text: 'SCT TB: hai', key: 'k2', at: AT };
    await Promise.all([gateway.send(sms), gateway.send(sms)]);
    await gateway.send(sms);
    expect((JSON.parse((await get(`/api/sms?to=${encodeURIComponent(PHONE)}`)).text) as { key: string }[]).filter((s) => s.key === 'k2')).toHaveLength(1);
  });

  it('leads to the way of a message on the board, and reports each text message that a phone has got', async () => {
    const key = '0123456789abcdef0123';
    const reported: string[] = [];
    const board = serve({ fetch: (request) => { reported.push(request.url); return new Response('ok'); }, port: 0, hostname: '127.0.0.1' }) as Server;
    await once(board, 'listening');
    const boardUrl = `http://127.0.0.1:${(board.address() as AddressInfo).port}`;
    await inbox.stop();
    inbox = await startInbox({ dataDir, smtpPort: 0, httpPort: 0, boardUrl, receiptUrl: `${boardUrl}/sms/receipt/inbox/s` });
    await createEmbeddedSms(inbox).send({ to: PHONE, text: 'SCT TB: ba', key, at: AT });
    while (reported.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(reported).toEqual([`${boardUrl}/sms/receipt/inbox/s?key=${key}&status=delivered`]);
    expect((await get('/')).text).toContain(`<a href="${boardUrl}/outbox/${key}">Đường đi</a>`);
    await new Promise((resolve) => board.close(resolve));
  });

  it('shows beside a mailbox the phone of its person alone, headed by position and unit, and every phone on the overview', async () => {
    const seats = [
      { position: 'tb-skhdt/officer', person: 'p005', name: 'Người giữ chức 05', email: 'Dau-Moi@skhdt.example', phone: '0000 000 001', from: '2018-01-01' },
      { position: 'tb-skhdt/clerk', person: 'p008', name: 'Người giữ chức 08', email: 'van-thu@skhdt.example', from: '2018-01-01' },
    ] as const;
    await inbox.stop();
    inbox = await startInbox({ dataDir, smtpPort: 0, httpPort: 0, people: async () => ({ units: [UNIT], seats }) });
    await createEmbeddedSms(inbox).send({ to: OTHER_PHONE, text: 'SCT TB: cho nguoi khac', key: 'k9', at: AT });
    const own = (await get(`/?mailbox=${TO}`)).text;
    expect(own).toContain('Đầu mối theo dõi, Sở Kế hoạch và Đầu tư');
    expect(own).toContain(`Điện thoại ${PHONE}<`);
    expect([own.includes('SCT TB: hai'), own.includes('cho nguoi khac'), own.includes(OTHER_PHONE)]).toEqual([true, false, false]);
    const clerk = (await get('/?mailbox=van-thu@skhdt.example')).text;
    expect(clerk).toContain('Danh bạ không có điện thoại của hộp thư này.');
    expect(clerk).not.toContain('SCT TB');
    const all = (await get('/')).text;
    for (const phone of [PHONE, OTHER_PHONE]) expect(all).toContain(`${phone} (`);
  });

  it('says of a text message that never reached it that it was not sent', async () => {
    const { url } = inbox;
    await inbox.stop();
    expect(await createEmbeddedSms({ url }).send({ to: PHONE, text: 'x', key: 'k3', at: AT })).toMatchObject({ outcome: 'not-sent' });
    inbox = await start();
  });
});

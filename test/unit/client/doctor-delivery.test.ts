import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInbox } from '../../../embedded/inbox';
import type { Ledger } from '../../../ledger/connect';
import { recordStart } from '../../../ledger/plans';
import { writeClock } from '../../../ledger/settings';
import { recordUnsealed } from '../../../ledger/unsealed';
import { desk, emailOf, furnish, notice, plan } from '../../support/delivery';
import { startFaultyGateway } from '../../support/faulty-gateway';
import { embeddedEngine } from '../../support/ledger';
import { type SmtpPeer, startSmtpPeer } from '../../support/smtp-peer';
import { START } from '../../support/task-values';
import { dondoc } from './terminal';

const TO = 'thu@don-vi.example';
const PHONE = '+84000000001';

describe('doctor --send-test', () => {
  let peer: SmtpPeer;
  const home = mkdtempSync(join(tmpdir(), 'dondoc-home-'));
  beforeEach(async () => { peer = await startSmtpPeer(); });
  afterEach(() => peer.stop());
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const send = async (to: string, env: Record<string, string> = {}) => dondoc(['doctor', '--send-test', to, '--json'], { env: { DONDOC_HOME: home, ...env } });
  const kannel = (url: string) => ({ SMS_GATEWAY: 'kannel', SMS_URL: url, SMS_USER: 'tester', SMS_PASSWORD: 'hunter6x', SMS_SENDER: 'SCT.TB' });

  it('sends one mail that says it is a test, and says how it ended with the answer', async () => {
    const ran = await send(TO, { SMTP_URL: peer.url });
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.json()).toEqual({ channel: 'email', to: TO, outcome: 'accepted', said: expect.stringContaining('250 2.0.0 Ok') });
    expect(peer.taken.map((t) => t.to)).toEqual([TO]);
    expect((await dondoc(['doctor', '--send-test', TO], { env: { DONDOC_HOME: home, SMTP_URL: peer.url } })).out).toContain('nơi nhận đã tiếp nhận');
  });
  it('tells a refusal from a server that is away, and from one that nobody is sure of', async () => {
    peer.fault(TO, 'refuse-rcpt');
    expect(await send(TO, { SMTP_URL: peer.url })).toMatchObject({ exit: 1, out: expect.stringContaining('550 5.1.1') });
    peer.fault(TO, 'drop-after-dot');
    expect((await send(TO, { SMTP_URL: peer.url })).exit).toBe(4);
    expect((await send(TO, { SMTP_URL: 'smtp://127.0.0.1:1' })).json()).toMatchObject({ outcome: 'not-sent' });
    expect(await send(TO)).toMatchObject({ exit: 1, out: expect.stringContaining('SMTP_URL') });
    expect((await send('không phải địa chỉ')).exit).toBe(2);
  });
  it('sends one text that operators know through the gateway of the settings, and says no password', async () => {
    const gateway = await startFaultyGateway([{ status: 202, body: '0: Accepted for delivery' }, { status: 403, body: 'Authorization failed for hunter6x' }, 'reset']);
    const ran = await send('0000 000 001', kannel(gateway.url));
    expect(ran.json()).toMatchObject({ channel: 'sms', to: PHONE, outcome: 'accepted' });
    expect(decodeURIComponent(gateway.requests[0] ?? '').replaceAll('+', ' ')).toContain('text=SCT TB: Ngay 22/10/2018 co 0 viec can xu ly, truoc het la nhiem vu KIEM TRA');
    const refused = await send(PHONE, kannel(gateway.url));
    expect(refused.json()).toMatchObject({ outcome: 'deferred' });
    expect(refused.out).not.toContain('hunter6x');
    expect((await send(PHONE, kannel(gateway.url))).exit).toBe(4);
    await gateway.stop();
    expect((await send(PHONE, kannel(gateway.url))).exit).toBe(3);
  });
  it('reaches mailboxes and phones of a demonstration', async () => {
    const inbox = await startInbox({ dataDir: join(home, 'inbox'), smtpPort: 0, httpPort: 0 });
    writeFileSync(join(home, 'run.json'), JSON.stringify({ inboxUrl: inbox.url, smtpUrl: inbox.smtpUrl }));
    expect((await send(TO)).exit).toBe(0);
    expect((await send(PHONE)).exit).toBe(0);
    const all = await (await fetch(`${inbox.url}/`)).text();
    for (const text of ['[Đôn đốc] Thư thử', PHONE]) expect(all).toContain(text);
    await inbox.stop();
    rmSync(join(home, 'run.json'));
  });
});

describe('doctor', () => {
  const engine = embeddedEngine();
  const home = mkdtempSync(join(tmpdir(), 'dondoc-home-'));
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await engine.freshLedger();
    writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir: await engine.socketDir() }));
    await furnish(ledger);
    await writeClock(ledger, { anchor: 0, from: START, rate: 1, until: START });
  });
  afterAll(async () => {
    rmSync(home, { recursive: true, force: true });
    await engine.stop();
  });
  const check = async (name: string, now = Date.now()) => {
    const { checks } = (await dondoc(['doctor', '--json'], { env: { DONDOC_HOME: home }, now })).json() as { checks: { name: string; state: string; detail: string; remedy?: string }[] };
    return checks.find((c) => c.name === name);
  };

  it('counts addresses that take nothing, with their positions and never the address', async () => {
    const peer = await startSmtpPeer();
    const post = desk(ledger, peer.url);
    expect(await check('addresses')).toMatchObject({ state: 'ok' });
    expect(await check('undelivered')).toMatchObject({ state: 'ok' });
    peer.fault(emailOf('tb-skhdt/officer'), 'refuse-rcpt');
    await plan(ledger, 'CN18-01', [notice('CN18-01', { to: 'tb-skhdt/officer' })]);
    await post.freeze({ now: START });
    await post.send({ now: START, limit: 10 });
    const found = await check('addresses');
    expect(found).toMatchObject({ state: 'warning', detail: '1 địa chỉ bị nơi nhận từ chối, của tb-skhdt/officer', remedy: expect.stringContaining('directory import') });
    await Promise.all([post.mailer.close(), peer.stop()]);
  });
  it('names starts that are held', async () => {
    expect(await check('held')).toBeUndefined();
    await recordStart(ledger, { id: 'start-1', plan: 'CN18', tasks: ['CN18-01'], startedAt: START, messages: 400, isHeld: true });
    expect(await check('held')).toMatchObject({ state: 'warning', detail: expect.stringContaining('CN18'), remedy: expect.stringContaining('outbox release') });
  });
  it('names tasks of which an act was undone', async () => {
    expect(await check('unsealed')).toBeUndefined();
    await recordUnsealed(ledger, [
      { id: 'a', task: 'CN18-05', act: 'confirm', position: 'tb-sct/leader', via: 'link', why: 'missing', decidedAt: START },
    ], Date.now());
    expect(await check('unsealed')).toMatchObject({ state: 'warning', detail: expect.stringContaining('CN18-05'), remedy: expect.stringContaining('Temporal') });
  });
  it('notices that the clocks of the database and of this machine differ', async () => {
    expect(await check('clock')).toMatchObject({ state: 'ok' });
    expect(await check('clock', Date.now() - 120_000)).toMatchObject({ state: 'warning', detail: 'đồng hồ cơ sở dữ liệu nhanh hơn máy này 120 giây' });
  });
});

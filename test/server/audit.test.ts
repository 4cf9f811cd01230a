import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actOnTask, startTasks } from '../../client/tasks';
import { POST_WORKFLOW_ID, taskWorkflowId } from '../../contracts/ids';
import { MINUTE_MS } from '../../domain/time';
import { readClock } from '../../ledger/settings';
import { command, document } from '../support/builders';
import { doorTo } from '../support/door';
import { runDondoc } from '../support/dondoc';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot';
import { startFaultyGateway } from '../support/faulty-gateway';
import { type LiveSite, startLiveSite, until, type WorkerProcess } from '../support/live-site';
import { hasPostfix, type Postfix, startPostfix } from '../support/postfix';
import { FIRST_MORNING, startShortPlan } from '../support/short-plan';
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer';
import { seedOf } from '../support/task-values';

const ADMIN = 'quan-tri@don-vi.example';
const US = 'don-doc@thaibinh.example';
type Answer = { readonly exit: number; readonly codes: readonly string[]; readonly out: string; readonly err: string };
type Finding = { readonly code: string; readonly what: string; readonly since: string; readonly next: string };

/** What a dead man's switch was told, in order. */
const startSwitch = async (): Promise<{ readonly url: string; readonly told: string[]; readonly server: Server }> => {
  const told: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += String(chunk); }).on('end', () => {
      told.push(`${request.url} ${body}`.trim());
      response.end('OK');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/uuid`, told, server };
};

let site: LiveSite;
let worker: WorkerProcess;
let relay: SmtpPeer;
let ping: Awaited<ReturnType<typeof startSwitch>>;
let home: string;
let env: Record<string, string>;
/** What is found before the first worker: Temporal remembers one for minutes. */
let unattended: Answer;
beforeAll(async () => {
  site = await startLiveSite(FIRST_MORNING);
  [relay, ping] = [await startSmtpPeer(), await startSwitch()];
  home = mkdtempSync(join(tmpdir(), 'dondoc-audit-'));
  writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir: site.socketDir }));
  env = { DONDOC_HOME: home, TEMPORAL_ADDRESS: site.server.address, SMTP_URL: relay.url, MAIL_FROM: `Đôn đốc <${US}>`, DONDOC_ADMIN: ADMIN, DONDOC_PING_URL: ping.url };
  unattended = await audit({ more: { SMTP_URL: '', DONDOC_PING_URL: '' } });
  worker = await site.startWorker();
  await startShortPlan(site, '2018-11-12');
}, 120_000);
afterAll(async () => {
  ping.server.close();
  await relay.stop();
  await site.stop();
  rmSync(home, { recursive: true, force: true });
});

type RunOptions = { readonly later?: number; readonly more?: Record<string, string> };
/** One run as by a timer; `later`: so many minutes after now. */
const run = (argv: readonly string[], { later = 0, more = {} }: RunOptions = {}) =>
  runDondoc(argv, { ...env, ...more }, () => Date.now() + later * MINUTE_MS);
const audit = async (options: RunOptions = {}): Promise<Answer> => {
  const { exit, out, err } = await run(['audit', '--json'], options);
  const findings = exit > 1 ? [] : (JSON.parse(out) as { findings: Finding[] }).findings;
  for (const finding of findings) expect(Object.keys(finding)).toEqual(['code', 'what', 'since', 'next']);
  return { exit, out, err, codes: findings.map((f) => f.code) };
};
const ALERT = 'Cảnh báo hệ thống';
const subjects = (): string[] => relay.taken.filter((t) => t.to === ADMIN).map(({ bytes }) => {
  const encoded = /^Subject: ((?:.*\r\n )*.*)\r\n/m.exec(bytes.toString('latin1'))?.[1] ?? '';
  return encoded.replace(/\r\n /g, '').replace(/=\?UTF-8\?(Q|B)\?(.*?)\?=\s*/gi, (_, kind: string, text: string) => (kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8')
    : Buffer.from(text.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')));
});

test('a worker that nobody started: no post, no calendar', () => {
  expect(unattended).toMatchObject({ exit: 1, codes: ['worker-missing', 'post-missing', 'calendar-ends'] });
});

test('nothing is found where all is well, and the switch is told so', async () => {
  expect(await audit()).toMatchObject({ exit: 0, codes: [] });
  expect(ping.told.at(-1)).toBe('/uuid');
  expect(subjects()).toEqual([]);
  expect((await run(['audit'])).out).toContain('Không phát hiện vấn đề nào.');
  expect((await run(['audit', '--lang', 'en'])).out).toContain('Nothing was found.');
});

test('a task without a workflow is named, told once, and told to be over when it is', async () => {
  const { client } = site.server;
  await client.workflow.getHandle(taskWorkflowId('KT18-02')).terminate('lost');
  await until('it is seen', async () => (await audit({ later: 15 })).codes.length > 0);
  const found = await audit({ later: 15 });
  expect(found).toMatchObject({ exit: 1, codes: ['task-without-workflow'] });
  expect(found.out).toContain('KT18-02');
  expect(found.out).not.toContain('KT18-01');
  expect(ping.told.at(-1)).toBe('/uuid/fail task-without-workflow');
  expect(subjects()).toEqual([expect.stringContaining(`${ALERT}: 1 vấn đề`)]);
  expect(relay.taken.at(-1)?.bytes.toString('latin1')).toContain('Auto-Submitted: auto-generated');
  expect((await run(['repair'])).exit).toBe(0);
  await until('it runs again', async () => (await audit({ later: 15 })).exit === 0);
  await audit({ later: 15 });
  expect(subjects()).toEqual([expect.stringContaining(ALERT), expect.stringContaining('bình thường trở lại')]);
});

test('a post that does not run, and a workflow whose task is in no ledger', async () => {
  const { client } = site.server;
  await client.workflow.getHandle(POST_WORKFLOW_ID).terminate('lost');
  await worker.stop();
  await startTasks(client, [seedOf('CN99-01')], (await readClock(site.ledger))!);
  await until('both are seen', async () => (await audit()).codes.length > 1);
  expect((await audit()).codes).toEqual(['post-missing', 'task-unknown']);
  await client.workflow.getHandle(taskWorkflowId('CN99-01')).terminate('not ours');
  worker = await site.startWorker();
  await until('the post runs again', async () => (await audit()).exit === 0);
});

test('a task that ended in Temporal with events that the ledger lacks', async () => {
  const ended = await actOnTask(doorTo(site.server.client), 'KT18-03', command('discontinue', 'tb-sct/leader', { document }), site.storyNow());
  expect(ended).toMatchObject({ ok: true });
  const row = () => site.ledger.selectFrom('task').select(['state', 'seq']).where('id', '=', 'KT18-03').executeTakeFirstOrThrow();
  await until('it has ended', async () => (await row()).state === 'discontinued');
  const before = await row();
  await site.ledger.updateTable('task').set({ state: 'in_progress', seq: before.seq - 1 }).where('id', '=', 'KT18-03').execute();
  await until('it is seen', async () => (await audit({ later: 15 })).codes.includes('ledger-behind'));
  expect((await audit({ later: 15 })).codes).toEqual(['ledger-behind']);
  await site.ledger.updateTable('task').set(before).where('id', '=', 'KT18-03').execute();
});

test('services that are dead are findings; only without the ledger there is no audit, which is told once too', async () => {
  expect(await audit({ more: { TEMPORAL_ADDRESS: '127.0.0.1:1' } })).toMatchObject({ exit: 1, codes: ['temporal-away'] });
  expect(await audit({ more: { SMTP_URL: 'smtp://127.0.0.1:1' } })).toMatchObject({ exit: 1, codes: ['mail-away'] });
  const gateway = { SMS_GATEWAY: 'kannel', SMS_URL: 'http://127.0.0.1:1', SMS_USER: 'tester', SMS_PASSWORD: 'hunter6x', SMS_SENDER: 'SCT.TB' };
  expect((await audit({ more: gateway })).codes).toEqual(['sms-away']);
  expect((await audit()).codes).toEqual([]);

  const told = subjects().length;
  writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir: join(home, 'nowhere') }));
  expect((await audit()).exit).toBe(3);
  expect((await audit()).exit).toBe(3);
  expect(subjects().slice(told)).toEqual([expect.stringContaining(ALERT)]);
  expect(ping.told.at(-1)).toBe('/uuid/fail ledger-away');
  writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir: site.socketDir }));
  expect((await audit()).exit).toBe(0);
  expect(subjects().at(-1)).toContain('bình thường trở lại');
}, 120_000);

test('a trouble that was over and comes again is told again, also where another has stood all the time', async () => {
  const away = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const both = { ...away, SMS_GATEWAY: 'kannel', SMS_URL: 'http://127.0.0.1:1', SMS_USER: 'tester', SMS_PASSWORD: 'hunter6x', SMS_SENDER: 'SCT.TB' };
  const told = subjects().length;
  for (const more of [away, both, both, away, both, away, away, both, {}]) await audit({ more });
  expect(subjects().slice(told)).toEqual([
    expect.stringContaining(`${ALERT}: 1 vấn đề`), expect.stringContaining(`${ALERT}: 2 vấn đề`), expect.stringContaining(`${ALERT}: 2 vấn đề`),
    expect.stringContaining('bình thường trở lại'),
  ]);
}, 120_000);

test('a text message to the administrator that the gateway refuses; one a day where it is taken', async () => {
  const gateway = await startFaultyGateway([{ status: 403, body: 'Authorization failed' }]);
  const more = { SMS_GATEWAY: 'kannel', SMS_URL: gateway.url, SMS_USER: 'tester', SMS_PASSWORD: 'hunter6x', SMS_SENDER: 'SCT.TB', DONDOC_CANARY_PHONE: '+84000000001' };
  // The test's clock is real where a person waits: 10:00 of a working day.
  const later = (Date.UTC(2030, 0, 8, 3) - Date.now()) / MINUTE_MS;
  const codes = async (minutes: number): Promise<readonly string[]> => (await audit({ later: later + minutes, more })).codes.filter((code) => code.startsWith('sms'));
  expect(await codes(0)).toEqual(['sms-lost']);
  const asked = gateway.requests.length;
  expect(await codes(30)).toEqual(['sms-lost']);
  expect(gateway.requests).toHaveLength(asked);
  await gateway.stop();
});

const canDeliver = hasPostfix() && hasDovecot();
if (!canDeliver) process.stderr.write('SKIPPED: a mail to ourselves through a relay and IMAP: Postfix and Dovecot cannot be run here.\n');
(canDeliver ? describe : describe.skip)('a mail to ourselves', () => {
  let boxes: Dovecot;
  let postfix: Postfix;
  beforeAll(async () => {
    boxes = await startDovecot([US]);
    postfix = await startPostfix({ routes: { 'thaibinh.example': `lmtp:inet:127.0.0.1:${boxes.lmtpPort}`, '*': 'discard:nobody' } });
  }, 60_000);
  afterAll(async () => {
    await postfix.stop();
    await boxes.stop();
  });
  const ours = (codes: readonly string[]): readonly string[] => codes.filter((code) => code.startsWith('mail'));

  it('that comes back is taken out of the mailbox; one that does not is found, until one does; a mailbox that cannot be opened is found', async () => {
    const more = { SMTP_URL: postfix.url, IMAP_URL: boxes.imapUrl(US) };
    expect(ours((await audit({ more })).codes)).toEqual([]);
    await until('it is in the mailbox', () => /(?:saved mail to|stored mail into mailbox)/.test(boxes.log()));
    expect(ours((await audit({ more, later: 40 })).codes)).toEqual([]);
    expect(ours((await audit({ more, later: 50 })).codes)).toEqual([]);

    const lost = { ...more, SMTP_URL: relay.url };
    const sent = relay.taken.length;
    expect(ours((await audit({ more: lost, later: 70 })).codes)).toEqual([]);
    expect(relay.taken.slice(sent).filter((t) => t.to === US)).toHaveLength(1);
    expect(ours((await audit({ more: lost, later: 95 })).codes)).toEqual([]);
    expect(ours((await audit({ more: lost, later: 101 })).codes)).toEqual(['mail-lost']);
    expect(ours((await audit({ more, later: 131 })).codes)).toEqual(['mail-lost']);
    await until('the next one has come', async () => ours((await audit({ more, later: 132 })).codes).length === 0);

    expect(ours((await audit({ more: { ...more, IMAP_URL: boxes.imapUrl(US, 'sai') }, later: 133 })).codes)).toEqual(['mailbox-unread']);
  }, 120_000);
});

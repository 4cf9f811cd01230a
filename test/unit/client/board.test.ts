import type { Hono } from 'hono';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../client/web/app';
import { connectLedger, type Ledger } from '../../../ledger/connect';
import { embeddedEngine } from '../../support/ledger';
import { fillLedger, NOW, SECRETS } from './sample-ledger';
import { dondoc } from './terminal';

const engine = embeddedEngine();
let ledger: Ledger;
let app: Hono;
const home = mkdtempSync(join(tmpdir(), 'dondoc-home-'));
const env = { DONDOC_HOME: home };
beforeAll(async () => {
  ledger = await engine.freshLedger();
  writeFileSync(join(home, 'run.json'), JSON.stringify({ socketDir: await engine.socketDir() }));
  await fillLedger(ledger);
  app = createApp({ ledger, now: async () => NOW });
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await engine.stop();
});

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });
type Page = { readonly status: number; readonly html: string; readonly headers: Headers };
const open = async (path: string, options: { readonly peer?: string; readonly headers?: Record<string, string>; readonly web?: Hono } = {}): Promise<Page> => {
  const answer = await (options.web ?? app).request(`http://127.0.0.1:8080${path}`, { headers: { host: '127.0.0.1:8080', ...options.headers } }, from(options.peer ?? '127.0.0.1'));
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
};

describe('the board', () => {
  it('lists tasks with state, due date, days left, level and next rung', async () => {
    const { status, html } = await open('/');
    expect(status).toBe(200);
    expect(html).toContain('<html lang="vi">');
    const row = html.slice(html.indexOf('/tasks/CN18-05'), html.indexOf('/tasks/CN18-09'));
    for (const text of ['Sở Kế hoạch và Đầu tư', '31/12/2019', 'quá 1 ngày làm việc', 'Đang thực hiện, quá hạn mức 1', 'Mức 1', 'L2']) expect(row).toContain(text);
  });
  it('filters by lead and by state through a form without a script', async () => {
    const { html } = await open('/?lead=tb-skhdt&state=overdue');
    expect(html).toContain('1 nhiệm vụ');
    expect(html).toContain('/tasks/CN18-05');
    expect(html).not.toContain('/tasks/CN18-01');
    expect(html).not.toContain('<script');
    expect((await open('/?lead=tb-skhdt&state=completed')).html).toContain('Không có nhiệm vụ nào phù hợp.');
  });
  it('shows code and date only of a confidential task, on its page too', async () => {
    for (const path of ['/', '/tasks/CN18-09', `/t/${SECRETS.secret}`]) {
      const { html } = await open(path);
      expect(html).toContain('CN18-09');
      expect(html).not.toContain('doanh nghiệp nhỏ và vừa');
    }
    expect((await open('/tasks/CN18-09')).html).not.toContain('Nhật ký');
  });
  it('shows the history of a task: who did what by which way, typed texts escaped', async () => {
    const { html } = await open('/tasks/CN18-05');
    for (const text of ['Xác nhận tiếp nhận', '09:00 23/10/2018', 'Sở Kế hoạch và Đầu tư', 'nhập thay', 'Quyết định &lt;b&gt;của&lt;/b&gt; UBND tỉnh', 'Giao nhiệm vụ']) expect(html).toContain(text);
  });
  it('shows messages with their text, secrets blanked', async () => {
    expect((await open('/outbox?state=failed')).html).toContain('[CN18-05] Giao nhiệm vụ');
    const { html } = await open('/outbox/m-1');
    for (const text of ['Kính gửi: Sở Kế hoạch và Đầu tư', 'https://nv.example/t/••••••', '550 no such user']) expect(html).toContain(text);
    expect(html).not.toContain('SSSS');
  });
  it('says so where there is no such page', async () => {
    for (const path of ['/tasks/CN18-99', '/outbox/none', '/nothing']) expect((await open(path)).status).toBe(404);
  });
});

describe('outside loopback', () => {
  it.each([
    ['another machine', { peer: '192.0.2.7' }],
    ['an unknown peer', { peer: '' }],
    ['a request that a proxy passed on', { headers: { 'x-forwarded-for': '192.0.2.7' } }],
    ['a page that points its own name here', { headers: { host: 'attacker.example' } }],
  ])('%s gets no board, and links all the same', async (_who, options) => {
    for (const path of ['/', '/tasks/CN18-05', '/outbox', '/outbox/m-1']) {
      const { status, html } = await open(path, options);
      expect(status).toBe(404);
      expect(html).not.toContain('Kế hoạch và Đầu tư');
    }
    expect((await open(`/t/${SECRETS.task}`, options)).status).toBe(200);
    expect((await open('/healthz', options)).status).toBe(200);
  });
  it('in public mode nobody gets the board', async () => {
    const web = createApp({ ledger, now: async () => NOW, publicUrl: 'https://nv.example' });
    expect((await open('/', { web })).status).toBe(404);
    expect((await open(`/t/${SECRETS.task}`, { web })).status).toBe(200);
  });
});

describe('a link', () => {
  it('shows its task and changes nothing', async () => {
    const before = await ledger.selectFrom('event').select((e) => e.fn.countAll().as('n')).executeTakeFirst();
    const { html } = await open(`/t/${SECRETS.task}`);
    for (const text of ['Nhiệm vụ CN18-05', 'Đầu mối theo dõi, Sở Kế hoạch và Đầu tư', 'Đang thực hiện, quá hạn mức 1']) expect(html).toContain(text);
    expect(html).not.toContain('href="/outbox"');
    expect(await ledger.selectFrom('event').select((e) => e.fn.countAll().as('n')).executeTakeFirst()).toEqual(before);
  });
  it("a position's page lists the tasks of its unit", async () => {
    const { html } = await open(`/t/${SECRETS.page}`);
    expect(html).toContain('CN18-05');
    expect(html).toContain('CN18-01');
  });
  it('that has died says why', async () => {
    expect(await open(`/t/${SECRETS.expired}`)).toMatchObject({ status: 410, html: expect.stringContaining('hết hạn từ sau ngày 01/01/2020') });
    expect(await open(`/t/${SECRETS.revoked}`)).toMatchObject({ status: 410, html: expect.stringContaining('đơn vị chủ trì đã được điều chỉnh') });
  });
  it('that was never given out is not found, and guessing is stopped; a link of a mail works from there all the same', async () => {
    const web = createApp({ ledger, now: async () => NOW, publicUrl: 'https://nv.example' });
    for (let miss = 0; miss < 20; miss += 1) expect((await open(`/t/${String(miss).padStart(26, '0')}`, { web })).status).toBe(404);
    for (const guess of ['1'.repeat(26), '1'.repeat(12)]) expect((await open(`/t/${guess}`, { web })).status).toBe(429);
    expect((await open(`/t/${'1'.repeat(12)}`, { web: createApp({ ledger, now: async () => NOW, publicUrl: 'https://nv.example' }) })).status).toBe(429);
    expect((await open(`/t/${SECRETS.task}`, { web })).status).toBe(200);
    expect((await open(`/t/${'1'.repeat(12)}`, { web, peer: '192.0.2.8' })).status).toBe(404);
  });
});

describe('every answer', () => {
  it.each(['/', '/tasks/CN18-05', `/t/${SECRETS.task}`, '/t/x', '/nothing'])('%s is never cached, framed or scripted', async (path) => {
    const { headers } = await open(path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  });
  it('a ledger that is away is said in Vietnamese, and the probe tells', async () => {
    const away = connectLedger({ socketDir: join(home, 'nothing') });
    const now = async () => { throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }); };
    const { status, html } = await open('/', { web: createApp({ ledger, now }) });
    expect(status).toBe(503);
    expect(html).toContain('tạm thời không truy cập được cơ sở dữ liệu');
    expect((await open('/readyz', { web: createApp({ ledger: away, now }) })).status).toBe(503);
    await away.close();
    expect(await open('/readyz')).toMatchObject({ status: 200, html: '{"ok":true}' });
  });
});

describe('the command line on the same ledger', () => {
  const run = (...argv: string[]) => dondoc(argv, { env });

  it('lists what is overdue', async () => {
    const lines = (await run('task', 'list', '--overdue', '--json')).json();
    expect(lines).toEqual([expect.objectContaining({ id: 'CN18-05', lead: 'tb-skhdt', state: 'in_progress', timeliness: 'overdue-1', dueOn: '2019-12-31', daysLeft: -1, level: 1, nextRung: 'L2', everOverdue: true })]);
  });
  it('lists who is not reminded at present, why, and until when', async () => {
    const silent = async () => (await run('task', 'list', '--silent', '--json')).json() as { id: string; silence: object }[];
    expect(await silent()).toEqual([]);
    const { projection } = await ledger.selectFrom('task').select('projection').where('id', '=', 'CN18-05').executeTakeFirstOrThrow();
    const become = (more: object) => ledger.updateTable('task').set({ projection: JSON.stringify({ ...projection, ...more }) })
      .where('id', '=', 'CN18-05').execute();
    await become({ holdThrough: '2020-01-20', holdWhy: 'committed' });
    expect(await silent()).toMatchObject([{ id: 'CN18-05', silence: { why: 'committed', until: '2020-01-20' } }]);
    expect((await run('task', 'list', '--silent')).out.replace(/\s+/g, ' ')).toContain('20/01/2020');
    await become({ holdThrough: '2020-01-20', holdWhy: 'assignment-rejected' });
    expect(await silent()).toEqual([]);
    await become({ state: 'suspended' });
    expect(await silent()).toMatchObject([{ id: 'CN18-05', silence: { why: 'suspended', until: null } }]);
    await become({});
  });
  it('filters by state, lead and due date', async () => {
    const ids = async (...argv: string[]) => ((await run('task', 'list', '--json', ...argv)).json() as { id: string }[]).map((l) => l.id);
    expect(await ids('--state', 'in_progress')).toEqual(['CN18-05']);
    expect(await ids('--lead', 'tb-sct')).toEqual(['CN18-01']);
    expect(await ids('--due-before', '2020-01-01')).toEqual(['CN18-05', 'CN18-09']);
  });
  it('prints tables within 80 columns', async () => {
    for (const argv of [['task', 'list'], ['task', 'show', 'CN18-05'], ['task', 'history', 'CN18-05'], ['plan', 'status'], ['outbox', 'list'], ['directory', 'show']]) {
      const ran = await run(...argv);
      expect(ran.exit).toBe(0);
      expect(Math.max(...ran.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });
  it('shows the history with who typed it', async () => {
    const rows = (await run('task', 'history', 'CN18-05', '--json')).json();
    expect(rows).toContainEqual(expect.objectContaining({ act: 'acknowledge', position: 'tb-skhdt/officer', operator: 'os-1', via: 'cli', effectiveAt: '2018-10-23T09:00:00+07:00', texts: { deliverable: 'Quyết định <b>của</b> UBND tỉnh' } }));
  });
  it('hides all but code and date of a confidential task', async () => {
    for (const argv of [['task', 'list'], ['task', 'show', 'CN18-09'], ['task', 'history', 'CN18-09']]) {
      for (const more of [[], ['--json']]) expect((await run(...argv, ...more)).out).not.toContain('doanh nghiệp nhỏ');
    }
  });
  it('sums up plans', async () => {
    expect((await run('plan', 'status', 'CN18', '--json')).json()).toMatchObject({ today: '2020-01-02', plans: [{ code: 'CN18', tasks: 3, overdue: 1, byState: { assigned: 1, in_progress: 1 } }], messages: { failed: 1 } });
    expect(await run('plan', 'status', 'XX')).toMatchObject({ exit: 1, err: expect.stringContaining('Không có kế hoạch XX.') });
  });
  it('completes the number of a plan', async () => {
    expect((await run('plan', 'set', 'CN18', 'number=124', '--json')).json()).toEqual({ plan: 'CN18', number: '124' });
    expect((await run('plan', 'set', 'CN18', 'title=x')).exit).toBe(2);
    expect((await run('plan', 'set', 'XX', 'number=1')).exit).toBe(1);
  });
  it('shows messages, and does not resend what is over', async () => {
    expect((await run('outbox', 'list', '--state', 'failed', '--json')).json()).toEqual([expect.objectContaining({ key: 'm-1', state: 'failed', address: 'dau-moi@skhdt.example' })]);
    expect((await run('outbox', 'show', 'm-1')).out).toContain('Kính gửi: Sở Kế hoạch và Đầu tư');
    expect((await run('outbox', 'show', 'm-', '--json')).json()).toMatchObject({ key: 'm-1' });
    expect((await run('outbox', 'show', 'nope')).exit).toBe(2);
    await ledger.updateTable('message').set({ state: 'superseded' }).where('key', '=', 'm-1').execute();
    expect(await run('outbox', 'retry', 'm-1')).toMatchObject({ exit: 1, err: expect.stringContaining('không cần gửi lại') });
    await ledger.updateTable('message').set({ state: 'rejected' }).where('key', '=', 'm-1').execute();
    expect((await run('outbox', 'retry', 'm-1')).exit).toBe(3);
    await ledger.updateTable('message').set({ state: 'failed' }).where('key', '=', 'm-1').execute();
  });
  it('imports a directory: a dry run changes nothing, a second import has nothing to do', async () => {
    expect((await run('directory', 'import', 'examples/thu-muc-thai-binh.yaml', '--dry-run', '--json')).json()).toMatchObject({ dryRun: true, changes: [] });
    expect(await run('directory', 'import', 'khong-co.yaml')).toMatchObject({ exit: 2, err: expect.stringContaining('Không tìm thấy tệp') });
  });
  it('an act without the server is one sentence, and an unknown task is named', async () => {
    expect(await run('task', 'confirm', 'CN18-05', '--by', 'tb-sct/leader')).toMatchObject({ exit: 3, err: expect.stringContaining('Không kết nối được máy chủ Temporal; đã thử temporal.example:7233.') });
    expect((await run('task', 'confirm', 'CN18-99', '--by', 'tb-sct/leader')).exit).toBe(2);
  });
  it('start asks first: without a terminal and without --yes it does nothing', async () => {
    const argv = ['plan', 'withdraw', 'CN18', '--reason', 'nhầm'];
    expect(await run(...argv)).toMatchObject({ exit: 2, err: expect.stringContaining('--yes') });
    expect(await dondoc(argv, { env, answer: 'k' })).toMatchObject({ exit: 1, err: expect.stringContaining('chưa thu hồi gì') });
    expect((await ledger.selectFrom('plan').select('withdrawn_at').executeTakeFirst())?.withdrawn_at).toBeNull();
  });
});

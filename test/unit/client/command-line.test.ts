import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dondoc } from './terminal';

const PLAN = 'examples/ke-hoach-25-ctr-thai-binh.txt';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dondoc-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('bad usage ends with 2 and one sentence', () => {
  it.each([
    [['plan', 'nope'], 'Không có lệnh "nope".'],
    [['plan', 'check'], 'Thiếu tham số FILE.'],
    [['plan', 'check', PLAN, '--nope'], 'Không có tùy chọn "--nope".'],
    [['plan', 'withdraw', 'CN18'], 'Thiếu tùy chọn bắt buộc --reason <TEXT>.'],
    [['plan', 'check', 'khong-co.txt'], 'Không đọc được tệp khong-co.txt.'],
    [['plan', 'check', PLAN, '--issued-on', '31/02/2018'], 'Ngày không hợp lệ ở --issued-on: "31/02/2018".'],
    [['calendar', 'add', '2019-12-31', 'muoi'], 'Số không hợp lệ ở N: "muoi".'],
    [['task', 'list', '--state', 'xong'], 'Giá trị không hợp lệ ở --state: "xong". Giá trị được chấp nhận: assigned, in_progress'],
    [['task', 'confirm', 'CN18-05', '--by', 'tb-sct'], 'Chức danh không hợp lệ ở --by: "tb-sct".'],
    [['task', 'confirm', 'CN18-05', '--by', 'tb-sct/head', '--document-number', '1'], 'Văn bản cần cả --document-number và --document-date.'],
  ])('%j', async (argv, sentence) => {
    const ran = await dondoc(argv);
    expect(ran).toMatchObject({ exit: 2, out: '' });
    expect(ran.err).toContain(sentence);
  });

  it('says the same as one JSON value, and nothing beside it', async () => {
    const ran = await dondoc(['plan', 'nope', '--json']);
    expect(ran).toMatchObject({ exit: 2, err: '' });
    expect(ran.json()).toEqual({ error: { code: 'usage', message: 'Không có lệnh "nope". Xem "dondoc --help".' } });
  });

  it('names every setting that is wrong at once', async () => {
    const ran = await dondoc(['task', 'list', '--json'], { env: { DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' } });
    expect(ran.exit).toBe(2);
    expect(ran.json()).toMatchObject({ error: { code: 'settings', problems: [{ where: 'DATABASE_URL' }, { where: 'LOG_LEVEL' }] } });
  });
});

describe('a service that cannot be reached', () => {
  it('is one sentence with what was tried and the next step, exit 3', async () => {
    const ran = await dondoc(['task', 'list']);
    expect(ran).toMatchObject({ exit: 3, out: '' });
    expect(ran.err).toBe('Lỗi: Không kết nối được sổ cái (cơ sở dữ liệu); đã thử DATABASE_URL, /nonexistent/run.json. Bước tiếp theo: chạy "dondoc doctor".\n');
  });
  it('speaks English when asked', async () => {
    expect((await dondoc(['task', 'list', '--lang', 'en'])).err).toBe('Error: Cannot reach the ledger (database); tried DATABASE_URL, /nonexistent/run.json. Next step: run "dondoc doctor".\n');
  });
});

describe('help', () => {
  it('is Vietnamese, complete and at most 80 columns wide', async () => {
    const ran = await dondoc(['--help']);
    expect(ran.exit).toBe(0);
    for (const word of ['plan', 'task', 'directory', 'calendar', 'outbox', 'rehearse', 'repair', 'doctor', 'web', 'worker', 'up']) expect(ran.out).toMatch(new RegExp(`^  ${word}\\b`, 'm'));
    expect(Math.max(...ran.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('calendar', () => {
  it('adds and counts working days, backwards too', async () => {
    expect((await dondoc(['calendar', 'add', '2019-12-31', '5', '--json'])).json()).toEqual({ date: '2020-01-08' });
    expect((await dondoc(['calendar', 'add', '2019-12-31', '-5', '--json'])).json()).toEqual({ date: '2019-12-24' });
    expect((await dondoc(['calendar', 'between', '2019-02-01', '2019-02-11', '--json'])).json()).toEqual({ workingDays: 1 });
  });
  it('shows a year', async () => {
    expect((await dondoc(['calendar', 'show', '2019', '--json'])).json()).toMatchObject({ year: 2019, status: 'decreed', madeUp: ['2019-01-05', '2019-05-04'], off: expect.arrayContaining(['2019-02-05']) });
  });
  it('refuses by name beyond its years', async () => {
    const ran = await dondoc(['calendar', 'show', '2040', '--json']);
    expect(ran.exit).toBe(1);
    expect(ran.json()).toMatchObject({ error: { code: 'calendar-missing' } });
  });
});

describe('plan check', () => {
  it('reads the real plan to twelve tasks in the fields of the contract', async () => {
    const ran = await dondoc(['plan', 'check', PLAN, '--code', 'CN18', '--json']);
    expect(ran.exit).toBe(0);
    const read = ran.json() as { plan: object; tasks: object[]; warnings: { code: string }[] };
    expect(Object.keys(read)).toEqual(['plan', 'tasks', 'duties', 'indicators', 'recipients', 'warnings', 'errors']);
    expect(read.tasks).toHaveLength(12);
    expect(read.tasks[4]).toMatchObject({ id: 'CN18-05', lead: 'tb-skhdt', dueOn: '2019-12-31', supervisor: 'tb-sct', coLeads: [], milestones: [] });
    expect(read.warnings.map((w) => w.code)).toContain('W01');
  });
  it('prints a table within 80 columns', async () => {
    const ran = await dondoc(['plan', 'check', PLAN]);
    expect(ran.out).toContain('Sở KH&ĐT');
    expect(Math.max(...ran.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(ran.out).not.toContain('\u001b[');
  });
  it('prints its object also where the file has errors, and ends with 2', async () => {
    const text = readFileSync(PLAN, 'utf8').replace('liên quan\tNăm 2019', 'liên quan\tsang năm');
    writeFileSync(join(folder, 'hong.txt'), text);
    const ran = await dondoc(['plan', 'check', join(folder, 'hong.txt'), '--json']);
    expect(ran.exit).toBe(2);
    const { errors } = ran.json() as { errors: object[] };
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0]).toMatchObject({ message: expect.any(String), accepted: expect.any(String) });
  });
  it('an empty file is an error that names it', async () => {
    writeFileSync(join(folder, 'trong.txt'), '');
    const ran = await dondoc(['plan', 'check', join(folder, 'trong.txt')]);
    expect(ran.exit).toBe(2);
    expect(ran.out).toContain('trong.txt');
  });
  it('converts to YAML that reads to the same tasks, and does not overwrite unasked', async () => {
    const yaml = join(folder, 'plan.yaml');
    expect((await dondoc(['plan', 'convert', PLAN, '--code', 'CN18', '-o', yaml])).exit).toBe(0);
    const tasks = async (file: string): Promise<unknown> => ((await dondoc(['plan', 'check', file, '--code', 'CN18', '--directory', 'examples/thu-muc-thai-binh.yaml', '--json'])).json() as { tasks: unknown }).tasks;
    expect(await tasks(yaml)).toEqual(await tasks(PLAN));
    expect(await dondoc(['plan', 'convert', PLAN, '-o', yaml])).toMatchObject({ exit: 2, err: expect.stringContaining('đã có') });
  });
});

describe('rehearse', () => {
  const play = (...more: string[]) => dondoc(['rehearse', PLAN, '--code', 'CN18', '--task', 'CN18-05', '--json', ...more]);

  it('prints every notice in order, and one line per task at the end', async () => {
    const lines = (await play('--to', '2020-02-28')).lines() as { type: string; rung?: string; decidedAt?: string; to?: string }[];
    const notices = lines.filter((l) => l.type === 'notice');
    expect(notices.map((n) => n.decidedAt)).toEqual([...notices.map((n) => n.decidedAt)].sort());
    expect([...new Set(notices.flatMap((n) => n.rung ?? []))]).toEqual(['A+4', 'A+5', 'T-60', 'T-20', 'T-10', 'T-5', 'T-3', 'T-1', 'T-0', 'L1', 'L2', 'L3', 'L4']);
    expect(lines.at(-1)).toEqual({ type: 'task', task: 'CN18-05', state: 'assigned', timeliness: 'overdue-4', dueOn: '2019-12-31', dueOriginalOn: '2019-12-31', everOverdue: true });
  });
  it('shows only the window asked for', async () => {
    const lines = (await play('--from', '2019-10-01', '--to', '2019-10-31')).lines() as { type: string; rung?: string; sendAt?: string }[];
    expect(lines.map((l) => [l.type, l.rung, l.sendAt])).toEqual([['notice', 'T-60', '2019-10-08T08:00:00+07:00'], ['task', undefined, undefined]]);
  });
  it('prints messages with their subject', async () => {
    const lines = (await play('--from', '2019-10-01', '--to', '2019-10-31', '--messages')).lines() as { type: string }[];
    expect(lines.find((l) => l.type === 'message')).toMatchObject({ at: '2019-10-08T08:00:00+07:00', to: ['tb-skhdt/officer'], channel: 'email', class: 'digest', subject: expect.stringMatching(/^\[CN18-05\] /) });
  });
  it('plays the acts of a story; what the rules refuse is a line, not a failure', async () => {
    writeFileSync(join(folder, 'story.yaml'), [
      `plan: ${join(process.cwd(), PLAN)}`, 'code: CN18', 'from: 2018-10-22', 'to: 2018-12-31', 'tasks: [CN18-05]', 'acts:',
      '  - { at: 2018-10-23T09:00, task: CN18-05, act: acknowledge, by: tb-skhdt/officer, deliverable: Quyết định của UBND tỉnh }',
      '  - { at: 2018-10-24T09:00, task: CN18-05, act: confirm, by: tb-skhdt/officer }',
    ].join('\n'));
    const ran = await dondoc(['rehearse', '--story', join(folder, 'story.yaml'), '--directory', 'examples/thu-muc-thai-binh.yaml', '--json']);
    expect(ran.exit).toBe(0);
    const acts = (ran.lines() as { type: string }[]).filter((l) => l.type === 'act');
    expect(acts).toEqual([
      { type: 'act', at: '2018-10-23T09:00:00+07:00', task: 'CN18-05', act: 'acknowledge', by: 'tb-skhdt/officer', accepted: true },
      { type: 'act', at: '2018-10-24T09:00:00+07:00', task: 'CN18-05', act: 'confirm', by: 'tb-skhdt/officer', accepted: false, refusal: { code: 'self-confirmation', message: expect.any(String) } },
    ]);
  });
  it('an act of a story that lacks a field is refused when its turn comes, by command and in the order of the others', async () => {
    writeFileSync(
      join(folder, 'lacks.yaml'),
      [
        `plan: ${join(process.cwd(), PLAN)}`,
        'code: CN18',
        'from: 2018-10-22',
        'to: 2020-01-31',
        'tasks: [CN18-05]',
        'acts:',
        '  - { at: 2018-10-23T09:00, task: CN18-05, act: acknowledge, by: tb-skhdt/officer }',
        '  - { at: 2018-10-24T09:00, task: CN18-05, act: suspend, by: tb-sct/officer }',
        '  - { at: 2018-10-25T09:00, task: CN18-05, act: confirm, by: tb-stc/officer }',
        '  - { at: 2020-01-03T09:00, task: CN18-05, act: remind, by: tb-sct/officer, escalate: yes }',
      ].join('\n'),
    );
    const ran = await dondoc([
      'rehearse',
      '--story',
      join(folder, 'lacks.yaml'),
      '--directory',
      'examples/thu-muc-thai-binh.yaml',
      '--json',
      '--messages',
    ]);
    expect(ran.exit).toBe(0);
    const lines = ran.lines() as {
      type: string;
      accepted?: boolean;
      refusal?: { code: string; message: string };
      reason?: string;
      rung?: string;
    }[];
    const acts = lines.filter((l) => l.type === 'act');
    expect(acts.map((l) => [l.accepted, l.refusal?.code])).toEqual([
      [false, 'field-missing'],
      [false, 'field-missing'],
      [false, 'not-allowed'],
      [true, undefined],
    ]);
    expect(acts[1]?.refusal?.message).toBe('Thiếu số và ngày văn bản (document).');
    expect([...new Set(lines.filter((l) => l.reason === 'brought-forward').map((l) => l.rung))]).toEqual(['L2']);
  });
  it('units of a consultation with dates of their own, and the largest number of extensions of the plan', async () => {
    const yaml = join(folder, 'one-extension.yaml');
    await dondoc(['plan', 'convert', PLAN, '--code', 'CN18', '-o', yaml]);
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('\nplan:\n', '\nplan:\n  maxExtensions: 1\n'));
    writeFileSync(
      join(folder, 'dates.yaml'),
      [
        `plan: ${yaml}`,
        'from: 2018-10-22',
        'to: 2019-12-31',
        'tasks: [CN18-05]',
        'acts:',
        '  - { at: 2019-04-22T09:00, task: CN18-05, act: open-consultation, by: tb-skhdt/officer, subject: Dự thảo, to: [tb-sxd, { unit: tb-stc, dueOn: 2019-05-20 }] }',
        '  - { at: 2019-06-03T09:00, task: CN18-05, act: grant-extension, by: tb-vp/officer, to: 2020-06-30, document: { number: 1/UBND, date: 2019-06-01 } }',
        '  - { at: 2019-06-04T09:00, task: CN18-05, act: request-extension, by: tb-skhdt/leader, to: 2020-12-31, reason: Chờ quy hoạch }',
      ].join('\n'),
    );
    const ran = await dondoc([
      'rehearse',
      '--story',
      join(folder, 'dates.yaml'),
      '--directory',
      'examples/thu-muc-thai-binh.yaml',
      '--json',
    ]);
    const lines = ran.lines() as {
      type: string;
      kind?: string;
      to?: string;
      decidedAt?: string;
      refusal?: { code: string };
    }[];
    expect(lines.filter((l) => l.type === 'act').map((l) => l.refusal?.code)).toEqual([
      undefined,
      undefined,
      'extensions-used',
    ]);
    const closed = lines
      .filter((l) => l.kind === 'consultation-missed' && l.to === 'tb-stc/officer')
      .map((l) => l.decidedAt?.slice(0, 10));
    expect(closed).toEqual(['2019-05-21', '2019-05-23']);
    expect(
      lines.find((l) => l.kind === 'inputs-status' && (l.decidedAt ?? '') > '2019-05-20')?.decidedAt?.slice(0, 10),
    ).toBe('2019-05-27');
  });
  it('a story with an act that nobody knows is bad input', async () => {
    writeFileSync(join(folder, 'later.yaml'), [`plan: ${join(process.cwd(), PLAN)}`, 'from: 2018-10-22', 'to: 2018-12-31', 'acts:', '  - { at: 2018-10-23T09:00, task: KH18-05, act: opine, by: tb-skhdt/officer }'].join('\n'));
    const ran = await dondoc(['rehearse', '--story', join(folder, 'later.yaml'), '--json']);
    expect(ran.exit).toBe(2);
    expect(ran.json()).toMatchObject({ error: { code: 'bad-story', problems: [{ where: 'later.yaml: acts[1].act' }] } });
  });
});

describe('plan start', () => {
  it('--dry-run counts the messages and starts nothing', async () => {
    const ran = await dondoc(['plan', 'start', PLAN, '--code', 'CN18', '--as-of', '2018-10-22', '--task', 'CN18-05', '--dry-run', '--json']);
    expect(ran.exit).toBe(0);
    const preview = ran.json() as { tasks: { id: string; schedule: object[] }[]; messages: { total: number; email: number; sms: number } };
    expect(preview.tasks.map((t) => t.id)).toEqual(['CN18-05']);
    expect(preview.tasks[0]?.schedule).toContainEqual({ on: '2019-10-08', kind: 'due-soon', rung: 'T-60', to: 'tb-skhdt/officer', channels: ['email'], sendAt: '2019-10-08T08:00:00+07:00' });
    expect(preview.messages.total).toBe(preview.messages.email + preview.messages.sms);
  });
  it('an unknown task is named with those there are', async () => {
    const ran = await dondoc(['plan', 'start', PLAN, '--code', 'CN18', '--task', 'CN18-99', '--dry-run']);
    expect(ran).toMatchObject({ exit: 2, err: expect.stringContaining('không có nhiệm vụ CN18-99. Các nhiệm vụ: CN18-01') });
  });
});

describe('task acts', () => {
  it('a missing field is refused with what would be accepted, and changes nothing', async () => {
    const ran = await dondoc(['task', 'acknowledge', 'CN18-05', '--by', 'tb-skhdt/officer', '--json']);
    expect(ran.exit).toBe(1);
    expect(ran.json()).toEqual({ error: { code: 'field-missing', message: 'Thiếu --deliverable; chưa ghi nhận gì.', problems: [{ where: '--deliverable', message: expect.any(String), accepted: expect.any(String) }] } });
  });
  it('a missing document is its own code', async () => {
    expect((await dondoc(['task', 'suspend', 'CN18-05', '--by', 'tb-sct/leader', '--json'])).json()).toMatchObject({ error: { code: 'document-required' } });
  });
});

describe('doctor', () => {
  it('says for every service how to mend it, and ends with 3 where one is away', async () => {
    const ran = await dondoc(['doctor', '--json']);
    expect(ran.exit).toBe(3);
    const { ok, checks } = ran.json() as { ok: boolean; checks: { name: string; state: string; remedy?: string }[] };
    expect(ok).toBe(false);
    expect(checks.map((c) => c.name)).toEqual(expect.arrayContaining(['settings', 'ledger', 'temporal', 'mail', 'links', 'sms']));
    for (const check of checks.filter((c) => c.state !== 'ok')) expect(check.remedy).toBeTruthy();
  });
});

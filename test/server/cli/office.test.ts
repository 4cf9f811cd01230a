import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageWorkflowId, taskWorkflowId } from '../../../contracts/ids';
import { at } from '../../support/builders';
import { type Office, openOffice, type Ran, type Typed } from './office';

const PLAN = 'examples/ke-hoach-25-ctr-thai-binh.txt';
const DIRECTORY = 'examples/thu-muc-thai-binh.yaml';
const START = ['plan', 'start', PLAN, '--code', 'CN18'];
const DOCUMENT = ['--document-number', '12/SCT-KH', '--document-date', '2018-10-22'];
/** Whose mail the server refuses for good until somebody mends the address. */
const REFUSED = 'dau-moi@skhdt.thaibinh.example';

/** The morning of the plan's day of issue, in the hours in which mail leaves. The tests are one story: each goes on where the one before ended. */
let office: Office;
const folder = mkdtempSync(join(tmpdir(), 'dondoc-cli-'));
beforeAll(async () => { office = await openOffice(at('2018-10-22T08:30')); }, 120_000);
afterAll(async () => {
  await office.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What people read fits their terminal, whatever they ask for. */
const typed = async (argv: readonly string[], more: Typed = {}): Promise<Ran> => {
  const ran = await office.dondoc(argv, more);
  if (!argv.includes('--json')) expect(ran.width).toBeLessThanOrEqual(80);
  return ran;
};
const dondoc = (...argv: string[]) => typed(argv);
type Message = { readonly key: string; readonly address: string; readonly state: string };
const workflowsOf = async (task: string): Promise<string> =>
  office.server.client.workflow.getHandle(taskWorkflowId(task)).describe().then((d) => d.status.name, () => 'NONE');
const messages = async (state: string): Promise<Message[]> => (await dondoc('outbox', 'list', '--state', state, '--json')).json() as Message[];

describe('a directory', () => {
  it('is looked at before it is imported, and imported once', async () => {
    expect(await dondoc('directory', 'show')).toMatchObject({ exit: 1, err: expect.stringContaining('dondoc directory import') });
    const { changes } = (await dondoc('directory', 'import', DIRECTORY, '--dry-run', '--json')).json() as { changes: unknown[] };
    expect(changes.length).toBeGreaterThan(50);
    expect((await dondoc('directory', 'show')).exit).toBe(1);
    const imported = await dondoc('directory', 'import', DIRECTORY);
    expect(imported).toMatchObject({ exit: 0, said: expect.stringContaining(`Đã ghi ${changes.length} thay đổi`) });
    expect((await dondoc('directory', 'import', DIRECTORY)).said).toContain('Danh bạ không có gì thay đổi');
    const positions = [{ position: 'tb-skhdt/officer', holders: [{ email: REFUSED }] }, {}, {}, {}];
    expect((await dondoc('directory', 'show', 'tb-skhdt', '--json')).json()).toMatchObject({ units: [{ id: 'tb-skhdt', positions }] });
  });
});

describe('a start', () => {
  let firstDay = 0;
  it('--dry-run says what would leave, and starts nothing', async () => {
    const ran = await dondoc(...START, '--dry-run');
    expect(ran).toMatchObject({ exit: 0, err: '' });
    type Preview = { readonly messages: { total: number; email: number; sms: number; firstDay: { total: number } } };
    const { messages: counted } = (await dondoc(...START, '--dry-run', '--json')).json() as Preview;
    expect(counted.total).toBe(counted.email + counted.sms);
    expect(ran.said).toContain(`${counted.total} tin gửi đi: ${counted.email} thư, ${counted.sms} tin nhắn SMS`);
    expect(ran.said).toContain(`riêng ngày đầu ${counted.firstDay.total}`);
    firstDay = counted.firstDay.total;
    expect((await dondoc('task', 'list')).out).toBe('Không có nhiệm vụ nào phù hợp.\n');
    expect(await workflowsOf('CN18-05')).toBe('NONE');
  });
  it('asks first with the number of messages; no, or nobody to ask, starts nothing', async () => {
    expect(await dondoc(...START)).toMatchObject({ exit: 2, err: expect.stringContaining('--yes') });
    const no = await typed(START, { answer: 'k' });
    expect(no).toMatchObject({ exit: 1, out: '', err: expect.stringContaining('chưa khởi động gì') });
    expect(no).toMatchObject({ asked: expect.stringContaining(`riêng ngày đầu ${firstDay}`) });
    expect((await dondoc('plan', 'status')).out).toBe('Chưa có kế hoạch nào.\n');
  });
  it('once confirmed sends what the dry run said', async () => {
    office.peer.fault(REFUSED, 'refuse-rcpt');
    const yes = await typed(START, { answer: 'có' });
    expect(yes).toMatchObject({ exit: 0, err: '', said: expect.stringContaining('Đã khởi động 12 nhiệm vụ: CN18-01') });
    const made = async (): Promise<number> => ((await dondoc('outbox', 'list', '--json')).json() as unknown[]).length;
    const waiting = async (): Promise<number> => (await messages('frozen')).length + (await messages('body_started')).length;
    await office.until(async () => (await made()) >= firstDay && (await waiting()) === 0);
    expect(await made()).toBeGreaterThanOrEqual(firstDay);
    expect(new Set((await messages('accepted')).map((m) => m.address))).not.toContain(REFUSED);
  });
  it('again is refused task by task and harmless', async () => {
    const again = await dondoc(...START, '--yes');
    expect(again).toMatchObject({ exit: 1, said: expect.stringContaining('CN18-05: đã khởi động trước đó, giữ nguyên.') });
    expect(await office.ledger.selectFrom('start').select('id').execute()).toHaveLength(1);
  });
  it('the code of another text is refused with both names', async () => {
    expect((await dondoc('plan', 'convert', PLAN, '--code', 'CN18', '-o', join(folder, 'other.yaml'))).exit).toBe(0);
    const ran = await dondoc('plan', 'start', join(folder, 'other.yaml'), '--yes', '--json');
    expect(ran.exit).toBe(1);
    expect(ran.json()).toMatchObject({ error: { code: 'code-taken' } });
  });
});

describe('tasks', () => {
  it('are listed and shown within 80 columns', async () => {
    const lists = ['task list', 'task show CN18-05', 'task history CN18-05', 'plan status CN18', 'outbox list', 'calendar show 2019', 'directory show'];
    for (const argv of lists.map((line) => line.split(' '))) {
      for (const more of [[], ['--lang', 'en']]) {
        const ran = await dondoc(...argv, ...more);
        expect(ran).toMatchObject({ exit: 0, err: '' });
          }
    }
    expect((await dondoc('task', 'list', '--lead', 'tb-skhdt', '--json')).json()).toMatchObject([{ id: 'CN18-05', state: 'assigned', dueOn: '2019-12-31' }]);
  });
  it('an act is recorded with what was typed, and the second of its kind is told who was first', async () => {
    const argv = ['task', 'acknowledge', 'CN18-05', '--by', 'tb-skhdt/officer', '--deliverable', 'Nghị quyết của HĐND tỉnh'];
    const first = await dondoc(...argv, '--json');
    expect(first.exit).toBe(0);
    expect(first.json()).toMatchObject({ task: 'CN18-05', act: 'acknowledge', accepted: true, state: 'in_progress', recorded: true });
    const told = { act: 'acknowledge', via: 'cli', texts: { deliverable: 'Nghị quyết của HĐND tỉnh' } };
    expect((await dondoc('task', 'history', 'CN18-05', '--json')).json()).toContainEqual(expect.objectContaining(told));
    const second = await dondoc(...argv);
    expect(second).toMatchObject({ exit: 1, out: '', err: expect.stringContaining('Xác nhận tiếp nhận: tb-skhdt/officer') });
    expect(second.err.trimEnd().split('\n')).toHaveLength(1);
  });
  it('an act is sent by nobody who lacks the key of the workers', async () => {
    const argv = ['task', 'report-progress', 'CN18-05', '--by', 'tb-skhdt/officer', '--text', 'Đang lấy ý kiến'];
    const keys = [['', 'Máy này chưa có khóa DONDOC_LINK_SECRET'], ['x'.repeat(32), 'khác khóa của worker']] as const;
    for (const [secret, said] of keys) {
      expect(await typed(argv, { env: { DONDOC_LINK_SECRET: secret } })).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(said) });
    }
    expect((await dondoc('task', 'history', 'CN18-05')).said).not.toContain('Đang lấy ý kiến');
  });
  it('an act that tells others asks first, and needs a document', async () => {
    const argv = ['task', 'submit', 'CN18-05', '--by', 'tb-skhdt/leader', '--summary', 'Dự thảo và Tờ trình'];
    expect(await dondoc(...argv, '--yes')).toMatchObject({ exit: 1, out: '', err: expect.stringContaining('văn bản') });
    expect(await typed([...argv, ...DOCUMENT], { answer: 'k' })).toMatchObject({ exit: 1, err: expect.stringContaining('chưa ghi nhận gì') });
    expect((await dondoc('task', 'show', 'CN18-05', '--json')).json()).toMatchObject({ state: 'in_progress' });
    const yes = await typed([...argv, ...DOCUMENT], { answer: 'c' });
    expect(yes).toMatchObject({ exit: 0, asked: expect.stringContaining('CN18-05: Trình kết quả') });
    expect(yes).toMatchObject({ said: expect.stringContaining('đã trình, chờ xác nhận') });
  });
  it('a consultation is opened, answered and ended at the counter, each with its document where it needs one', async () => {
    const task = (act: string, by: string, ...more: string[]) => dondoc('task', act, 'CN18-09', '--by', by, '--yes', ...more);
    const asked = await task('open-consultation', 'tb-skhcn/officer', '--subject', 'Dự thảo Đề án', '--to', 'tb-stc,tb-sct', ...DOCUMENT);
    expect(asked.exit).toBe(0);
    expect((await task('give-input', 'tb-stc/officer', '--answer', 'perhaps', ...DOCUMENT)).err).toContain('--answer');
    expect((await task('give-input', 'tb-stc/officer', '--answer', 'disagree', '--text', 'Chưa rõ nguồn vốn')).err).toContain('văn bản');
    expect((await task('give-input', 'tb-stc/officer', '--answer', 'disagree', '--text', 'Chưa rõ nguồn vốn', ...DOCUMENT)).exit).toBe(0);
    expect((await task('respond-to-input', 'tb-skhcn/officer', '--unit', 'tb-stc', '--taken', 'yes', '--text', 'Đã bổ sung')).exit).toBe(0);
    expect((await task('close-consultation', 'tb-skhcn/officer')).exit).toBe(0);
    const { said } = await dondoc('task', 'history', 'CN18-09');
    expect(said).toContain('tiếp thu: có');
    expect(said).toContain('Sở Công Thương: Chưa');
  });
  it('a deputy is somebody whom the directory knows, and sits beside the position from then on', async () => {
    const delegate = (person: string) => dondoc(
      'task', 'delegate', 'CN18-08', '--by', 'tb-sldtbxh/leader', '--to', person, '--from', '2018-10-22', '--until', '2099-12-31', '--yes', ...DOCUMENT,
    );
    expect(await delegate('nobody')).toMatchObject({ exit: 1, err: expect.stringContaining('nobody') });
    const { person } = await office.ledger.selectFrom('seat').select('person').where('position', '=', 'tb-sldtbxh/head').executeTakeFirstOrThrow();
    expect((await delegate(person)).exit).toBe(0);
    const seats = () => office.ledger.selectFrom('seat').select(['person', 'deputy_of']).where('deputy_of', '=', 'tb-sldtbxh/leader').execute();
    await office.until(async () => (await seats()).length > 0);
    expect(await seats()).toEqual([{ person, deputy_of: 'tb-sldtbxh/leader' }]);
  });
  it('what is closed is answered from the ledger: who closed it, and when', async () => {
    const argv = ['task', 'confirm', 'CN18-05', '--by', 'tb-sct/leader', '--yes', ...DOCUMENT];
    expect(await dondoc('task', 'confirm', 'CN18-05', '--by', 'tb-skhdt/leader', '--yes', ...DOCUMENT)).toMatchObject({ exit: 1, out: '' });
    expect((await dondoc(...argv)).exit).toBe(0);
    await office.server.client.workflow.getHandle(taskWorkflowId('CN18-05')).result();
    const late = await dondoc(...argv);
    expect(late).toMatchObject({ exit: 1, err: expect.stringMatching(/đã kết thúc \(hoàn thành\).*Xác nhận hoàn thành: tb-sct\/leader/) });
    const paper = ['task', 'enter-document', 'CN18-05', '--by', 'tb-skhdt/clerk', ...DOCUMENT];
    expect(await dondoc(...paper)).toMatchObject({ exit: 1, err: expect.stringContaining('không có việc nào còn thiếu số, ngày văn bản') });
  });
});

describe('a message in trouble', () => {
  it('is listed with its reason, shown with its attempts, and leaves when its address is mended and somebody retries', async () => {
    const all = (await dondoc('outbox', 'list', '--json')).json() as Message[];
    const refused = all.filter((m) => m.address === REFUSED);
    expect(refused.map((m) => m.state)).not.toContain('accepted');
    const { key } = refused.at(-1)!;
    const shown = await dondoc('outbox', 'show', key);
    expect(shown).toMatchObject({ exit: 0, said: expect.stringContaining('550 5.1.1') });
    office.peer.fault(REFUSED, 'none');
    expect(await dondoc('outbox', 'retry', key)).toMatchObject({ exit: 0, said: expect.stringContaining('sẽ được gửi lại ngay') });
    await office.until(async () => (await messages('accepted')).some((m) => m.key === key));
    expect(await dondoc('outbox', 'retry', key)).toMatchObject({ exit: 1, err: expect.stringContaining('không cần gửi lại: đã gửi') });
  });
});

describe('repair', () => {
  it('names what has no workflow, starts it from the ledger, and is harmless the second time', async () => {
    await office.server.client.workflow.getHandle(taskWorkflowId('CN18-06')).terminate();
    const act = ['task', 'acknowledge', 'CN18-06', '--by', 'tb-stnmt/officer', '--deliverable', 'Quyết định phê duyệt Đề án'];
    expect(await dondoc(...act)).toMatchObject({ exit: 3, out: '', err: expect.stringContaining('dondoc repair') });
    expect(await dondoc('repair', '--dry-run')).toMatchObject({ exit: 0, said: expect.stringContaining('CN18-06: sẽ khởi động lại từ sổ cái.') });
    expect(await workflowsOf('CN18-06')).toBe('TERMINATED');
    expect((await dondoc('repair', '--json')).json()).toMatchObject({ missing: ['CN18-06'], started: ['CN18-06'] });
    expect((await dondoc('repair', '--json')).json()).toMatchObject({ missing: [], started: [] });
    expect((await dondoc(...act)).exit).toBe(0);
  });
});

describe('repair of messages', () => {
  it('has those in trouble looked after again whose workflow is gone, and is harmless the second time', async () => {
    const due = new Date(Date.now() + 365 * 86_400_000);
    await office.ledger.insertInto('message').values({
      key: 'thu-1', channel: 'email', address: 'nguoi.1@don-vi.example', class: 'act', grp: 'thu-1', positions: [], attempt: 1, frozen_at: new Date(), in_trouble: true,
      awaits: 'attempt', next_try_at: due,
    }).execute();
    const found = { open: 1, missing: [{ key: 'thu-1', state: 'frozen' }], standing: [] };
    expect((await dondoc('repair', '--dry-run', '--json')).json()).toMatchObject({ messages: found });
    expect(await dondoc('repair')).toMatchObject({ exit: 0, said: expect.stringContaining('1 thư đã được giao xử lý tiếp.') });
    expect((await dondoc('repair', '--json')).json()).toMatchObject({ messages: { open: 1, missing: [], standing: [] } });
    await office.server.client.workflow.getHandle(messageWorkflowId('thu-1')).terminate();
    await office.ledger.deleteFrom('message').where('key', '=', 'thu-1').execute();
  });
});

describe('the installation', () => {
  it('is found in order by the doctor', async () => {
    const ran = await dondoc('doctor', '--json');
    expect((ran.json() as { checks: { name: string; state: string }[] }).checks.filter((c) => c.state === 'failed')).toEqual([]);
    expect(ran.exit).toBe(0);
    expect((await dondoc('doctor')).exit).toBe(0);
  });
  it('takes the next years of the calendar, and none that leaves a gap', async () => {
    const year = (n: number): string => `years:\n  - { year: ${n}, status: provisional, off: ["${n}-01-02"], tet: "${n}-02-05" }\n`;
    writeFileSync(join(folder, '2036.yaml'), year(2036));
    writeFileSync(join(folder, '2040.yaml'), year(2040));
    expect(await dondoc('calendar', 'load', join(folder, '2040.yaml'))).toMatchObject({ exit: 2, err: expect.stringContaining('còn thiếu năm 2039') });
    expect(await dondoc('calendar', 'load', join(folder, '2036.yaml'))).toMatchObject({ exit: 0, said: expect.stringContaining('năm 2036') });
    expect((await dondoc('calendar', 'show', '2036', '--json')).json()).toMatchObject({ year: 2036, status: 'provisional' });
  });
});

describe('a plan that was started by mistake', () => {
  it('is withdrawn after a question, once, and does not start again', async () => {
    const argv = ['plan', 'withdraw', 'CN18', '--reason', 'Khởi động nhầm'];
    expect(await typed(argv, { answer: 'k' })).toMatchObject({ exit: 1, asked: expect.stringContaining('dừng 11 nhiệm vụ') });
    expect(await typed(argv, { answer: 'c' })).toMatchObject({ exit: 0, said: expect.stringContaining('dừng 11 nhiệm vụ') });
    expect((await dondoc('plan', 'status', 'CN18', '--json')).json()).toMatchObject({ plans: [{ withdrawn: true, withdrawnReason: 'Khởi động nhầm' }] });
    expect((await dondoc(...argv, '--yes')).exit).toBe(1);
    expect(await dondoc(...START, '--yes')).toMatchObject({ exit: 1, err: expect.stringContaining('đã được thu hồi') });
  });
});

describe('letters', () => {
  it('of levels 3 and 4 stand open after a late start, and leave when a leader approves', async () => {
    await office.moveClock(at('2019-03-04T08:30'));
    writeFileSync(join(folder, 'tre.yaml'), [
      'format: dondoc-plan/1',
      'plan: { code: TRE, issuedOn: 2018-01-08, title: Kế hoạch khởi động muộn, hostUnit: tb-sct, authorityOffice: tb-vp, smsPrefix: SCT TB }',
      'tasks:', '  - { no: "1", title: Báo cáo rà soát cụm công nghiệp, lead: Sở Khoa học và Công nghệ, time: Năm 2018, kind: document }',
      '  - { no: "2", title: Báo cáo rà soát quy hoạch, lead: Sở Tài chính, time: Năm 2020, kind: document }', '',
    ].join('\n'));
    expect(await dondoc('plan', 'start', join(folder, 'tre.yaml'), '--task', 'TRE-01', '--yes')).toMatchObject({ exit: 0, err: '' });
    const rest = await dondoc('plan', 'start', join(folder, 'tre.yaml'), '--yes', '--json');
    expect(rest.exit).toBe(4);
    expect(rest.json()).toMatchObject({ started: ['TRE-02'], refused: [{ task: 'TRE-01', code: 'already-started' }] });
    const shown = async () => (await dondoc('task', 'show', 'TRE-01', '--json')).json() as { openLetters: string[] };
    await office.until(async () => (await shown()).openLetters?.length === 2);
    expect((await dondoc('task', 'show', 'TRE-01')).said).toContain('văn bản L3 chờ duyệt');
    const approve = ['task', 'approve-letter', 'TRE-01', '--yes', '--document-number', '345/SCT-QLCN', '--document-date', '2019-03-04'];
    expect((await dondoc(...approve, '--by', 'tb-sct/officer')).exit).toBe(1);
    expect(await dondoc(...approve, '--by', 'tb-sct/leader')).toMatchObject({ exit: 0 });
    expect((await shown()).openLetters).toEqual(['L4']);
    await office.until(async () => office.peer.taken.some((m) => m.to === 'lanh-dao@skhcn.thaibinh.example' && m.bytes.includes('TRE-01')));
  });
});

describe('while Temporal is away', () => {
  const away = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
  it.each([
    ['a start', ['plan', 'start', PLAN, '--code', 'CN19', '--yes']],
    ['an act', ['task', 'remind', 'TRE-01', '--by', 'tb-sct/officer', '--yes', ...DOCUMENT]],
    ['a withdrawal', ['plan', 'withdraw', 'TRE', '--reason', 'nhầm', '--yes']],
  ])('%s is one sentence with the next step, exit 3, and nothing has changed', async (_what, argv) => {
    const ran = await typed(argv, { env: away });
    expect(ran).toMatchObject({ exit: 3, out: '' });
    expect(ran.err).toBe('Lỗi: Không kết nối được máy chủ Temporal; đã thử 127.0.0.1:1. Bước tiếp theo: chạy "dondoc doctor".\n');
    const plans = await office.ledger.selectFrom('plan').select(['code', 'withdrawn_at']).orderBy('code').execute();
    expect(plans.map((p) => [p.code, p.withdrawn_at !== null])).toEqual([['CN18', true], ['TRE', false]]);
  });
  it('lists are there all the same', async () => {
    expect((await typed(['task', 'list'], { env: away })).exit).toBe(0);
  });
});

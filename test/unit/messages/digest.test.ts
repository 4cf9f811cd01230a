import { renderMail } from '../../../messages';
import type { MessageInput, NoticeItem } from '../../../messages';
import { input, item } from './fixture';

const digest = (items: readonly NoticeItem[], more: Partial<MessageInput> = {}) => renderMail(input(items, { class: 'digest', on: '2020-01-08', ...more }));
const led = (id: string, kind: Parameters<typeof item>[0], workingDays: number, more: Parameters<typeof item>[1] = {}) =>
  item(kind, { ...more, task: { id, title: `Việc ${id}` }, facts: { workingDays, ...more.facts }, slot: `SLOT${id.slice(-2)}` });

test('one matter is sent under its own subject and thread', () => {
  const { subject, thread } = digest([led('CN18-05', 'due-soon', 20, { notice: { rung: 'T-20' } })]);
  expect([subject, thread]).toEqual(['[CN18-05] Còn 20 ngày làm việc đến hạn 31/12/2019: Việc CN18-05', 'CN18-05']);
});

test('several matters are counted, in the order of handling, in a thread of their own', () => {
  const { subject, thread, text } = digest([
    led('CN18-05', 'due-soon', 20, { notice: { rung: 'T-20' } }), led('CN18-06', 'overdue', 1, { notice: { rung: 'L1' } }), led('CN18-07', 'due-soon', 3, { notice: { rung: 'T-3' } }),
    led('CN18-08', 'overdue', 5, { notice: { rung: 'L2' } }),
  ]);
  expect([subject, thread]).toEqual(['[CN18] Việc ngày 08/01/2020: 4 việc cần xử lý', 'CN18-digest']);
  expect([...text.matchAll(/^== \d\. (\S+):/gmu)].map((m) => m[1])).toEqual(['CN18-08', 'CN18-06', 'CN18-07', 'CN18-05']);
  for (const n of ['05', '06', '07', '08']) expect(text).toContain(`https://nv.example/t/SLOTCN18-${n}`.replace('SLOTCN18-', 'SLOT'));
  expect(text).toContain('Toàn bộ việc của Đầu mối theo dõi, Sở Kế hoạch và Đầu tư xem tại: https://nv.example/t/PAGE2M7XDABC');
});

test('two positions of one unit hear of a matter once, and both are named', () => {
  const twice = (['tb-skhdt/officer', 'tb-skhdt/head'] as const).map((to) => led('CN18-05', 'due-soon', 20, { notice: { rung: 'T-20', to } }));
  const { subject, text } = digest(twice);
  expect(subject).toContain('[CN18-05] Còn 20 ngày làm việc');
  expect(text).toContain('chỉ dành cho Đầu mối theo dõi, Sở Kế hoạch và Đầu tư; Lãnh đạo phòng, Sở Kế hoạch và Đầu tư,');
});

test('two changes of one task on one day are two matters', () => {
  const change = (act: string, n: number) => item('status-changed', { facts: { act }, notice: { key: `CN18-05|status-changed|#${n}|tb-skhdt/officer` } });
  expect(digest([change('suspend', 3), change('resume', 4)]).subject).toContain('2 việc');
});

test("the supervisor's list gives every overdue task one line, by lead", () => {
  const flag = (id: string, lead: string, supervisor = 'tb-sct') =>
    item('overdue-flag', { notice: { rung: 'L2', to: 'tb-sct/officer' }, task: { id, title: `Việc ${id}`, lead }, facts: { supervisor } });
  const monthly = item('overdue-monthly', { notice: { rung: 'LM', to: 'tb-sct/officer' }, task: { id: 'CN18-01', title: 'Việc cũ' } });
  const { text } = digest([monthly, flag('CN18-09', 'tb-skhcn'), flag('CN18-05', 'tb-skhdt'), flag('CN18-02', 'tb-sct', 'tb-vp')]);
  expect(text).toContain('== Tình hình ngày 08/01/2020: 4 nhiệm vụ quá hạn ghi nhận trong ngày ==');
  expect([...text.matchAll(/^- (CN18-\d\d) - /gmu)].map((m) => m[1])).toEqual(['CN18-02', 'CN18-05', 'CN18-09', 'CN18-01']);
  expect(text).toContain('- CN18-05 - Việc CN18-05: Sở Kế hoạch và Đầu tư: quá hạn 05 ngày làm việc (hạn 31/12/2019), mức 2');
  expect(text).toContain('(do Văn phòng UBND tỉnh giám sát)');
  expect(text).not.toContain('- Mã nhiệm vụ');
});

test('a start is one mail: led tasks in full, coordinated ones as a list', () => {
  const coordinated = Array.from({ length: 10 }, (_, i) => item('assigned-coordinator', { task: { id: `CN18-${20 + i}`, title: `Phối hợp ${i}`, lead: 'tb-skhcn' } }));
  const { subject, text, attachments } = digest([...coordinated, led('CN18-05', 'assigned', 300), led('CN18-06', 'assigned', 300)], { class: 'act', on: '2018-10-22' });
  expect(subject).toBe('[CN18] Giao nhiệm vụ: 02 nhiệm vụ chủ trì, 10 nhiệm vụ phối hợp (ngày 22/10/2018)');
  expect(text.match(/^- Mã nhiệm vụ: /gmu)).toHaveLength(2);
  expect(text.match(/Phối hợp với Sở Khoa học và Công nghệ/gu)).toHaveLength(10);
  expect(attachments).toHaveLength(1);
});

test('urgent collections name what is urgent', () => {
  const today = ['CN18-05', 'CN18-08'].map((id) => led(id, 'due-today', 0, { notice: { rung: 'T-0' } }));
  expect(digest(today, { class: 'urgent', on: '2019-12-31' }).subject).toBe('[CN18] Đến hạn hôm nay 31/12/2019: 02 nhiệm vụ');
  const drafts = ['CN18-05', 'CN18-08'].map((id) => led(id, 'letter-draft', 10, { notice: { rung: 'L3', to: 'tb-sct/leader' } }));
  expect(digest(drafts, { class: 'urgent', on: '2020-01-15' }).subject).toBe('[CN18] Kính trình 02 dự thảo văn bản đôn đốc (ngày 15/01/2020)');
});

test('a confidential task among others shows its code and date only', () => {
  const hidden = item('overdue', { task: { id: 'CN18-09', title: 'BÍ MẬT', confidential: true }, notice: { rung: 'L2' } });
  const { text, html } = digest([led('CN18-05', 'due-soon', 20, { notice: { rung: 'T-20' } }), hidden]);
  expect(text).toContain('== 1. CN18-09 ==\n\n- Mã nhiệm vụ: CN18-09\n- Thời hạn: 31/12/2019\n\nĐề nghị xem văn bản đã gửi qua đường văn thư.');
  expect(text + html).not.toMatch(/BÍ MẬT/u);
});

test('the same input gives the same bytes', () => {
  const items = [led('CN18-05', 'due-soon', 20), led('CN18-06', 'overdue', 1)];
  expect(digest(items)).toEqual(digest([...items].reverse(), { positions: ['tb-skhdt/officer'] }));
});

test('a catch-up tells the supervisor in one line which rungs a task has passed', () => {
  const flags = ['CN18-05', 'CN18-09'].map((id) => item('overdue-flag', {
    task: { id }, notice: { task: id, about: { type: 'task', id }, to: 'tb-sct/officer', rung: 'L2', ...(id === 'CN18-05' ? { passed: ['L1', 'L2'] } : {}) },
  }));
  const lines = digest(flags).text.split('\n');
  expect(lines.find((l) => l.includes('CN18-05'))).toContain('(các bước đã qua: quá hạn mức 1; quá hạn mức 2 (đôn đốc lần 2))');
  expect(lines.find((l) => l.includes('CN18-09'))).not.toContain('đã qua');
});

test('a message without items is refused by name', () => expect(() => digest([])).toThrow(RangeError));

it('the supervisor’s list on a day with flags says how many are overdue, and how much else waits', () => {
  const flags = ['CN18-05', 'CN18-09'].map((id) => item('overdue-flag', { task: { id }, notice: { task: id, about: { type: 'task', id }, to: 'tb-sct/officer', rung: 'L1' } }));
  expect(renderMail(input(flags, { positions: ['tb-sct/officer'] })).subject).toMatch(/^\[CN18\] Tình hình ngày \d\d\/\d\d\/\d{4}: 2 quá hạn ghi nhận trong ngày$/);
  const also = item('approval-request', { notice: { to: 'tb-sct/officer' } });
  expect(renderMail(input([...flags, also], { positions: ['tb-sct/officer'] })).subject).toMatch(/: 2 quá hạn ghi nhận trong ngày, 1 việc khác cần xử lý$/);
});

test('at most twenty matters are said, the most pressing ones; the rest are counted with the way to them', () => {
  const many = Array.from({ length: 25 }, (_, i) => led(`CN18-${10 + i}`, 'due-soon', 25 - i, { notice: { rung: 'T-20' } }));
  const coordinated = Array.from({ length: 23 }, (_, i) => item('assigned-coordinator', { task: { id: `CN18-${50 + i}`, title: `Phối hợp ${i}`, lead: 'tb-skhcn' } }));
  const { subject, text } = digest([...many, ...coordinated]);
  expect(subject).toContain('48 việc');
  const said = [...text.matchAll(/^== \d+\. (\S+):/gmu)].map((m) => m[1]);
  expect([said.length, said[0], said.at(-1)]).toEqual([20, 'CN18-34', 'CN18-15']);
  expect(text).toMatch(/… và 5 việc cần xử lý khác, xem tại\s+https:\/\/nv\.example\/t\/PAGE2M7XDABC/u);
  expect(text.match(/^- CN18-\d\d - Phối hợp/gmu)).toHaveLength(20);
  expect(text).toMatch(/… và 3 nội dung khác, xem tại\s+https:\/\/nv\.example\/t\/PAGE2M7XDABC/u);
});

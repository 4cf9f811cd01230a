import ICAL from 'ical.js';
import { renderMail } from '../../../messages';
import { toICalendar } from '../../../messages/icalendar';
import { instantAt } from '../../../domain/time';
import { CASES, input, item } from './fixture';

const decode = (content: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(content);
const calendarOf = (mail: ReturnType<typeof renderMail>): string => decode(mail.attachments.find((a) => a.filename.endsWith('.ics'))!.content);
const events = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((e) => new ICAL.Event(e));

const AWKWARD = 'Xây dựng Đề án "Hỗ trợ; doanh nghiệp, nhỏ và vừa\\đổi mới\nthiết bị, công nghệ" giai đoạn 2018-2025 😀 trên địa bàn tỉnh';

test('a foreign reader finds the deadline as a whole day with a reminder', () => {
  const text = calendarOf(renderMail(input([CASES[0]![1]])));
  const root = new ICAL.Component(ICAL.parse(text));
  expect([root.getFirstPropertyValue('method'), root.getFirstPropertyValue('version')]).toEqual(['PUBLISH', '2.0']);
  const [event] = events(text);
  expect([event!.startDate.isDate, event!.startDate.toString(), event!.endDate.toString()]).toEqual([true, '2019-12-31', '2020-01-01']);
  expect(event!.summary).toBe('Hạn CN18-05: Xây dựng cơ chế, chính sách hỗ trợ các ngành công nghiệp ưu tiên của tỉnh Thái Bình giai đoạn 2019-2025');
  const alarm = event!.component.getFirstSubcomponent('valarm')!;
  expect([alarm.getFirstPropertyValue('action'), String(alarm.getFirstPropertyValue('trigger'))]).toEqual(['DISPLAY', '-P3D']);
  expect(String(event!.component.getFirstPropertyValue('dtstamp'))).toBe('2018-10-22T00:00:00Z');
});

test('an extension moves the same entry', () => {
  const first = events(calendarOf(renderMail(input([CASES[0]![1]]))))[0]!;
  const later = events(calendarOf(renderMail(input([item('extension-granted', { facts: { dueOn: '2020-06-30', previousDueOn: '2019-12-31', decidedOn: '2019-12-20' } })]))))[0]!;
  expect(later.uid).toBe(first.uid);
  expect(later.sequence).toBeGreaterThan(first.sequence);
  expect(later.startDate.toString()).toBe('2020-06-30');
});

test('one file covers everything that a mail says, each task once', () => {
  const due = (id: string, slot: string) => item('due-soon', { notice: { rung: 'T-10' }, task: { id, title: id }, slot });
  const milestone = item('milestone-due-soon', { notice: { milestone: '2019', rung: 'T-10' }, facts: { milestoneDueOn: '2019-12-31', dueOn: '2025-12-31' }, task: { id: 'CN18-01' } });
  const done = item('confirmed', { task: { id: 'CN18-12' }, facts: { completedOn: '2019-12-01' } });
  const { attachments, ...mail } = renderMail(input([due('CN18-05', 'A'), due('CN18-08', 'B'), milestone, done], { class: 'digest', on: '2019-12-17' }));
  expect(attachments.map((a) => a.filename)).toEqual(['CN18-2019-12-17.ics']);
  expect(events(calendarOf({ attachments, ...mail })).map((e) => [e.uid, e.startDate.toString()])).toEqual([
    ['CN18-05.2018-10-22@dondoc', '2019-12-31'], ['CN18-08.2018-10-22@dondoc', '2019-12-31'], ['CN18-01.2019.2018-10-22@dondoc', '2019-12-31'],
  ]);
});

test('a date that is over is nobody\'s appointment any more', () => {
  const over = [item('overdue', { notice: { rung: 'L2' } }), item('due-soon', { notice: { rung: 'T-10' }, task: { id: 'CN18-08' } })];
  expect(renderMail(input(over, { class: 'digest', on: '2020-01-08' })).attachments).toEqual([]);
});

test('lines are folded at 75 octets within no character, ended by CRLF, and read back whole', () => {
  const text = toICalendar([{ uid: 'x@dondoc', sequence: 0, on: '2019-12-31', summary: AWKWARD, description: AWKWARD.repeat(5) }], instantAt('2019-12-17', 420));
  const lines = text.split('\r\n');
  expect(lines.pop()).toBe('');
  expect(lines.join('')).not.toMatch(/[\r\n]/u);
  expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
  expect(decode(new TextEncoder().encode(text))).not.toContain('\ufffd');
  const [event] = events(text);
  expect([event!.summary, event!.description]).toEqual([AWKWARD, AWKWARD.repeat(5)]);
});

test('mails about no date carry no calendar', () => {
  expect(renderMail(input([item('returned', { facts: { correctBy: '2020-01-20' } })])).attachments).toEqual([]);
  expect(renderMail(input([item('confirmed', { facts: { completedOn: '2020-01-08' } })], { class: 'digest' })).attachments).toEqual([]);
});

import { STATES, TIMELINESS } from '../../../domain/task';
import { ACTS } from '../../../domain/acts';
import { NOTICE_KINDS } from '../../../domain/notice';
import { ROLES } from '../../../domain/plan';
import { actName, documentDate, kindName, roleName, rungName, stateName, timelinessName, workingDaysText } from '../../../messages';
import { shortTitle, subjectOf } from '../../../messages/subject';

test('everything that the rules know has a Vietnamese name', () => {
  const names = [...STATES.map(stateName), ...TIMELINESS.map(timelinessName), ...ACTS.map(actName), ...NOTICE_KINDS.map(kindName), ...ROLES.map(roleName), ...['T-60', 'L4', 'A+5', 'LM'].map(rungName)];
  for (const name of names) {
    expect(name).toMatch(/^\p{Lu}\p{Ll}/u);
    expect(name).toBe(name.normalize('NFC'));
  }
});

test('an unknown name stands as it is, also one that every object has', () => {
  expect([stateName('elsewhere'), kindName('constructor'), rungName('X9')]).toEqual(['elsewhere', 'constructor', 'X9']);
});

test('a rung of an occurrence names it', () => expect(rungName('2026-Q2:L1')).toBe('Mốc 2026-Q2: quá hạn mức 1'));

test.each([['2020-02-05', 'ngày 05 tháng 02 năm 2020'], ['2020-01-15', 'ngày 15 tháng 01 năm 2020'], ['2020-03-09', 'ngày 09 tháng 3 năm 2020'], ['2019-12-31', 'ngày 31 tháng 12 năm 2019']])(
  '%s in a document is %s', (date, text) => expect(documentDate(date)).toBe(text),
);

test('days are counted with two digits', () => expect([1, 60, 1550].map(workingDaysText)).toEqual(['01 ngày làm việc', '60 ngày làm việc', '1550 ngày làm việc']));

test('titles are cut at a word, within the limit, with their quotes closed', () => {
  expect(shortTitle('Triển khai Đề án phát triển điện gió Thái Bình')).toBe('Triển khai Đề án phát triển điện gió Thái Bình');
  expect(shortTitle('Xây dựng Đề án "Hỗ trợ doanh nghiệp nhỏ và vừa đổi mới thiết bị, công nghệ giai đoạn 2018-2025"')).toBe('Xây dựng Đề án "Hỗ trợ doanh nghiệp nhỏ và vừa đổi mới…"');
  expect(shortTitle('x'.repeat(90))).toHaveLength(60);
  expect(subjectOf({ tag: 'CN18-05', before: 'b'.repeat(70), title: 'từ '.repeat(40), after: ' (hạn 31/12/2019)' }).length).toBeLessThanOrEqual(120);
});

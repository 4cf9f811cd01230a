import { readCalendarFile } from '../../../config/calendar-file';
import { line } from './support';

const year = (more: string): string => `years:\n  - { year: 2027, status: decreed, tet: 2027-02-06, ${more} }\n`;
const errorsOf = (source: string) => readCalendarFile(source, 'c.yaml').errors.map(line);

test('reads years in order, with their documents', () => {
  const source = `${year('off: [2027-01-01], madeUp: [2027-01-09], sources: [Thông báo số 1]')}  - { year: 2026, status: provisional, tet: 2026-02-17, off: [] }\n`;
  expect(readCalendarFile(source, 'c.yaml')).toEqual({
    errors: [],
    years: [
      { year: 2026, status: 'provisional', tet: '2026-02-17', off: [], madeUp: [], sources: [] },
      { year: 2027, status: 'decreed', tet: '2027-02-06', off: ['2027-01-01'], madeUp: ['2027-01-09'], sources: ['Thông báo số 1'] },
    ],
  });
});

test.each([
  ['off: [2027-02-30]', 'c.yaml: years[1].off[1] | không phải ngày có trong lịch (năm-tháng-ngày, ví dụ 2018-10-22)'],
  ['off: [2026-01-01]', 'c.yaml: years[1].off[1] | 2026-01-01 không thuộc năm 2027 (ngày trong năm 2027)'],
  ['off: [2027-01-02]', 'c.yaml: years[1].off[1] | 2027-01-02 là thứ Bảy hoặc Chủ nhật, vốn đã nghỉ (ngày trong tuần được nghỉ)'],
  ['off: [], madeUp: [2027-01-04]', 'c.yaml: years[1].madeUp[1] | 2027-01-04 là ngày làm việc bình thường (thứ Bảy hoặc Chủ nhật làm bù)'],
])('%s is refused', (more, expected) => {
  expect(errorsOf(year(more))).toEqual([expected]);
});

test('a year twice, no year, a year that is none', () => {
  expect(errorsOf(`${year('off: []')}  - { year: 2027, status: decreed, tet: 2027-02-06, off: [] }\n`)).toEqual(['c.yaml: years | năm 2027 xuất hiện nhiều lần (mỗi năm một mục)']);
  expect(errorsOf('years: []\n')).toEqual(['c.yaml: years | không có năm nào (ít nhất một năm)']);
  expect(errorsOf('years:\n  - { year: 27, status: decreed, tet: 2027-02-06, off: [] }\n')).toEqual(['c.yaml: years[1].year | không phải năm (năm từ 2000 đến 2099)']);
});

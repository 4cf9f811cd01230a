import fc from 'fast-check';
import { readTimePhrase } from '../../../config/plan/time-phrase';

const read = (phrase: string) => {
  const result = readTimePhrase(phrase, '2018-10-22');
  return result.ok ? [result.reading.rule, result.reading.startsOn, result.reading.dueOn, result.reading.milestones.length] : result.message;
};

test.each([
  ['Năm 2020', ['R1', '2020-01-01', '2020-12-31', 0]], ['2020', ['R1', '2020-01-01', '2020-12-31', 0]], ['Trong năm 2019.', ['R1', '2019-01-01', '2019-12-31', 0]],
  ['Năm 2018-2025', ['R2', '2018-10-22', '2025-12-31', 7]], ['2018 – 2020', ['R2', '2018-10-22', '2020-12-31', 2]], ['2019 đến 2021', ['R2', '2019-01-01', '2021-12-31', 2]],
  ['từ năm 2019 đến năm 2021', ['R2', '2019-01-01', '2021-12-31', 2]], ['2020-2020', ['R1', '2020-01-01', '2020-12-31', 0]],
  ['2025-2018', 'khoảng thời gian chạy ngược: 2025 sau 2018'], ['', 'ô thời gian để trống'], ['Năm 1018', 'năm 1018 nằm ngoài khoảng 2000-2099'],
  ['31/02', 'ngày 31/02 không có trong lịch'], ['Quý II/2023', 'không đọc được thời gian "Quý II/2023"'], ['Tháng 05/2026', 'không đọc được thời gian "Tháng 05/2026"'], ['Thường xuyên', 'không đọc được thời gian "Thường xuyên"'],
])('%s', (phrase, expected) => {
  expect(read(phrase)).toEqual(expected);
});

test('law: a range is due on the last day of its last year, with a milestone on each year end before', () => {
  fc.assert(fc.property(fc.integer({ min: 2000, max: 2090 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom('-', '–', ' - ', ' đến '), fc.constantFrom('', 'Năm '), (from, years, dash, word) => {
    const result = readTimePhrase(`${word}${from}${dash}${from + years}`, '2000-01-01');
    expect(result).toMatchObject({ ok: true, reading: { rule: 'R2', dueOn: `${from + years}-12-31`, milestones: Array.from({ length: years }, (_, i) => ({ label: String(from + i), dueOn: `${from + i}-12-31` })) } });
  }));
});

import { readStory } from '../../../config/story';
import { parseInstant } from '../../../domain/time';
import { line } from './support';

const HEAD = 'plan: ke-hoach.txt\nfrom: 2018-10-22\nto: 2019-01-31\n';
const errorsOf = (source: string) => readStory(source, 's.yaml').errors.map(line);
const act = (fields: string): string => `${HEAD}acts:\n  - { at: 2018-10-30T09:00, task: CN18-05, by: tb-skhdt/officer, ${fields} }\n`;

test('reads acts in the order of time, in Vietnamese time, with plain fields', () => {
  const { story, errors } = readStory(`${HEAD}code: CN18\nacts:
  - { at: 2018-11-05T10:00, task: CN18-05, act: submit, by: tb-skhdt/leader, summary: " xong " }
  - { at: "2018-10-30T02:00Z", task: CN18-05, act: acknowledge, by: tb-skhdt/officer, deliverable: Quyết định }
`, 's.yaml');
  expect(errors).toEqual([]);
  expect(story).toEqual({
    plan: 'ke-hoach.txt', from: '2018-10-22', to: '2019-01-31', code: 'CN18',
    acts: [
      { at: parseInstant('2018-10-30T09:00'), task: 'CN18-05', act: 'acknowledge', by: 'tb-skhdt/officer', fields: { deliverable: 'Quyết định' } },
      { at: parseInstant('2018-11-05T10:00'), task: 'CN18-05', act: 'submit', by: 'tb-skhdt/leader', fields: { summary: 'xong' } },
    ],
  });
});

test.each([
  [
    'act: opine, text: x',
    [
      's.yaml: acts[1].act | không có việc nào tên opine (một việc trong danh sách đã hỗ trợ, ví dụ acknowledge, submit, confirm)',
    ],
  ],
  [
    'act: dance',
    [
      's.yaml: acts[1].act | không có việc nào tên dance (một việc trong danh sách đã hỗ trợ, ví dụ acknowledge, submit, confirm)',
    ],
  ],
  [
    'act: acknowledge, deliverable: " "',
    ['s.yaml: acts[1].deliverable | để trống hoặc quá dài (văn bản từ 1 đến 5000 ký tự)'],
  ],
  ['act: suspend, document: 12/QĐ', ['s.yaml: acts[1].document | sai kiểu dữ liệu (nhóm các mục)']],
  [
    'act: amend, value: x, colour: red',
    ['s.yaml: acts[1].field | giá trị không được chấp nhận (title, window, coordinating, deliverable)'],
  ],
  [
    'act: suspend, document: { number: 1/QĐ, date: 2019-02-30 }',
    ['s.yaml: acts[1].document.date | không phải ngày có trong lịch (năm-tháng-ngày, ví dụ 2018-10-22)'],
  ],
  ['act: confirm, colour: red', ['s.yaml: acts[1].colour | việc confirm không có mục này (document)']],
  [
    'act: report-progress, text: x, percent: 120',
    ['s.yaml: acts[1].percent | không phải tỷ lệ (số nguyên từ 0 đến 100)'],
  ],
  [
    'act: prepare, of: later, summary: x',
    ['s.yaml: acts[1].of | giá trị không được chấp nhận (submit, request-extension)'],
  ],
  [
    'act: amend, field: colour, value: x, reason: y',
    ['s.yaml: acts[1].field | giá trị không được chấp nhận (title, window, coordinating, deliverable)'],
  ],
  [
    'act: amend, field: window, value: 2020-01-01..2019-01-01, reason: y',
    ['s.yaml: acts[1].value | không phải khoảng thời gian (ngày bắt đầu..ngày kết thúc, ví dụ 2019-01-01..2020-06-30)'],
  ],
])('%s is an input error', (fields, expected) => {
  expect(errorsOf(act(fields))).toEqual(expected);
});

test.each([
  ['act: acknowledge', {}],
  ['act: suspend', {}],
  ['act: suspend, document: { number: 1/QĐ }', {}],
  ['act: suspend, document: null', {}],
  ['act: amend, value: x', { value: 'x' }],
  ['act: prepare', {}],
  ['act: respond-to-input, unit: tb-stc', { unit: 'tb-stc' }],
  ['act: amend, field: title, value: x', { field: 'title', value: 'x' }],
])('%s lacks a field: that is for the rules to say, when its turn comes', (fields, kept) => {
  const { story, errors } = readStory(act(fields), 's.yaml');
  expect(errors).toEqual([]);
  expect(story?.acts[0]?.fields).toEqual(kept);
});

test('a window, units and a text as the value of amend', () => {
  const valueOf = (fields: string) => readStory(act(fields), 's.yaml').story?.acts[0]?.fields;
  expect(valueOf('act: amend, field: window, value: 2019-01-01..2020-06-30, reason: y')).toEqual({ field: 'window', value: { window: { startsOn: '2019-01-01', dueOn: '2020-06-30' } }, reason: 'y' });
  expect(valueOf('act: amend, field: coordinating, value: "tb-stc, tb-sct", reason: y')).toEqual({ field: 'coordinating', value: { coordinating: ['tb-stc', 'tb-sct'] }, reason: 'y' });
  expect(valueOf('act: amend, field: title, value: Tên mới, reason: y')).toEqual({ field: 'title', value: { text: 'Tên mới' }, reason: 'y' });
});

test('a wrong time, a wrong position, a window that runs backwards and a task left out are named at once', () => {
  expect(errorsOf(`${HEAD}acts:\n  - { at: 2018-13-01, task: T, act: confirm, by: nobody }\n`)).toEqual([
    's.yaml: acts[1].at | không phải thời điểm (ngàyTgiờ, ví dụ 2018-10-30T09:00)', 's.yaml: acts[1].by | không phải chức danh (mã đơn vị/officer, head, leader hoặc clerk; hoặc admin)',
  ]);
  expect(errorsOf('plan: a\nfrom: 2019-01-01\nto: 2018-01-01\ntasks: [CN18-01]\nacts:\n  - { at: 2018-10-30T09:00, task: CN18-05, act: confirm, by: tb-sct/leader }\n')).toEqual([
    's.yaml: to | ngày kết thúc 2018-01-01 trước ngày bắt đầu 2019-01-01 (ngày từ 2019-01-01 trở đi)', 's.yaml: acts | việc confirm của CN18-05 không thuộc mục tasks (CN18-01)',
  ]);
  expect(errorsOf('from: 2018-01-01\n').length).toBeGreaterThan(1);
});

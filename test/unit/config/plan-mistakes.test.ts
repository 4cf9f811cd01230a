import { mkdtemp, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlanFile, MAX_PLAN_BYTES, readPlan } from '../../../config/read-plan';
import type { Directory, Unit } from '../../../domain/plan';
import { demoDirectory, line, readFixture } from './support';

const TIME = '"Năm 2020", "2020", "Năm 2018-2025", "2018-2025" hoặc "2018 đến 2025"';
const errorsOf = (name: string, options = {}) => readFixture(name, options).errors.map(line);
const ofBytes = (name: string, bytes: Uint8Array) => readPlan({ name, bytes }, { directory: demoDirectory() }).errors.map(line);

test.each([
  ['khong-co-cot-thoi-gian.txt', ['khong-co-cot-thoi-gian.txt: dòng 6 | bảng không có cột thời gian (cột có tiêu đề "Thời gian", "Thời gian hoàn thành" hoặc "Thời hạn")']],
  ['khong-co-bang.txt', ['khong-co-bang.txt | không tìm thấy bảng phân công nhiệm vụ (bảng phân cách bằng tab hoặc bảng Markdown có các cột nội dung nhiệm vụ, đơn vị chủ trì, thời gian)']],
  ['bang-trong.txt', ['bang-trong.txt | bảng phân công không có nhiệm vụ nào (ít nhất một hàng nhiệm vụ dưới hàng tiêu đề)']],
  ['ngay-khong-co.txt', [`ngay-khong-co.txt: dòng 7 | số 1 | Thời gian | ngày 31/02/2019 không có trong lịch (${TIME})`]],
  ['chay-nguoc.txt', [`chay-nguoc.txt: dòng 7 | số 1 | Thời gian | khoảng thời gian chạy ngược: 2025 sau 2018 (${TIME})`]],
  ['khong-doc-duoc.txt', [`khong-doc-duoc.txt: dòng 7 | số 1 | Thời gian | không đọc được thời gian "Khi có hướng dẫn" (${TIME})`]],
  ['khong-co-ngay.txt', ['khong-co-ngay.txt | không có ngày ban hành (dòng "…, ngày … tháng … năm …", dòng "(Kèm theo Kế hoạch … ngày …)" hoặc tùy chọn --issued-on)']],
  ['ngay-ban-hanh-sai.txt', ['ngay-ban-hanh-sai.txt: dòng 4 | ngày ban hành 31/02/2018 không có trong lịch (một ngày có trong lịch, ví dụ 22/10/2018)']],
  ['nhom-chu-tri.txt', ['nhom-chu-tri.txt: dòng 7 | số 1 | Đơn vị chủ trì | "Các sở, ban, ngành" là một nhóm đơn vị, không xác định được đơn vị chủ trì (tên một đơn vị; các đơn vị cùng chủ trì cách nhau bằng dấu ;)']],
  ['nhieu-loi.txt', [
    'nhieu-loi.txt: dòng 7 | số 1 | hàng có 4 ô, tiêu đề có 5 ô (5 ô, phân cách như ở hàng tiêu đề)',
    'nhieu-loi.txt: dòng 8 | số 2 | Nội dung, nhiệm vụ | ô để trống (tên nhiệm vụ)',
    'nhieu-loi.txt: dòng 9 | số 3 | Đơn vị chủ trì | ô để trống (tên một đơn vị trong danh bạ)',
    `nhieu-loi.txt: dòng 8 | số 2 | Thời gian | ô thời gian để trống (${TIME})`,
    `nhieu-loi.txt: dòng 9 | số 3 | Thời gian | khoảng thời gian chạy ngược: 2025 sau 2018 (${TIME})`,
  ]],
])('%s is refused with its place and what would be accepted', (name, expected) => {
  expect(errorsOf(name)).toEqual(expected);
});

test('a day of issue given by hand completes a text without one, and is checked', () => {
  expect(errorsOf('khong-co-ngay.txt', { issuedOn: '2018-10-22' })).toEqual([]);
  expect(errorsOf('khong-co-ngay.txt', { issuedOn: '2018-02-31' })).toEqual(['--issued-on | ngày ban hành 2018-02-31 không có trong lịch (năm-tháng-ngày, ví dụ 2018-10-22)']);
});

test('a code that cannot stand in ids and SMS is refused', () => {
  expect(errorsOf('trung-so.txt', { code: 'kế hoạch' })).toEqual(['--code | mã kế hoạch "kế hoạch" không hợp lệ (chữ in hoa và số, bắt đầu bằng chữ, tối đa 12 ký tự, ví dụ CN18)']);
});

const ACCEPTED = 'văn bản thuần (.txt, .md) mã hóa UTF-8 hoặc tệp YAML của hệ thống';
test.each([
  ['rong.txt', Buffer.from(' \n'), `rong.txt | tệp không có nội dung (${ACCEPTED})`],
  ['ke-hoach.docx', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14]), `ke-hoach.docx | đây là tệp Word, Excel hoặc tệp nén, chưa đọc được (${ACCEPTED})`],
  ['ke-hoach.pdf', Buffer.from('%PDF-1.7'), `ke-hoach.pdf | đây là tệp PDF, chưa đọc được (${ACCEPTED})`],
  ['nhi-phan.txt', Buffer.from('a\u0000b'), `nhi-phan.txt | đây là tệp nhị phân, không phải văn bản (${ACCEPTED})`],
  ['tcvn3.txt', Buffer.from([0x4b, 0xd5, 0x20, 0x68, 0x6f]), `tcvn3.txt | không phải văn bản UTF-8 (${ACCEPTED})`],
])('%s is refused as no text', (name, bytes, expected) => {
  expect(ofBytes(name, bytes)).toEqual([expected]);
});

test('a file of 50 MB is refused by its size, before it is read', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'dondoc-plan-')), 'lon.txt');
  await writeFile(path, '');
  await truncate(path, 50 * 1024 * 1024);
  expect(await loadPlanFile(path)).toEqual({ ok: false, errors: [{ where: 'lon.txt', message: 'tệp quá lớn: 50 MB', accepted: 'tệp tối đa 20 MB' }] });
  expect(ofBytes('lon.txt', new Uint8Array(MAX_PLAN_BYTES + 1))).toEqual(['lon.txt | tệp quá lớn: 21 MB (tệp tối đa 20 MB)']);
});

test('a file that is not there and a folder are refused', async () => {
  expect(await loadPlanFile('/nowhere/ke-hoach.txt')).toMatchObject({ ok: false, errors: [{ message: 'không mở được tệp' }] });
  expect(await loadPlanFile(tmpdir())).toMatchObject({ ok: false, errors: [{ message: 'không phải là tệp' }] });
});

test('a number that comes twice is a warning; ids still differ', () => {
  const { plan, errors, warnings } = readFixture('trung-so.txt', { code: 'M18' });
  expect(errors).toEqual([]);
  expect(plan?.tasks.map((t) => [t.id, t.no])).toEqual([['M18-01', '1'], ['M18-02', '1']]);
  expect(warnings.find((w) => w.code === 'W-NO')).toMatchObject({ where: 'Nhiệm vụ M18-01, M18-02', message: 'Số thứ tự 1 xuất hiện 2 lần' });
});

test('an unknown unit is a warning with the nearest names and a line for the directory', () => {
  const { plan, errors, warnings } = readFixture('don-vi-la.txt');
  expect(errors).toEqual([]);
  expect(plan?.tasks[0]?.lead).toBe('?so-cong-thuog');
  const warning = warnings.find((w) => w.code === 'W-UNIT');
  expect(warning?.message).toMatch(/^Danh bạ không có đơn vị "Sở Công thươg"; tên gần nhất: Sở Công Thương \(tb-sct\)/);
  expect(warning?.proposal).toContain('{ id: so-cong-thuog, name: "Sở Công thươg"');
});

test('a name with two readings is refused with both named', () => {
  const demo = demoDirectory();
  const twin = (id: string, name: string): Unit => ({ ...demo.units[0]!, id, name, shortName: name, aliases: ['Trung tâm Khuyến công'] });
  const directory: Directory = { ...demo, units: [...demo.units, twin('tb-kc1', 'Trung tâm Khuyến công và Xúc tiến'), twin('tb-kc2', 'Trung tâm Khuyến công huyện')] };
  expect(errorsOf('don-vi-mo-ho.txt', { directory })).toEqual([
    'don-vi-mo-ho.txt: dòng 7 | số 1 | Đơn vị phối hợp | "Trung tâm Khuyến công" có thể là nhiều đơn vị: Trung tâm Khuyến công và Xúc tiến (tb-kc1); Trung tâm Khuyến công huyện (tb-kc2) (tên đầy đủ chỉ ứng với một đơn vị trong danh bạ)',
  ]);
});

test('all problems of a YAML plan come at once, with their places', () => {
  const yaml = 'format: dondoc-plan/1\nplan: { code: M18, issuedOn: 2018-02-30, colour: red }\ntasks:\n  - { no: 1, title: A, time: 2019 }\n  - { no: 2, lead: SCT, time: 2019, title: B, kind: dream }\n';
  expect(ofBytes('m.yaml', Buffer.from(yaml))).toEqual([
    'm.yaml: plan.issuedOn | không phải ngày có trong lịch (năm-tháng-ngày, ví dụ 2018-10-22)',
    'm.yaml: plan | mục không được biết: colour (chỉ các mục nêu trong tài liệu của loại tệp này)',
    'm.yaml: tasks[1].lead | thiếu mục bắt buộc (văn bản)',
    'm.yaml: tasks[2].kind | giá trị không được chấp nhận (document, document-then-programme, programme, investment)',
  ]);
  expect(ofBytes('m.yaml', Buffer.from('plan: [\n'))).toEqual([expect.stringMatching(/^m\.yaml: dòng \d+ \| không đúng cú pháp YAML/)]);
});

test('due dates before the day of issue are warned about', () => {
  expect(readFixture('trung-so.txt', { issuedOn: '2020-06-01' }).warnings.find((w) => w.code === 'W-PAST')?.where).toBe('Nhiệm vụ số 1');
});

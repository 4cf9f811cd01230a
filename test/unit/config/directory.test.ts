import { readDirectory } from '../../../config/directory';
import { isEmailAddress, normalizePhone } from '../../../config/contacts';
import { demoDirectory, example, line } from './support';

const HEAD = 'hostUnit: a\nauthorityOffice: b\nsmsPrefix: A\nunits:\n  - { id: a, name: Sở A, shortName: A, smsName: S.A, type: department }\n  - { id: b, name: Văn phòng, shortName: VP, smsName: VP, type: office }\nseats:\n';
const seat = (fields: string): string => `  - { person: p1, name: Người 1, from: 2018-01-01, ${fields} }\n`;
const errorsOf = (...seats: string[]) => readDirectory(HEAD + seats.map(seat).join(''), 'd.yaml').errors.map(line);

test('the demonstration directory has no error and no empty seat, and holds nobody who could be reached', () => {
  const { warnings, errors } = readDirectory(example('thu-muc-thai-binh.yaml').toString(), 'd.yaml');
  expect({ warnings, errors }).toEqual({ warnings: [], errors: [] });
  const { seats, units } = demoDirectory();
  expect(seats.filter((s) => !s.email?.endsWith('.thaibinh.example') || (s.phone !== undefined && !/^\+84000\d{6}$/.test(s.phone)))).toEqual([]);
  expect(units.filter((u) => u.smsName.length > 11)).toEqual([]);
  const shared = seats.filter((s) => s.email === 'phong-tt@stttt.thaibinh.example').map((s) => s.position);
  expect(shared).toEqual(['tb-stttt/officer', 'tb-stttt/head']);
});

test.each([
  ['position: a/officer, email: a@b', 'd.yaml: seats[1].email | không thể là địa chỉ thư điện tử (ten@don-vi.example)'],
  ['position: a/officer, phone: "+1 202 555 0101"', 'd.yaml: seats[1].phone | không phải số điện thoại Việt Nam (+84 và 9 chữ số, hoặc số bắt đầu bằng 0)'],
  ['position: a/chief', 'd.yaml: seats[1].position | không phải chức danh (mã đơn vị/officer, head, leader hoặc clerk)'],
  ['position: x/officer', 'd.yaml: seats[1].position | đơn vị x không có trong danh sách units (mã của một đơn vị trong mục units)'],
  ['position: a/officer, to: 2017-12-31', 'd.yaml: seats[1].to | ngày thôi giữ chức trước ngày bắt đầu (ngày từ 2018-01-01 trở đi)'],
  ['position: a/officer, to: 2018-02-30', 'd.yaml: seats[1].to | không phải ngày có trong lịch (năm-tháng-ngày, ví dụ 2018-10-22)'],
  ['position: a/officer, mail: a@b.example', 'd.yaml: seats[1] | mục không được biết: mail (chỉ các mục nêu trong tài liệu của loại tệp này)'],
])('%s is refused', (fields, expected) => {
  expect(errorsOf(fields)).toEqual([expected]);
});

test.each([
  'Nguyễn Văn A', 'nguyen-van-a', 'nguyenvana1985', 'NguyenVanA1', 'lan', 'hung.nv', 'a@b.example', 'a1@b2', '0912345678', '+84912345678', '84-912-345-678',
  '0912 345 678', '034085001234', 'ông 7', 'https://h/1', 'p1-', 'p 001',
])('a person whose id is %s is refused: it could say who that is', (id) => {
  const [error, ...others] = readDirectory(HEAD + seat('position: a/officer').replace('person: p1', `person: "${id}"`), 'd.yaml').errors;
  expect(others).toEqual([]);
  expect(error).toMatchObject({ where: 'd.yaml: seats[1].person', accepted: expect.stringContaining('ví dụ p001') });
});

test.each(['p001', 'p-1-0', 'CB-0123', 'h_7', 'sct.017', '17', '3f2b8c1e-0000-4000-8000-123456789abc'])('a person may have the id %s', (id) => {
  expect(readDirectory(HEAD + seat('position: a/officer').replace('person: p1', `person: "${id}"`), 'd.yaml').errors).toEqual([]);
});

test('what nobody can see is no name, and what cannot be kept is refused', () => {
  const named = (name: string) => readDirectory(HEAD + seat('position: a/officer').replace('Người 1', `"${name}"`), 'd.yaml').errors.map(line);
  expect(named('\\u200b\\ufeff')).toEqual(['d.yaml: seats[1].name | để trống (một đoạn văn bản)']);
  expect(named('Người\\0 1')).toEqual(['d.yaml: seats[1].name | có ký tự không in được (chữ, số và dấu câu)']);
});

test('two holders of one position at the same time are refused; one after the other, or a deputy beside, are not', () => {
  expect(errorsOf('position: a/officer', 'position: a/officer')).toEqual(['d.yaml: seats[1] | chức danh a/officer có hai người giữ cùng thời gian (seats[2]) (khoảng thời gian from, to không chồng nhau)']);
  const after = '  - { person: p2, name: Người 2, position: a/officer, from: 2018-07-01 }\n';
  expect(readDirectory(HEAD + seat('position: a/officer, to: 2018-06-30') + after, 'd.yaml').errors).toEqual([]);
  expect(errorsOf('position: a/officer', 'position: a/officer, deputyOf: a/officer')).toEqual([]);
});

test('an empty seat of a unit in use is a warning, and so is a holder who cannot be reached', () => {
  const { directory, warnings } = readDirectory(HEAD + seat('position: a/officer, email: a@b.example') + seat('position: a/head'), 'd.yaml');
  expect(directory).not.toBeNull();
  expect(warnings.map((w) => w.where)).toEqual(['d.yaml: a/head', 'd.yaml: a/leader', 'd.yaml: b/officer', 'd.yaml: b/head', 'd.yaml: b/leader']);
  expect(warnings[0]?.message).toBe('Chức danh lãnh đạo phòng của Sở A chưa có người giữ hoặc chưa có địa chỉ liên hệ');
});

test('all problems of a file come at once', () => {
  const source = 'hostUnit: z\nauthorityOffice: b\nsmsPrefix: SỞ\nunits:\n  - { id: B, name: x, shortName: x, smsName: quá dài cho tin nhắn, type: bureau }\n';
  expect(readDirectory(source, 'd.yaml').errors.map((e) => e.where)).toEqual(['d.yaml: smsPrefix', 'd.yaml: units[1].id', 'd.yaml: units[1].smsName', 'd.yaml: units[1].type']);
  expect(readDirectory('', 'd.yaml').errors).toHaveLength(1);
});

test.each([['a@b.example', true], ['a.b+c@x.b.example', true], ['a@b', false], ['a b@c.example', false], ['a..b@c.example', false], ['A <a@b.example>', false], ['a@b.example, c@d.example', false], ['@b.example', false]])(
  '%s as an address: %s', (address, expected) => expect(isEmailAddress(address)).toBe(expected));

test.each([['+84000000001', '+84000000001'], ['0912 345 678', '+84912345678'], ['+84 24 3825 2525', '+842438252525'], ['12345', undefined], ['+8400000001', undefined], ['+12025550101', undefined]])(
  '%s as a phone: %s', (phone, expected) => expect(normalizePhone(phone)).toBe(expected));

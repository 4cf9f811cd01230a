import fc from 'fast-check';
import { nameKey } from '../../../config/plan/unit-key';
import { expandUnits, indexUnits, readUnit, readUnits } from '../../../config/plan/units';
import { demoDirectory } from './support';

const index = indexUnits(demoDirectory(), '2018-10-22');
const unitOf = (text: string): string => {
  const reading = readUnit(index, text);
  return reading.kind === 'unit' ? reading.unit.id : reading.kind;
};

test.each([
  ['Sở Lao động Thương binh và Xã hội', 'tb-sldtbxh'], ['Sở Lao động – Thương binh và Xã hội', 'tb-sldtbxh'], ['Sở LĐTBXH', 'tb-sldtbxh'], ['Sở LĐ-TB&XH', 'tb-sldtbxh'],
  ['Sở TN&MT', 'tb-stnmt'], ['Sở TNMT', 'tb-stnmt'], ['SỞ TÀI NGUYÊN  VÀ MÔI TRƯỜNG', 'tb-stnmt'], ['Sở Tài nguyên và Môi trường tỉnh Thái Bình', 'tb-stnmt'],
  ['Ban Quản lý khu kinh tế và các khu công nghiệp', 'tb-bqlkkt'], ['Ban Quản lý KKT và các KCN', 'tb-bqlkkt'], ['BQL KKT và các KCN tỉnh', 'tb-bqlkkt'],
  ['Văn phòng Uỷ ban nhân dân tỉnh', 'tb-vp'], ['VP UBND tỉnh', 'tb-vp'], ['UBND huyện Thái Thuỵ', 'tb-ubnd-thaithuy'], ['Uỷ ban nhân dân tỉnh Thái Bình', 'tb-ubndt'],
  ['UBND thành phố Thái Bình', 'tb-ubnd-thaibinh'], ['Sở Công Thương tỉnh Hưng Yên', 'unknown'], ['các cơ quan báo chí có liên quan', 'open'],
])('%s is %s', (text, expected) => {
  expect(unitOf(text)).toBe(expected);
});

const tweaks: readonly ((name: string) => string)[] = [
  (name) => name.normalize('NFD'), (name) => name.toUpperCase(), (name) => name.toLowerCase(), (name) => name.replace(/ /g, '  '), (name) => name.replace(/ - /g, ' '),
  (name) => name.replace(/ - /g, ' – '), (name) => `${name} tỉnh`, (name) => `${name} tỉnh Thái Bình`, (name) => ` ${name} `, (name) => name.replace(/óa/g, 'oá').replace(/Ủy/g, 'Uỷ').replace(/ụy/g, 'uỵ'),
];

test('law: a name of the directory stays itself under any mix of spellings', () => {
  const units = index.units.filter((u) => !/tỉnh/.test(u.name));
  fc.assert(fc.property(fc.constantFrom(...units), fc.subarray([...tweaks.keys()], { maxLength: 4 }), (unit, chosen) => {
    const written = chosen.filter((i) => i < 6 || i > 7 || !chosen.includes(13 - i)).reduce((name, i) => tweaks[i]!(name), unit.name);
    return unitOf(written) === unit.id;
  }));
});

test('law: the key of a key is itself, and two units of the directory never share one', () => {
  const keys = index.units.map((u) => nameKey(u.name, 'Thái Bình'));
  for (const key of keys) expect(nameKey(key, 'Thái Bình')).toBe(key);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a cell is split on known units only', () => {
  const ids = (cell: string, without: string[] = []) => expandUnits(index, readUnits(index, cell), without);
  expect(ids('Sở Kế hoạch và Đầu tư, Sở Văn hóa, Thể thao và Du lịch; Sở Tài chính')).toEqual(['tb-skhdt', 'tb-svhttdl', 'tb-stc']);
  expect(ids('Các sở, ban, ngành, UBND huyện Quỳnh Phụ và các đơn vị liên quan', ['tb-sct'])).toHaveLength(8);
  expect(ids('UBND các huyện, thành phố')).toHaveLength(8);
  expect(ids('Sở Tài chính (Phòng Ngân sách), Sở Tài chính')).toEqual(['tb-stc']);
});

test('an unknown body in the middle of a cell leaves its neighbours readable', () => {
  expect(readUnits(index, 'Sở Tài chính, Hội Nông dân và Phụ nữ, Sở Công Thương').map((r) => (r.kind === 'unit' ? r.unit.id : `${r.kind}: ${r.text}`))).toEqual(['tb-stc', 'unknown: Hội Nông dân và Phụ nữ', 'tb-sct']);
});

test('a unit exists only from its first to its last day', () => {
  expect(readUnit(indexUnits(demoDirectory(), '2026-01-05'), 'UBND huyện Vũ Thư').kind).toBe('unknown');
});

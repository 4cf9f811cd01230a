import readXlsxFile from 'read-excel-file/node';
import { strFromU8, unzipSync } from 'fflate';
import { live } from '../../../domain/life';
import { fileOf } from '../../../messages/files/of-item';
import type { NoticeItem } from '../../../messages/input';
import { inputsTable } from '../../../messages/inputs-table';
import { inputsFile } from '../../../messages/files';
import type { TaskRecord } from '../../../messages/record';
import { at, command, seed } from '../../support/builders';
import { input, item, units } from './fixture';

const UNITS = ['tb-sct', 'tb-stc', 'tb-skhcn', 'tb-ubnd-thaithuy', 'tb-vp'];
const TEXTS: Readonly<Record<string, string>> = { subject: 'Dự thảo cơ chế', comment: '=HYPERLINK("http://x.example")', against: 'Chưa rõ\nnguồn vốn', taken: 'Bổ sung Điều 3', not: 'Trái Luật Ngân sách' };
const ref = (id: string) => ({ id, hash: 'h', length: 9 });
const give = (day: string, unit: string, answer: 'agree' | 'agree-with-comments' | 'disagree' | 'not-our-function', text?: string) =>
  ({ at: at(`${day}T09:00`), command: command('give-input', `${unit}/officer`, { answer, ...(text === undefined ? {} : { text: ref(text) }) }) });
const lead = 'tb-skhdt/officer' as const;
const respond = (unit: string, taken: 'yes' | 'no', text: string) => ({ at: at('2019-05-20T09:00'), command: command('respond-to-input', lead, { unit, taken, text: ref(text) }) });

const ACTS = [
  { at: at('2018-10-23T09:00'), command: command('acknowledge', lead, { deliverable: ref('subject') }) },
  { at: at('2019-04-24T09:00'), command: command('open-consultation', lead, { subject: ref('subject'), to: UNITS, dueOn: '2019-05-10' }) },
  give('2019-05-02', 'tb-sct', 'agree'), give('2019-05-08', 'tb-stc', 'agree-with-comments', 'comment'), give('2019-05-14', 'tb-skhcn', 'disagree', 'against'), give('2019-05-09', 'tb-vp', 'not-our-function'),
  respond('tb-stc', 'yes', 'taken'), respond('tb-skhcn', 'no', 'not'),
];
const recordOn = (until: string): TaskRecord => {
  const played = live(seed(), ACTS, at(until));
  expect(played.acts.filter((a) => a.refusal !== null)).toEqual([]);
  return { events: played.events, state: played.state, texts: new Map(Object.entries(TEXTS)) };
};
const names = (unit: string): string => units[unit]?.name ?? unit;
const tableOn = (until: string) => {
  const table = inputsTable(recordOn(until), 1, { names, title: 'Xây dựng cơ chế', asOf: until.slice(0, 10) });
  if (table === undefined) throw new Error('no table');
  return table;
};
/** The rows below the heads, days as dd/mm/yyyy. */
const readBack = async (content: Uint8Array) => {
  const [sheet] = await readXlsxFile(Buffer.from(content));
  const cells = (sheet?.data ?? []).map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell)));
  return { name: sheet?.sheet, cells };
};

test('every unit that was asked has its row: what it said, when, whether late, and what was made of it', async () => {
  const { name, cells } = await readBack((await inputsFile(tableOn('2019-06-01T09:00'))).content);
  expect(name).toBe('Biểu 03');
  const heads = cells.findIndex((row) => row[0] === 'STT');
  expect(cells[heads]).toEqual(['STT', 'Đơn vị', 'Ngày gửi', 'Hạn', 'Ngày trả lời', 'Ý kiến', 'Muộn', 'Nội dung góp ý', 'Tiếp thu, giải trình']);
  expect(cells.slice(heads + 1, heads + 6)).toEqual([
    [1, 'Sở Công Thương', '2019-04-24', '2019-05-10', '2019-05-02', 'Thống nhất', null, null, null],
    [2, 'Sở Tài chính', '2019-04-24', '2019-05-10', '2019-05-08', 'Thống nhất, có góp ý', null, '=HYPERLINK("http://x.example")', 'Tiếp thu: Bổ sung Điều 3'],
    [3, 'Sở Khoa học và Công nghệ', '2019-04-24', '2019-05-10', '2019-05-14', 'Không thống nhất', 'Muộn', 'Chưa rõ nguồn vốn', 'Không tiếp thu, giải trình: Trái Luật Ngân sách'],
    [4, 'UBND huyện Thái Thụy', '2019-04-24', '2019-05-10', null, 'Không trả lời (coi như thống nhất)', null, null, null],
    [5, 'Văn phòng UBND tỉnh', '2019-04-24', '2019-05-10', '2019-05-09', 'Không thuộc chức năng, nhiệm vụ', null, null, null],
  ]);
  const said = cells.flat().join('\n');
  expect(said).toContain('Đã lấy ý kiến 5 đơn vị: Thống nhất: 1; Thống nhất, có góp ý: 1; Không thống nhất: 1; Không thuộc chức năng, nhiệm vụ: 1; Không trả lời (coi như thống nhất): 1. Trả lời muộn: 1.');
  expect(said).toContain('Số liệu đến ngày 01/06/2019; việc lấy ý kiến đã kết thúc.');
});

test('while it is open, a unit that owes an answer is no silent one yet; the counts are those of the rows', () => {
  const table = tableOn('2019-05-08T10:00');
  expect(table.rows.map((r) => r.answer)).toEqual(['Thống nhất', 'Thống nhất, có góp ý', 'Chưa trả lời', 'Chưa trả lời', 'Chưa trả lời']);
  expect(table.counts.reduce((n, [, count]) => n + count, 0)).toBe(table.rows.length);
  expect(table.isClosed).toBe(false);
});

test('what people typed is no formula, and the table is printed as wide as an A4 page across', async () => {
  const files = unzipSync((await inputsFile(tableOn('2019-06-01T09:00'))).content);
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet).not.toContain('<f>');
  expect(sheet).toMatch(/<pageSetup[^>]*fitToWidth="1" fitToHeight="0"[^>]*paperSize="9"[^>]*orientation="landscape"/);
  expect(sheet).toMatch(/^<\?xml[^>]*><worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
});

test('the mail that says that a consultation is over brings the table, the one before does not; the same table has the same bytes', async () => {
  const record = recordOn('2019-05-17T09:00');
  const told = (isConsultationClosed: boolean): NoticeItem => ({ ...item('inputs-status', { facts: { consultation: 1, isConsultationClosed, decidedOn: '2019-05-17' } }), record });
  const [first, second] = await Promise.all([told(true), told(true)].map((one) => fileOf(input([one]), one)));
  expect(first?.file).toMatchObject({ filename: 'CN18-05-bieu-03-lan-1.xlsx', contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
  expect(first?.file.content).toEqual(second?.file.content);
  expect((await readBack(first?.file.content ?? new Uint8Array())).cells.flat()).toContain('Văn phòng UBND tỉnh');
  expect(await fileOf(input([told(false)]), told(false))).toBeUndefined();
});

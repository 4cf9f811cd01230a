import mammoth from 'mammoth';
import { strFromU8, unzipSync } from 'fflate';
import type { Command } from '../../../domain/acts';
import { live } from '../../../domain/life';
import type { TextRef } from '../../../domain/refs';
import { positionOf } from '../../../domain/plan';
import { renderMail } from '../../../messages';
import { fileOf } from '../../../messages/files/of-item';
import type { NoticeItem } from '../../../messages/input';
import type { TaskRecord } from '../../../messages/record';
import { at, command, seed } from '../../support/builders';
import { input, item } from './fixture';

const WORDS: Readonly<Record<string, string>> = {
  deliverable: 'Quyết định của UBND tỉnh', progress: 'Đã hoàn thiện dự thảo lần 2,\nđang chờ ý kiến', subject: 'Dự thảo cơ chế hỗ trợ', comment: '=HYPERLINK("http://x.example"); bổ sung nguồn vốn <b>',
  inside: 'CHUYỆN NỘI BỘ', own: 'Đề nghị quý Sở báo cáo trước ngày 20/02/2020.\n\nQuá thời hạn trên, đề nghị nêu rõ nguyên nhân', taken: 'Bổ sung tại Điều 3',
};
const ref = (id: keyof typeof WORDS & string): TextRef => ({ id, hash: 'h', length: 9 });
const on = (day: string, hour: string, it: Command): { readonly at: number; readonly command: Command } => ({ at: at(`${day}T${hour}`), command: it });
const LEAD = 'tb-skhdt/officer';
const ACTS = [
  on('2018-10-23', '09:00', command('acknowledge', LEAD, { deliverable: ref('deliverable') })),
  on('2019-04-24', '09:00', command('open-consultation', LEAD, { subject: ref('subject') })),
  on('2019-05-13', '09:00', command('give-input', 'tb-sct/officer', { answer: 'agree-with-comments', text: ref('comment') })),
  on('2019-06-03', '09:00', command('report-progress', LEAD, { text: ref('progress'), percent: 60 })),
  on('2019-06-04', '09:00', command('prepare', LEAD, { of: 'submit', summary: ref('inside') })),
  on('2019-06-05', '09:00', command('respond-to-input', LEAD, { unit: 'tb-sct', taken: 'yes', text: ref('taken') })),
];
const record = (until: string, more: readonly { readonly at: number; readonly command: Command }[] = []): TaskRecord => {
  const played = live(seed(), [...ACTS, ...more], at(until));
  return { events: played.events, state: played.state, texts: new Map(Object.entries(WORDS)), signer: { name: 'Nguyễn Văn Thử', isDeputy: false } };
};

type Change = Parameters<typeof item>[1];
const about = (kind: 'letter-draft' | 'overdue', rung: 'L3' | 'L4', known: TaskRecord, more: Change = {}): NoticeItem => ({
  ...item(kind, { ...more, notice: { rung, to: kind === 'overdue' ? LEAD : positionOf('tb-sct', 'leader'), ...more.notice }, facts: { decidedOn: '2020-01-15', workingDays: 10, ...more.facts } }), record: known,
});
const fileFor = async (one: NoticeItem) => {
  const made = await fileOf(input([one]), one);
  if (made === undefined) throw new Error('no file');
  return made;
};
const read = async (one: NoticeItem) => {
  const { file } = await fileFor(one);
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(file.content) });
  return { file, text: value.replace(/\n{2,}/g, '\n') };
};
const xmlOf = async (one: NoticeItem): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(Object.entries(unzipSync((await fileFor(one)).file.content)).map(([name, content]) => [name, strFromU8(content)]));


const APPROVED = on('2020-01-16', '09:00', command('approve-letter', positionOf('tb-sct', 'leader'), { number: '12', text: ref('own') }));
const afterwards = (more: Change = {}): NoticeItem =>
  about('overdue', 'L3', record('2020-01-16T09:00', [APPROVED]), { ...more, notice: { decidedAt: at('2020-01-16T09:00') }, facts: { decidedOn: '2020-01-16', workingDays: 11, value: '12', ...more.facts } });

describe('a draft of L3 as a Word file', () => {
  const draft = about('letter-draft', 'L3', record('2020-01-15T08:00'));

  it('reads as a công văn of the supervisor to the lead, in the order of Nghị định 30/2020', async () => {
    const { file, text } = await read(draft);
    expect(file).toMatchObject({ filename: 'CN18-05-du-thao-cong-van-don-doc.docx', contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' });
    const said = [
      'UBND TỈNH THÁI BÌNH', 'SỞ CÔNG THƯƠNG', 'Số: …/SCT', 'V/v đôn đốc thực hiện nhiệm vụ CN18-05', 'DỰ THẢO', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc',
      'Thái Bình, ngày 15 tháng 01 năm 2020', 'Kính gửi: Sở Kế hoạch và Đầu tư', 'Thực hiện Kế hoạch số …/KH-UBND ngày 22 tháng 10 năm 2018 của Ủy ban nhân dân tỉnh Thái Bình',
      'Sở Công Thương đề nghị Sở Kế hoạch và Đầu tư khẩn trương hoàn thành nhiệm vụ', 'báo cáo UBND tỉnh./.', 'Nơi nhận:', '- Như trên;', '- Lưu: VT.', 'GIÁM ĐỐC', 'Nguyễn Văn Thử',
    ];
    const places = said.map((words) => text.indexOf(words));
    expect(said.filter((_, i) => places[i] === -1)).toEqual([]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('says what was done before, what the lead reported last, and which units are silent', async () => {
    const { text } = await read(draft);
    expect(text).toContain('đã quá hạn 10 ngày làm việc. Sở Công Thương đã nhắc việc, đôn đốc (các ngày 02/01/2020, 08/01/2020) nhưng chưa nhận được');
    expect(text).toContain('Báo cáo gần nhất của Sở Kế hoạch và Đầu tư (ngày 03/06/2019, đạt 60%): Đã hoàn thiện dự thảo lần 2, đang chờ ý kiến.');
    expect(text).toContain('Theo đề nghị góp ý ngày 24/04/2019 (hạn 10/05/2019), các đơn vị không trả lời, ghi nhận "Không trả lời (coi như thống nhất)": Sở Tài chính.');
  });

  it('carries everything that passed between the units as numbered rows, and nothing that stayed within one', async () => {
    const { text } = await read(draft);
    const annex = text.slice(text.indexOf('QUÁ TRÌNH THỰC HIỆN, ĐÔN ĐỐC NHIỆM VỤ CN18-05'));
    const rows = [
      '22/10/2018\nGiao nhiệm vụ', '23/10/2018\nXác nhận tiếp nhận\nSản phẩm dự kiến: Quyết định của UBND tỉnh.', '24/04/2019\nLấy ý kiến phối hợp', '13/05/2019\nGóp ý: Thống nhất, có góp ý',
      'Góp ý muộn.', '17/05/2019\nHết thời gian lấy ý kiến\nSở Tài chính: Không trả lời (coi như thống nhất).', '05/06/2019\nTiếp thu, giải trình ý kiến\nĐơn vị góp ý: Sở Công Thương.\nTiếp thu.',
      '31/12/2019\nNhắc ngày đến hạn', '02/01/2020\nQuá hạn mức 1', '08/01/2020\nQuá hạn mức 2',
    ];
    for (const row of rows) expect(annex).toContain(row);
    expect(text).not.toContain('NỘI BỘ');
    expect(annex.match(/\n\d{1,2}\n\d\d\/\d\d\/\d{4}\n/g)).toHaveLength(20);
  });

  it('is A4 with the margins, the type and the page numbers that the decree asks', async () => {
    const files = await xmlOf(draft);
    const mm = (twips: string | undefined): number => Math.round(Number(twips) / 56.69);
    const page = files['word/document.xml'] ?? '';
    const [, width, height] = /<w:pgSz w:w="(\d+)" w:h="(\d+)"/.exec(page) ?? [];
    expect([mm(width), mm(height)]).toEqual([210, 297]);
    const margin = (side: string): number => mm(new RegExp(`<w:pgMar[^>]*w:${side}="(\\d+)"`).exec(page)?.[1]);
    expect(['top', 'bottom', 'left', 'right'].map(margin)).toEqual([20, 20, 30, 20]);
    expect(page).toContain('<w:titlePg/>');
    expect(files['word/styles.xml']).toMatch(/w:ascii="Times New Roman"[\s\S]*<w:sz w:val="28"\/>/);
    expect(Object.entries(files).filter(([name]) => /^word\/header/.test(name)).filter(([, xml]) => xml.includes('PAGE'))).toHaveLength(1);
  });

  it('has the same bytes every time, dated to its own day', async () => {
    const [first, second] = await Promise.all([fileFor(draft), fileFor(draft)]);
    expect(Buffer.from(first.file.content).equals(Buffer.from(second.file.content))).toBe(true);
    // Time and date of the first entry of the zip: 00:00 on 01/01/1980.
    expect([10, 12].map((offset) => Buffer.from(first.file.content).readUInt16LE(offset))).toEqual([0, 0x21]);
    expect((await xmlOf(draft))['docProps/core.xml']).toMatch(/created[^>]*>2020-01-15T05:00:00Z<[\s\S]*modified[^>]*>2020-01-15T05:00:00Z</);
  });
});

test('a draft of L4 is a báo cáo to the province, with what it may decide, and names the letter that went before', async () => {
  const known = record('2020-02-05T08:00', [APPROVED]);
  const { file, text } = await read(about('letter-draft', 'L4', known, { facts: { decidedOn: '2020-02-05', workingDays: 20 } }));
  expect(file.filename).toBe('CN18-05-du-thao-bao-cao-qua-han.docx');
  for (const said of ['Số: …/BC-SCT', 'BÁO CÁO\nVề nhiệm vụ CN18-05 quá hạn\n', 'Kính gửi: Ủy ban nhân dân tỉnh Thái Bình', '(1) gia hạn; (2) điều chỉnh', 'Thái Bình, ngày 05 tháng 02 năm 2020']) expect(text).toContain(said);
  expect(text).toContain('(các ngày 02/01/2020, 08/01/2020; Công văn đôn đốc số 12/SCT ngày 16/01/2020)');
  expect(text).not.toContain('V/v');
});

test("an approved letter has the leader's own words between our head and foot, its number, no word of a draft, and not itself in its history", async () => {
  const { file, text } = await read({ ...afterwards(), texts: { text: WORDS['own'] ?? '' } });
  expect(file.filename).toBe('CN18-05-cong-van-don-doc.docx');
  expect(text).toContain('Số: 12/SCT');
  expect(text).toContain('Kính gửi: Sở Kế hoạch và Đầu tư\nĐề nghị quý Sở báo cáo trước ngày 20/02/2020.\nQuá thời hạn trên, đề nghị nêu rõ nguyên nhân./.\nNơi nhận:');
  expect(text).toContain('(Kèm theo Công văn số 12/SCT ngày 16 tháng 01 năm 2020 của Sở Công Thương)');
  expect(text).not.toMatch(/DỰ THẢO|khẩn trương|16\/01\/2020\nCông văn/);
});

test('a letter approved at the counter is dated and numbered as its document; a deputy signs for the one it stands in for', async () => {
  const basis = on('2020-01-16', '09:00', command('approve-letter', positionOf('tb-sct', 'leader'), {}, { via: 'cli', basis: { number: '45/SCT-KHTH', date: '2020-01-15' } }));
  const known = { ...record('2020-01-16T09:00', [basis]), signer: { name: 'Trần Thị Thử', isDeputy: true } };
  const { text } = await read({ ...about('overdue', 'L3', known, { notice: { decidedAt: at('2020-01-16T09:00') }, facts: { decidedOn: '2020-01-16', workingDays: 11 } }) });
  expect(text).toContain('Số: 45/SCT-KHTH');
  expect(text).toContain('Thái Bình, ngày 15 tháng 01 năm 2020');
  expect(text).toContain('Đến ngày 16 tháng 01 năm 2020, nhiệm vụ đã quá hạn 11 ngày làm việc');
  expect(text).toContain('KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTrần Thị Thử');
});

test('the mail brings the file and names it; other mails and confidential tasks bring none', async () => {
  const draft = about('letter-draft', 'L3', record('2020-01-15T08:00'));
  const { file } = await fileFor(draft);
  const mail = renderMail(input([{ ...draft, files: [file] }]));
  expect(mail.attachments).toEqual([file]);
  expect(mail.text).toContain('Tệp kèm theo thư này: CN18-05-du-thao-cong-van-don-doc.docx.');
  const hidden = about('letter-draft', 'L3', record('2020-01-15T08:00'), { task: { confidential: true } });
  expect(await fileOf(input([hidden]), hidden)).toBeUndefined();
  const flag = { ...item('overdue', { notice: { rung: 'L2' } }), record: record('2020-01-15T08:00') };
  expect(await fileOf(input([flag]), flag)).toBeUndefined();
});

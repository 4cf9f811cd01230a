import {
  AlignmentType, BorderStyle, convertMillimetersToTwip, Document, Footer, Header, Packer, PageNumber, Paragraph, type ParagraphChild, Table, TableCell, TableLayoutType, TableRow, TextRun,
  VerticalAlign, WidthType,
} from 'docx';
import { dmy } from '../../domain/time';
import type { Letter } from '../letters/letter';
import { sealed } from './sealed';

/** Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I: A4, margins 20-25/20-25/30-35/15-20 mm, Times New Roman; sizes in half points (docx). */
const PAGE = {
  size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
  margin: { top: convertMillimetersToTwip(20), bottom: convertMillimetersToTwip(20), left: convertMillimetersToTwip(30), right: convertMillimetersToTwip(20), header: convertMillimetersToTwip(10) },
};
const WIDTH_MM = 160;
const FONT = 'Times New Roman';
const SIZE = { body: 28, nation: 24, motto: 26, head: 26, about: 24, copies: 22, table: 24 } as const;
const SPACING = { after: 120, line: 288 };

type Style = { readonly size?: number; readonly bold?: boolean; readonly italics?: boolean };
const run = (text: string, style: Style = {}): TextRun => new TextRun({ text, ...style });
const centred = (children: readonly ParagraphChild[], after = 0): Paragraph => new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after }, children: [...children] });

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE };
const widthOf = (mm: number) => ({ size: convertMillimetersToTwip(mm), type: WidthType.DXA });
/** A thin line under a name, as long as a part of the column. */
const rule = (indentMm: number): Paragraph => new Paragraph({
  indent: { left: convertMillimetersToTwip(indentMm), right: convertMillimetersToTwip(indentMm) }, spacing: { after: 60, line: 120, lineRule: 'exact' },
  border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } }, children: [],
});

/** Two columns side by side without borders. */
const columns = (left: readonly Paragraph[], right: readonly Paragraph[], leftMm: number): Table => {
  const cell = (children: readonly Paragraph[], mm: number): TableCell => new TableCell({ width: widthOf(mm), borders: NO_BORDERS, margins: { left: 0, right: 0 }, verticalAlign: VerticalAlign.TOP, children: [...children] });
  return new Table({
    width: widthOf(WIDTH_MM), layout: TableLayoutType.FIXED, columnWidths: [leftMm, WIDTH_MM - leftMm].map((mm) => convertMillimetersToTwip(mm)),
    borders: { ...NO_BORDERS, insideHorizontal: NONE, insideVertical: NONE }, rows: [new TableRow({ children: [cell(left, leftMm), cell(right, WIDTH_MM - leftMm)] })],
  });
};

const LEFT_MM = 64;
/** The authority above is named with its usual abbreviation (Phụ lục I, phần II.2). */
const shortIssuer = (issuer: string): string => issuer.normalize('NFC').replace(/^(?:Ủy|Uỷ) ban nhân dân/u, 'UBND').toUpperCase();
/** Ô số 1-5b: national name and motto, who issues, number, what a công văn is about, place and date. */
const head = (letter: Letter, isDraft: boolean): Table => columns(
  [
    centred([run(shortIssuer(letter.issuer), { size: SIZE.head })]), centred([run(letter.sender.toUpperCase(), { size: SIZE.head, bold: true })]), rule(20),
    centred([run(`Số: ${letter.number}`, { size: SIZE.head })]), ...(letter.rung === 'L3' ? [centred([run(letter.about, { size: SIZE.about })])] : []),
    ...(isDraft ? [centred([run('DỰ THẢO', { size: SIZE.about, bold: true })])] : []),
  ],
  [
    centred([run('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: SIZE.nation, bold: true })]), centred([run('Độc lập - Tự do - Hạnh phúc', { size: SIZE.motto, bold: true })]), rule(20),
    centred([run(letter.placeAndDate, { size: SIZE.motto, italics: true })]),
  ], LEFT_MM,
);

/** Ô số 5a: a báo cáo has a name of its own. */
const title = (letter: Letter): Paragraph[] => (letter.rung === 'L3' ? [] : [
  centred([run('BÁO CÁO', { bold: true })]), centred([run(letter.about, { bold: true })]), rule(60),
]);

const bodyParagraph = (text: string): Paragraph => new Paragraph({
  alignment: AlignmentType.JUSTIFIED, indent: { firstLine: convertMillimetersToTwip(12.7) }, spacing: SPACING, children: [run(text)],
});
/** The body of a letter ends with "./.". */
const body = (letter: Letter): Paragraph[] => letter.body.map((text, i, all) => bodyParagraph(i === all.length - 1 ? `${text.replace(/[./\s]+$/u, '')}./.` : text));

const copies = (letter: Letter): Paragraph[] => [
  new Paragraph({ spacing: { after: 0 }, children: [run('Nơi nhận:', { size: SIZE.about, bold: true, italics: true })] }),
  ...[...letter.copies.map((copy) => `- ${copy};`), '- Lưu: VT.'].map((line) => new Paragraph({ spacing: { after: 0 }, children: [run(line, { size: SIZE.copies })] })),
];
/** Ô số 7a-9b: capacity and title, room for the signature, name; whom it goes to. */
const foot = (letter: Letter): Table => columns(copies(letter), [
  ...letter.signerTitle.map((line) => centred([run(line, { bold: true })])), ...Array.from({ length: 4 }, () => centred([run('')])), centred([run(letter.signerName, { bold: true })]),
], 80);

const COLUMNS_MM = [12, 27, 81, 40] as const;
const tableCell = (lines: readonly string[], mm: number, style: Style & { readonly isCentred?: boolean } = {}): TableCell => {
  const { isCentred = false, ...text } = style;
  return new TableCell({
    width: widthOf(mm), margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: lines.map((line) => new Paragraph({ alignment: isCentred ? AlignmentType.CENTER : AlignmentType.LEFT, spacing: { after: 0 }, children: [run(line, { size: SIZE.table, ...text })] })),
  });
};
/** What passed between the units, on pages of its own; its heading is repeated on each. */
const annex = ({ title: name, of, rows }: NonNullable<Letter['annex']>): (Paragraph | Table)[] => [
  new Paragraph({ pageBreakBefore: true, alignment: AlignmentType.CENTER, spacing: { after: 0 }, children: [run('Phụ lục', { bold: true })] }),
  centred([run(name, { bold: true })]), centred([run(of, { italics: true })], 160),
  new Table({
    width: widthOf(WIDTH_MM), layout: TableLayoutType.FIXED, columnWidths: COLUMNS_MM.map((mm) => convertMillimetersToTwip(mm)),
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: ['STT', 'Ngày', 'Nội dung', 'Đơn vị'].map((text, i) => tableCell([text], COLUMNS_MM[i] ?? 0, { bold: true, isCentred: true })) }),
      ...rows.map((row, i) => new TableRow({
        children: [
          tableCell([String(i + 1)], COLUMNS_MM[0], { isCentred: true }), tableCell([dmy(row.on)], COLUMNS_MM[1], { isCentred: true }),
          tableCell([row.what, ...row.details], COLUMNS_MM[2]), tableCell([row.who], COLUMNS_MM[3]),
        ],
      })),
    ],
  }),
];

const pageNumber = (): Header => new Header({ children: [centred([new TextRun({ children: [PageNumber.CURRENT], size: SIZE.head })])] });

/**
 * A letter as a Word file (Office Open XML), laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I asks; a draft says so under its number. The page number stands
 * at the top from the second page on. The same letter gives the same bytes.
 */
export const letterDocx = async (letter: Letter, { isDraft }: { readonly isDraft: boolean }): Promise<Uint8Array> => {
  const name = `${letter.about} (${letter.code})`;
  const file = new Document({
    creator: letter.sender, lastModifiedBy: letter.sender, title: name, description: isDraft ? 'Dự thảo' : '',
    styles: { default: { document: { run: { font: FONT, size: SIZE.body, language: { value: 'vi-VN' } } } } },
    sections: [{
      properties: { page: PAGE, titlePage: true }, headers: { first: new Header({ children: [] }), default: pageNumber() }, footers: { first: new Footer({ children: [] }) },
      children: [
        head(letter, isDraft), ...title(letter), new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 240, after: 240 }, children: [run(`Kính gửi: ${letter.to}`)] }),
        ...body(letter), new Paragraph({ spacing: { after: 0 }, children: [] }), foot(letter), ...(letter.annex === null ? [] : annex(letter.annex)),
      ],
    }],
  });
  return sealed(await Packer.toBuffer(file), letter.on);
};

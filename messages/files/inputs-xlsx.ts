import writeXlsxFile, { type CellObject, type Row } from 'write-excel-file/node';
import { type CivilDate, dayNumber, DAY_MS } from '../../domain/time';
import { asOfText, countsText, INPUT_HEADS, type InputRow, type InputsTable } from '../inputs-table';
import { sealed } from './sealed';

const FONT = { fontFamily: 'Times New Roman', fontSize: 12 } as const;
const BORDER = { borderStyle: 'thin', borderColor: '#000000' } as const;
/** Widths in characters, of the number and then of INPUT_HEADS; together the width of an A4 page across within its margins. */
const WIDTHS = [5, 19, 11, 11, 11, 16, 7, 27, 25] as const;
const LINE_POINTS = 16;
/** Letters of this size that fit, on average, where a column says one. */
const FIT = 1;

const linesOf = (value: string, width: number): number => Math.max(1, Math.ceil(value.length / (width * FIT)));
const ALL = WIDTHS.reduce<number>((sum, width) => sum + width, 0);
/** Not every program measures the height of a wrapped row when it opens a file. */
const heightOf = (values: readonly string[]): { readonly height: number } => ({ height: LINE_POINTS * Math.max(...values.map((value, i) => linesOf(value, WIDTHS[i] ?? ALL))) });

const line = (value: string, more: Partial<CellObject> = {}): Row =>
  [{ value, type: String, columnSpan: WIDTHS.length, wrap: true, alignVertical: 'top', height: LINE_POINTS * linesOf(value, ALL), ...FONT, ...more }];
const text = (value: string): CellObject => ({ value, type: String, wrap: true, alignVertical: 'top', ...FONT, ...BORDER });
const number = (value: number, more: Partial<CellObject>): CellObject => ({ ...more, value, type: Number, align: 'center', alignVertical: 'top', ...FONT, ...BORDER });
/** A date that a spreadsheet counts and sorts with; its day is the one of UTC. */
const day = (on: CivilDate | null): CellObject => (on === null ? text('')
  : { value: new Date(dayNumber(on) * DAY_MS), type: Date, format: 'dd/mm/yyyy', align: 'center', alignVertical: 'top', ...FONT, ...BORDER });

const rowOf = (r: InputRow, i: number): Row =>
  [number(i + 1, heightOf(['', r.unit, '', '', '', r.answer, '', r.content, r.response])), text(r.unit), day(r.askedOn), day(r.dueOn), day(r.receivedOn), text(r.answer), text(r.isLate ? 'Muộn' : ''), text(r.content), text(r.response)];

const titleOf = (table: InputsTable): Row[] => [
  line('Biểu 03', { fontWeight: 'bold' }), line('TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN', { fontWeight: 'bold', fontSize: 14, align: 'center', height: 24 }),
  line(`Nhiệm vụ ${table.task}: ${table.title}`), line(`Đơn vị chủ trì: ${table.lead}`), line(`Nội dung lấy ý kiến (lần ${table.no}): ${table.subject}`), line(asOfText(table)),
];

/** Printed as wide as the page, whatever width a program gives to its letters; `sheetPr` stands first (ECMA-376, part 1, 18.3.1.99). */
const FIT_TO_PAGE = { files: { transform: { 'xl/worksheets/sheet{id}.xml': {
  transform: (xml: string): string => xml.replace(/(<worksheet[^>]*>)/u, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>').replace('<pageSetup ', '<pageSetup fitToWidth="1" fitToHeight="0" '),
} } } };

/** Biểu 03 as an Excel file: A4 across, real dates, what people typed as text and never as a formula. The same table gives the same bytes. */
export const inputsXlsx = async (table: InputsTable): Promise<Uint8Array> => {
  const heads: Row = ['STT', ...INPUT_HEADS].map((value) => ({ ...text(value), fontWeight: 'bold', align: 'center', alignVertical: 'center', ...heightOf(['STT', ...INPUT_HEADS]) }));
  const file = writeXlsxFile([...titleOf(table), heads, ...table.rows.map(rowOf), line(countsText(table), { fontStyle: 'italic' })], {
    sheet: 'Biểu 03', columns: WIDTHS.map((width) => ({ width })), orientation: 'landscape', stickyRowsCount: titleOf(table).length + 1,
  }, { features: [FIT_TO_PAGE] });
  return sealed(await file.toBuffer(), table.asOf);
};

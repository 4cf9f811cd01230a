import writeXlsxFile, { type CellObject, type Row } from 'write-excel-file/node';
import { type CivilDate, dayNumber, DAY_MS } from '../../domain/time';
import { asOfText, countsText, INPUT_HEADS, type InputRow, type InputsTable } from '../inputs-table';
import { sealed } from './sealed';

const FONT = { fontFamily: 'Times New Roman', fontSize: 12 } as const;
const BORDER = { borderStyle: 'thin', borderColor: '#000000' } as const;
/** Widths in characters, of the number and then of INPUT_HEADS; together an A4 page across. */
const WIDTHS = [6, 30, 12, 12, 12, 24, 8, 44, 44] as const;

const line = (value: string, more: Partial<CellObject> = {}): Row => [{ value, type: String, columnSpan: WIDTHS.length, wrap: true, ...FONT, ...more }];
const text = (value: string): CellObject => ({ value, type: String, wrap: true, alignVertical: 'top', ...FONT, ...BORDER });
const number = (value: number): CellObject => ({ value, type: Number, align: 'center', alignVertical: 'top', ...FONT, ...BORDER });
/** A date that a spreadsheet counts and sorts with; its day is the one of UTC. */
const day = (on: CivilDate | null): CellObject => (on === null ? text('')
  : { value: new Date(dayNumber(on) * DAY_MS), type: Date, format: 'dd/mm/yyyy', align: 'center', alignVertical: 'top', ...FONT, ...BORDER });

const rowOf = (r: InputRow, i: number): Row =>
  [number(i + 1), text(r.unit), day(r.askedOn), day(r.dueOn), day(r.receivedOn), text(r.answer), text(r.isLate ? 'Muộn' : ''), text(r.content), text(r.response)];

const titleOf = (table: InputsTable): Row[] => [
  line('Biểu 03', { fontWeight: 'bold' }), line('TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN', { fontWeight: 'bold', fontSize: 14, align: 'center' }),
  line(`Nhiệm vụ ${table.task}: ${table.title}`), line(`Đơn vị chủ trì: ${table.lead}`), line(`Nội dung lấy ý kiến (lần ${table.no}): ${table.subject}`), line(asOfText(table)),
];

/** Biểu 03 as an Excel file: A4 across, real dates, what people typed as text and never as a formula. The same table gives the same bytes. */
export const inputsXlsx = async (table: InputsTable): Promise<Uint8Array> => {
  const heads: Row = ['STT', ...INPUT_HEADS].map((value) => ({ ...text(value), fontWeight: 'bold', align: 'center', alignVertical: 'center' }));
  const file = writeXlsxFile([...titleOf(table), heads, ...table.rows.map(rowOf), line(countsText(table), { fontStyle: 'italic' })], {
    sheet: 'Biểu 03', columns: WIDTHS.map((width) => ({ width })), orientation: 'landscape', stickyRowsCount: titleOf(table).length + 1,
  });
  return sealed(await file.toBuffer(), table.asOf);
};

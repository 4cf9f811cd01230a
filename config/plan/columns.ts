import type { PlanProblem } from '../../domain/plan';
import type { Table, TableRow } from './tables';

/** What a column means, whatever its place and its exact words. */
export type ColumnMeaning = 'number' | 'title' | 'lead' | 'coordinating' | 'time' | 'product' | 'monitor' | 'note';
export type Columns = { readonly [M in ColumnMeaning]?: number } & { readonly timeHeader: string; readonly width: number };

/** Headers by meaning, the first that fits wins (docs/domain.md, "Columns"). */
const MEANINGS: readonly (readonly [ColumnMeaning, RegExp])[] = [
  ['number', /^(?:stt|tt|số tt|số thứ tự)$/u],
  ['monitor', /theo dõi|đôn đốc|giám sát/u],
  ['coordinating', /phối hợp/u],
  ['lead', /chủ trì|trách nhiệm thực hiện|(?:đơn vị|cơ quan) thực hiện/u],
  ['time', /thời gian|thời hạn|tiến độ|mốc hoàn thành|hạn hoàn thành|thời điểm/u],
  ['product', /sản phẩm|kết quả/u],
  ['title', /nội dung|nhiệm vụ|công việc|đề án/u],
  ['note', /ghi chú/u],
];

const meaningOf = (cell: string): ColumnMeaning | undefined => MEANINGS.find(([, pattern]) => pattern.test(cell.normalize('NFC').toLowerCase().trim()))?.[0];

const columnsOf = (row: TableRow): Columns => {
  const columns: { [M in ColumnMeaning]?: number } = {};
  row.cells.forEach((cell, i) => {
    const meaning = meaningOf(cell);
    if (meaning !== undefined && columns[meaning] === undefined) columns[meaning] = i;
  });
  return { ...columns, timeHeader: columns.time === undefined ? '' : (row.cells[columns.time] ?? ''), width: row.cells.length };
};

/** A header names the task and who leads it, or when it is due; a data row does not: its cells are longer than a header's. */
const HEADER_CELL_LENGTH = 60;
/** True for the header row of an appendix, repeated ones included. */
export const isHeader = (row: TableRow): boolean => {
  if (row.cells.length < 3 || row.cells.some((cell) => cell.length > HEADER_CELL_LENGTH)) return false;
  const { number, title, lead, time } = columnsOf(row);
  return title !== undefined && (lead !== undefined || time !== undefined) && (number !== undefined || !/\d{4}/.test(row.cells.join(' ')));
};

export type FoundColumns = { readonly columns: Columns; readonly header: TableRow; readonly rows: readonly TableRow[]; readonly blankLineInside: boolean };
export type ColumnsResult = { readonly ok: true; readonly found: readonly FoundColumns[] } | { readonly ok: false; readonly problems: readonly PlanProblem[] };

const REQUIRED: readonly (readonly [ColumnMeaning, string, string])[] = [
  ['title', 'nội dung nhiệm vụ', '"Nội dung, nhiệm vụ", "Nhiệm vụ" hoặc "Tên nhiệm vụ"'],
  ['lead', 'đơn vị chủ trì', '"Đơn vị chủ trì" hoặc "Cơ quan chủ trì"'],
  ['time', 'thời gian', '"Thời gian", "Thời gian hoàn thành" hoặc "Thời hạn"'],
];

/** Each table that has an appendix's header, with the meaning of its columns; all missing columns at once. */
export const mapColumns = (tables: readonly Table[], where: string): ColumnsResult => {
  const found = tables.flatMap(({ rows, blankLineInside }) => {
    const at = rows.findIndex(isHeader);
    return at < 0 ? [] : [{ columns: columnsOf(rows[at]!), header: rows[at]!, rows: rows.slice(at + 1).filter((row) => !isHeader(row)), blankLineInside }];
  });
  if (found.length === 0) {
    const message = tables.length === 0 ? 'không tìm thấy bảng phân công nhiệm vụ' : 'không có bảng nào có tiêu đề của bảng phân công nhiệm vụ';
    return { ok: false, problems: [{ where, message, accepted: 'bảng phân cách bằng tab hoặc bảng Markdown có các cột nội dung nhiệm vụ, đơn vị chủ trì, thời gian' }] };
  }
  const problems = found.flatMap(({ columns, header }) =>
    REQUIRED.filter(([meaning]) => columns[meaning] === undefined).map(([, name, accepted]): PlanProblem => ({
      where: `${where}: dòng ${header.line}`, message: `bảng không có cột ${name}`, accepted: `cột có tiêu đề ${accepted}`,
    })));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, found };
};

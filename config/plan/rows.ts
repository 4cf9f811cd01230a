import type { PlanProblem } from '../../domain/plan';
import type { ColumnMeaning, FoundColumns } from './columns';
import type { TableRow } from './tables';

/** One task row as printed. `where` names its place for problems. */
export type RawRow = {
  readonly where: string;
  readonly no: string;
  readonly group?: string;
  readonly title: string;
  readonly leadText: string;
  readonly coordinatingText: string;
  readonly timeText: string;
  readonly deliverable?: string;
};
export type RowsResult = { readonly rows: readonly RawRow[]; readonly problems: readonly PlanProblem[] };

const ROMAN = /^(?=[IVXLC])(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})\.?$/;
const isIndexRow = (cells: readonly string[]): boolean => cells.every((cell, i) => cell === `(${i + 1})` || cell === String(i + 1));
const distinct = (cells: readonly string[]): string[] => [...new Set(cells.filter((cell) => cell !== ''))];

const cellAt = (row: TableRow, found: FoundColumns, meaning: ColumnMeaning): string => {
  const at = found.columns[meaning];
  return at === undefined ? '' : (row.cells[at] ?? '');
};

/** A group row: a roman numeral or no number, a title, the other cells empty or the title again. */
const groupOf = (row: TableRow, found: FoundColumns): string | undefined => {
  const no = cellAt(row, found, 'number').replace(/\*/g, '');
  const isNumbered = ROMAN.test(no) || no === '' || /^[A-ZĐ]\.?$/.test(no);
  const rest = distinct(row.cells.filter((_, i) => i !== found.columns.number));
  return isNumbered && rest.length === 1 ? rest[0] : undefined;
};

const TITLES: Readonly<Record<'title' | 'leadText' | 'timeText', string>> = { title: 'Nội dung, nhiệm vụ', leadText: 'Đơn vị chủ trì', timeText: 'Thời gian' };

const missingCells = (raw: RawRow): PlanProblem[] =>
  (['title', 'leadText'] as const).filter((name) => raw[name] === '').map((name) => ({
    where: raw.where, row: raw.no, cell: TITLES[name], message: 'ô để trống', accepted: name === 'title' ? 'tên nhiệm vụ' : 'tên một đơn vị trong danh bạ',
  }));

const widthProblem = (row: TableRow, found: FoundColumns, raw: RawRow): PlanProblem[] =>
  row.cells.length === found.columns.width ? [] : [{
    where: raw.where, row: raw.no, message: `hàng có ${row.cells.length} ô, tiêu đề có ${found.columns.width} ô`, accepted: `${found.columns.width} ô, phân cách như ở hàng tiêu đề`,
  }];

/** The task rows of one table in document order; group rows become the `group` of what follows, index rows and empty rows are left out. */
export const readRows = (found: FoundColumns, where: string): RowsResult => {
  const rows: RawRow[] = [];
  const problems: PlanProblem[] = [];
  let group: string | undefined;
  for (const row of found.rows) {
    if (isIndexRow(row.cells) || distinct(row.cells).length === 0) continue;
    const groupTitle = groupOf(row, found);
    if (groupTitle !== undefined) {
      group = groupTitle;
      continue;
    }
    const deliverable = cellAt(row, found, 'product');
    const raw: RawRow = {
      where: `${where}: dòng ${row.line}`, no: cellAt(row, found, 'number'), ...(group === undefined ? {} : { group }), title: cellAt(row, found, 'title'),
      leadText: cellAt(row, found, 'lead'), coordinatingText: cellAt(row, found, 'coordinating'), timeText: cellAt(row, found, 'time'), ...(deliverable === '' ? {} : { deliverable }),
    };
    const width = widthProblem(row, found, raw);
    problems.push(...width, ...(width.length > 0 ? [] : missingCells(raw)));
    if (width.length === 0) rows.push(raw);
  }
  return { rows, problems };
};

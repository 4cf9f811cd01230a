import { isBlank } from '../../domain/blank';

/** One row as printed: cells without the marks around them, and the line it begins on (from 1). */
export type TableRow = { readonly line: number; readonly cells: readonly string[] };
/** Rows of one table, cut by page breaks or not. `blankLineInside`: a page break or an empty line stands between two rows. */
export type Table = { readonly rows: readonly TableRow[]; readonly blankLineInside: boolean };

/** Bold and italic marks, line breaks of Markdown; quotation marks stay, they are part of the text. */
const cleanCell = (cell: string): string => {
  const clean = cell.replace(/<br\s*\/?>/gi, ' ').replace(/\*\*|__/g, '').replace(/\\\|/g, '|').replace(/\s+/g, ' ').trim();
  return isBlank(clean) ? '' : clean;
};

/** Splits on every tab or unescaped pipe; no character quotes another. */
const cellsOf = (line: string): string[] | undefined => {
  if (line.includes('\t')) return line.split('\t').map(cleanCell);
  const text = line.trim();
  if (!/(?<!\\)\|/.test(text) || !(text.startsWith('|') || /\s\|\s/.test(text))) return undefined;
  return text.replace(/^\|/, '').replace(/(?<!\\)\|$/, '').split(/(?<!\\)\|/).map(cleanCell);
};

const isDelimiter = (cells: readonly string[]): boolean => cells.every((cell) => /^:?-{2,}:?$/.test(cell));
/** What a page break leaves between two rows: nothing, a rule, a page number. */
const isPageNoise = (line: string): boolean => /^(?:|[-–—] ?\d{1,3} ?[-–—]|-{3,}|\d{1,3}|trang \d{1,3}(?: ?\/ ?\d{1,3})?)$/iu.test(line.trim());

/** A cell does not grow beyond this by lines without cells: what follows is other text. */
const MAX_CELL = 5000;

type Open = { rows: TableRow[]; width: number; gap: boolean; blankLineInside: boolean };

/** A line break inside a cell splits its row: the next line's first cell goes on where the row stopped. */
const joined = (row: TableRow, cells: readonly string[]): TableRow => ({
  line: row.line,
  cells: [...row.cells.slice(0, -1), `${row.cells.at(-1) ?? ''} ${cells[0] ?? ''}`.trim(), ...cells.slice(1)],
});

const addRow = (open: Open, line: number, cells: readonly string[]): void => {
  const last = open.rows.at(-1);
  const isRest = last !== undefined && last.cells.length < open.width && last.cells.length + cells.length - 1 <= open.width && cells.length < open.width;
  if (isRest) open.rows[open.rows.length - 1] = joined(last, cells);
  else open.rows.push({ line, cells });
  if (open.gap && open.rows.length > 1) open.blankLineInside = true;
  open.gap = false;
};

/**
 * Every table of a text: tab-separated or Markdown pipes. Blank lines, page numbers and form feeds between rows do not end a table;
 * rows that come after other text and have the width of the table before go on with it.
 */
export const findTables = (text: string): Table[] => {
  const tables: Open[] = [];
  let open: Open | undefined;
  text.split('\n').forEach((line, i) => {
    const cells = cellsOf(line);
    if (cells !== undefined) {
      if (isDelimiter(cells)) return;
      const before = tables.at(-1);
      if (open === undefined && before !== undefined && before.width === cells.length) open = before;
      if (open === undefined) tables.push((open = { rows: [], width: cells.length, gap: false, blankLineInside: false }));
      addRow(open, i + 1, cells);
      return;
    }
    if (open === undefined) return;
    const last = open.rows.at(-1);
    if (isPageNoise(line)) open.gap = true;
    else if (last !== undefined && (last.cells.at(-1)?.length ?? 0) > MAX_CELL) open = undefined;
    else if (last !== undefined && !open.gap) open.rows[open.rows.length - 1] = joined(last, [line.trim()]);
    else if (last !== undefined && last.cells.length < open.width) open.rows[open.rows.length - 1] = joined(last, [cleanCell(line)]);
    else open = undefined;
  });
  return tables;
};

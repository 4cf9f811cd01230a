import Table from 'cli-table3';

/** Widths of the columns, borders and padding not counted; `n` columns cost 3n + 1 characters beside them. */
export type Column = { readonly head: string; readonly width: number; readonly align?: 'left' | 'right' };

export const TERMINAL_COLUMNS = 80;

/** A table whose cells wrap at words; never wider than 80 columns, which is asserted here rather than seen on somebody's screen. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const total = columns.reduce((sum, c) => sum + c.width + 3, 1);
  if (total > TERMINAL_COLUMNS) throw new RangeError(`a table of ${total} columns does not fit ${TERMINAL_COLUMNS}`);
  const drawn = new Table({
    head: columns.map((c) => c.head),
    colWidths: columns.map((c) => c.width + 2),
    colAligns: columns.map((c) => c.align ?? 'left'),
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [] },
  });
  drawn.push(...rows.map((row) => row.map((cell, i) => breakable(cell, columns[i]?.width ?? TERMINAL_COLUMNS))));
  return drawn.toString();
};

/** A word longer than its column (an address, an id) goes on in the next line instead of being cut; colour codes stay whole. */
const breakable = (cell: string, width: number): string =>
  cell.includes('\u001b') ? cell : cell.replace(
    new RegExp(`\\S{${width + 1},}`, 'g'),
    (word) => (word.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n'),
  );

/** Label and value, one a line, values wrapped under each other: what `show` commands print. */
export const facts = (pairs: readonly (readonly [string, string])[]): string => {
  const width = Math.min(26, Math.max(...pairs.map(([label]) => label.length)));
  return pairs.map(([label, value]) => `${label.padEnd(width)}  ${wrap(value, TERMINAL_COLUMNS - width - 2).join(`\n${' '.repeat(width + 2)}`)}`).join('\n');
};

/** Breaks a text at spaces into lines of at most `width` characters; a longer word stands alone. */
export const wrap = (text: string, width: number): string[] =>
  text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return lines;
  });

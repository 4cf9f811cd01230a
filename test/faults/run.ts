import { type Cell, runCell } from './cell';
import type { Count } from './count';
import { foreignRows } from './foreign';
import { greylistCells } from './greylist';
import { killCells } from './kills';
import { lineCells } from './lines';
import { noticeCells } from './notices';
import { canStartSite, startSite } from './site';
import { measureWindow, type Window } from './window';

/** What was done to delivery, and what came of it. */
export type Row = { readonly cell: Omit<Cell, 'n' | 'short' | 'run'>; readonly count: Count };
export type Run = { readonly rows: readonly Row[]; readonly window?: Window; /** Everything that the workers logged. */ readonly logs: readonly string[] };
export { canStartSite };
export const CELLS: readonly Cell[] = [...lineCells, ...greylistCells, ...killCells, ...noticeCells];

/**
 * Runs cells one after the other on one site: `n` says how often each fault is injected. A cell that breaks ends the run with its name. `isWhole`: with servers
 * that others wrote, and the window too.
 */
export const runCells = async (
  cells: readonly Cell[], n: (cell: Cell) => number, onRow: (row: Row) => void = () => undefined, isWhole = false,
): Promise<Run> => {
  const site = await startSite();
  const rows: Row[] = [];
  try {
    for (const cell of cells) {
      const count = await runCell(site, cell, n(cell)).catch((error: unknown) => {
        throw new Error(`${cell.channel}, ${cell.fault}, ${cell.point}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      });
      rows.push({ cell, count });
      onRow({ cell, count });
    }
    if (isWhole) rows.push(...(await foreignRows(site, onRow)));
    const window = isWhole ? await measureWindow(site) : undefined;
    return { rows, logs: [...site.logs], ...(window === undefined ? {} : { window }) };
  } finally {
    await site.stop();
  }
};

/** What breaks the promise, in words; empty where it holds. */
export const broken = ({ cell, count }: Row): readonly string[] => {
  const wrongs: readonly (readonly [string, number])[] = [
    ['lost', count.lost.length], ['doubled outside the window', count.outside.length], ['other bytes', count.twice - count.identical],
    ['seen twice', count.seenTwice.length], ['said what was done', count.sentDone.length], ['never came to an end', count.stuck],
    ['submitted twice', cell.isWithoutDoubt === true ? count.twice : 0],
  ];
  return wrongs.filter(([, n]) => n > 0).map(([what, n]) => `${cell.channel}, ${cell.fault}, ${cell.point}: ${what} ${n}`);
};

import { broken, canStartSite, CELLS, runCells } from '../faults/run';

/** One in so many cells, and those that have no like; `npm run faults` runs them all, many times each. */
const SAMPLE = 6;
/** What once went wrong runs every time. */
const isAlways = ({ fault, honoursKeys }: (typeof CELLS)[number]): boolean =>
  fault === 'PostgreSQL away for 5 s' || (!honoursKeys && ['Temporal lost', 'SIGKILL worker in a second attempt'].includes(fault))
  || fault === 'a notice that cannot be said';
const sample = CELLS.filter((cell, i) => i % SAMPLE === 0 || isAlways(cell));

if (!canStartSite()) process.stderr.write("SKIPPED: faults of delivery need PostgreSQL's programs and Linux; neither was found here.\n");
(canStartSite() ? test : test.skip)('a sample of every kind of fault loses nothing, doubles nothing outside the window, and leaves no address in the log', async () => {
  const { rows, logs } = await runCells(sample, (cell) => cell.short);
  expect(rows.flatMap(broken)).toEqual([]);
  expect(rows.reduce((n, { count }) => n + count.faults, 0)).toBeGreaterThanOrEqual(sample.length);
  expect(logs.filter((line) => /@|\+84000|Nguyễn/.test(line))).toEqual([]);
}, 600_000);

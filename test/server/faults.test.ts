import { broken, canStartSite, CELLS, runCells } from '../faults/run';

/** One in so many cells; `npm run faults` runs them all, many times each. */
const SAMPLE = 6;
const sample = CELLS.filter((_, i) => i % SAMPLE === 0);

if (!canStartSite()) process.stderr.write("SKIPPED: faults of delivery need PostgreSQL's programs and Linux; neither was found here.\n");
(canStartSite() ? test : test.skip)('a sample of every kind of fault loses nothing, doubles nothing outside the window, and leaves no address in the log', async () => {
  const { rows, logs } = await runCells(sample, (cell) => cell.short);
  expect(rows.flatMap(broken)).toEqual([]);
  expect(rows.reduce((n, { count }) => n + count.faults, 0)).toBeGreaterThanOrEqual(sample.length);
  expect(logs.filter((line) => /@|\+84000|Nguyễn/.test(line))).toEqual([]);
}, 240_000);

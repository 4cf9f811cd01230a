import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { report, withTable } from './report';
import { broken, canStartSite, CELLS, type Row, runCells } from './run';

/** `npm run faults`: every cell in full, and the table into docs/delivery.md; `npm run faults -- short`: a sample of each, printed only. */
const DOCUMENT = join(__dirname, '..', '..', 'docs', 'delivery.md');

const say = ({ cell, count }: Row): void => {
  process.stdout.write(`${cell.channel.padEnd(6)}${cell.fault}, ${cell.point}: ${count.faults} faults, ${count.lost.length} lost, ${count.twice} twice, ${count.identical} identical\n`);
};

const main = async (): Promise<number> => {
  if (!canStartSite()) {
    process.stdout.write('SKIPPED: the faults need PostgreSQL\'s programs and Linux; neither was found here.\n');
    return 0;
  }
  const isShort = process.argv[2] === 'short';
  const { rows } = await runCells(CELLS, (cell) => (isShort ? cell.short : cell.n), say);
  const table = report(rows, new Date().toISOString().slice(0, 10));
  if (!isShort) writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), table));
  const wrong = rows.flatMap(broken);
  process.stdout.write(`\n${table.split('\n').at(-1)}\n${wrong.length === 0 ? 'the promise holds' : wrong.join('\n')}\n`);
  return wrong.length === 0 ? 0 : 1;
};

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  process.exitCode = 1;
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { showDoubled } from './mailbox';
import { report, withTable } from './report';
import { broken, canStartSite, CELLS, type Row, runCells } from './run';
import { summary } from './summary';
import { temporalRows } from './temporal';

/** `npm run faults`: every cell in full, and the tables into docs/delivery.md and the README; `npm run faults -- short`: a sample of each, printed only. */
const bundleWorkflows = require('../support/global-setup.cjs') as () => Promise<void>;
const ROOT = join(__dirname, '..', '..');
const write = (document: string, table: string): void => {
  const file = join(ROOT, document);
  writeFileSync(file, withTable(readFileSync(file, 'utf8'), table));
};

const say = ({ cell, count }: Row): void => {
  const found = `${count.faults} faults, ${count.lost.length} lost, ${count.twice} twice, ${count.identical} identical`;
  process.stdout.write(`${cell.channel.padEnd(6)}${cell.fault}, ${cell.point}: ${found}\n`);
};

const main = async (): Promise<number> => {
  if (!canStartSite()) {
    process.stdout.write('SKIPPED: the faults need PostgreSQL\'s programs and Linux; neither was found here.\n');
    return 0;
  }
  const isShort = process.argv[2] === 'short';
  await bundleWorkflows();
  const withTemporal = await temporalRows(say, isShort ? 1 : undefined);
  const run = await runCells(CELLS, (cell) => (isShort ? cell.short : cell.n), say, !isShort);
  const rows = [...run.rows, ...withTemporal];
  const shown = await showDoubled(rows.flatMap((row) => row.count.doubled ?? []));
  const table = report(rows, new Date().toISOString().slice(0, 10), { window: run.window, shown });
  if (!isShort) {
    write(join('docs', 'delivery.md'), table);
    write('README.md', summary(rows));
  }
  const isWrong = shown !== undefined && shown.shown !== shown.mails;
  const wrong = [...rows.flatMap(broken), ...(isWrong ? [`the mailbox shows ${shown.shown} of ${shown.mails} mails`] : [])];
  const all = table.split('\n').filter((row) => row.startsWith('| **all**')).join('');
  process.stdout.write(`\n${all}\n${wrong.length === 0 ? 'the promise holds' : wrong.join('\n')}\n`);
  return wrong.length === 0 ? 0 : 1;
};

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  process.exitCode = 1;
});

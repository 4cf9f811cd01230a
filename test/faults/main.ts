import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { showDoubled } from './mailbox';
import { report, shownSilence, withTable } from './report';
import { broken, canStartSite, CELLS, type Row, type Run, runCells } from './run';
import { silentRows, tooLate } from './silent-ledger';
import { summary } from './summary';
import { temporalRows } from './temporal';

/**
 * `npm run faults`: every cell in full, and the tables into docs/delivery.md and the README. `npm run faults -- short`: a
 * sample of each; `npm run faults -- only TEXT`: in full, those whose fault has this text. Both are printed only.
 */
const bundleWorkflows = require('../support/global-setup.cjs') as () => Promise<void>;
const NO_RUN: Run = { rows: [], logs: [] };
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
  const [mode, text = ''] = process.argv.slice(2);
  const isWanted = (fault: string): boolean => mode !== 'only' || fault.includes(text);
  const [isShort, isWhole] = [mode === 'short', mode === undefined];
  await bundleWorkflows();
  const withTemporal = await temporalRows(say, { isWanted, ...(isShort ? { kills: 1 } : {}) });
  const silent = await silentRows(say, { isWanted, isShort });
  const cells = CELLS.filter(({ fault }) => isWanted(fault));
  const run = cells.length === 0 ? NO_RUN : await runCells(cells, (cell) => (isShort ? cell.short : cell.n), say, isWhole);
  const rows = [...run.rows, ...withTemporal, ...silent.rows];
  const shown = await showDoubled(rows.flatMap((row) => row.count.doubled ?? []));
  const { silence } = silent;
  const table = report(rows, new Date().toISOString().slice(0, 10), { window: run.window, shown, silence });
  if (isWhole) {
    write(join('docs', 'delivery.md'), table);
    write('README.md', summary(rows));
  }
  if (silence !== undefined) process.stdout.write(`${shownSilence(silence)}\n`);
  const isWrong = shown !== undefined && shown.shown !== shown.mails;
  const wrong = [
    ...rows.flatMap(broken),
    ...(silence === undefined ? [] : tooLate(silence)),
    ...(isWrong ? [`the mailbox shows ${shown.shown} of ${shown.mails} mails`] : []),
  ];
  const all = table.split('\n').filter((row) => row.startsWith('| **all**')).join('');
  process.stdout.write(`\n${all}\n${wrong.length === 0 ? 'the promise holds' : wrong.join('\n')}\n`);
  return wrong.length === 0 ? 0 : 1;
};

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  process.exitCode = 1;
});

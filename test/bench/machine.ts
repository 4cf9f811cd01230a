import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { dependencies } from '../../package.json';
import { postgresPrograms } from '../support/postgres';
import { serverVersion } from './site';

const GIB = 2 ** 30;
const sdk = (): string =>
  dependencies['@temporalio/worker'];
const postgres = (): string =>
  execFileSync(join(postgresPrograms() ?? '', 'postgres'), ['--version'], { encoding: 'utf8' }).trim().replace('postgres (PostgreSQL) ', '');

/** The machine and the versions of a run, as lines of a table. */
export const machineLines = (): string[] => {
  const all = cpus();
  return [
    '| | |', '|---|---|', `| date | ${new Date().toISOString().slice(0, 10)} |`,
    `| machine | ${all[0]?.model.trim() ?? 'unknown'}, ${all.length} cores, ${Math.round(totalmem() / GIB)} GiB |`,
    `| load average at the end | ${loadavg().map((l) => l.toFixed(1)).join(', ')} |`, `| Node.js | ${process.versions.node} |`,
    `| Temporal SDK | ${sdk()} |`, `| Temporal server | ${serverVersion()} |`,
    `| PostgreSQL | ${postgres()} |`,
  ];
};

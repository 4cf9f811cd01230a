import type { Figure } from './figure';
import type { Measured } from './main';
import { machineLines } from './machine';

const verdict = ({ isMet }: Figure): string => (isMet === null ? '' : isMet ? 'met' : '**missed**');
const row = (f: Figure): string => `| ${f.what} | ${f.measured} | ${f.aim} | ${verdict(f)} | ${f.explained} |`;

const line = (f: Figure): string => `  ${f.what}: ${f.measured}${f.aim === '' ? '' : ` (aim ${f.aim}: ${verdict(f).replaceAll('*', '')})`}. ${f.explained}`;

/** The figures of one part for a terminal. */
export const asTable = ({ part, figures, seconds }: Measured): string => [`${part.name} (${Math.round(seconds)} s)`, ...figures.map(line)].join('\n');

const section = ({ part, figures }: Measured): string =>
  [`## ${part.title}`, '', part.about, '', '| what | measured | aim | | what it means |', '|---|---|---|---|---|', ...figures.map(row), ''].join('\n');

const HOW = [
  'Written by `npm run bench`. Every comparison is a ratio within one run: both sides share one Temporal dev server (in memory), one PostgreSQL (`fsync` off,',
  'on a Unix socket) and one mail server in a process of its own, and take turns, so that what else the machine does falls on both alike. Ratios say',
  'something about this code; rates say something about the machine, and nothing about a disk. `npm run bench -- NAME` runs one part and only prints.',
].join('\n');

/** The whole document. */
export const asDocument = (all: readonly Measured[]): string => ['# Benchmarks', '', HOW, '', ...machineLines(), '', ...all.map(section)].join('\n');

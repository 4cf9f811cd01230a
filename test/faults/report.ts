import { cpus, totalmem } from 'node:os';
import type { Count } from './count';
import type { Shown } from './mailbox';
import type { Row } from './run';
import type { Silence } from './silent-ledger';
import type { Window } from './window';

const HEADS = [
  'channel', 'fault', 'at', 'injected', 'messages', 'lost', 'submitted twice', 'identical', 'outside the window', 'seen twice', 'said when done',
] as const;
const numbersOf = (c: Count): readonly number[] =>
  [c.faults, c.messages, c.lost.length, c.twice, c.identical, c.outside.length, c.seenTwice.length, c.sentDone.length];
const channelOf = ({ cell }: Row): string => (cell.channel === 'email' ? 'mail' : cell.honoursKeys ? 'SMS, keyed' : 'SMS');
const cellsOf = (row: Row): readonly (string | number)[] => {
  const { cell, count: c } = row;
  return [channelOf(row), cell.fault, cell.point, ...numbersOf(c)];
};
const line = (values: readonly (string | number)[]): string => `| ${values.join(' | ')} |`;
const total = (rows: readonly Row[]): string => {
  const all = rows.map((row) => numbersOf(row.count));
  return line(['**all**', '', '', ...(all[0] ?? []).map((_, i) => all.reduce((n, numbers) => n + (numbers[i] ?? 0), 0))]);
};

export type Foot = {
  readonly window?: Window | undefined;
  readonly shown?: Shown | undefined;
  readonly silence?: Silence | undefined;
};
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
/** What people waited for, at most, while PostgreSQL was silent and after it. */
export const shownSilence = ({ said, page, press, acts, mails }: Silence): string =>
  [
    `While PostgreSQL was silent, a page said within ${seconds(said)} that it cannot be had now, with what had been typed;`,
    `after its return a page opened within ${seconds(page)}, a press with what had been typed stood on record`,
    `within ${seconds(press)}, an act that was decided meanwhile within ${seconds(acts)},`,
    `and mails that had become due were sent within ${seconds(mails)}: the longest of all.`,
  ].join(' ');
const footOf = ({ window, shown, silence }: Foot): readonly string[] => [
  ...(window === undefined ? [] : [[
    `The window, from \`body_started\` to the record, without faults, over ${window.n} mails sent two hundred at a time:`,
    `median ${window.medianMs.toFixed(1)} ms, p99 ${window.p99Ms.toFixed(1)} ms.`,
  ].join(' ')]),
  ...(silence === undefined ? [] : [shownSilence(silence)]),
  shown === undefined ? 'No Dovecot here: what a mailbox shows was reckoned by Message-ID and bytes alone.' : [
    `Every copy of ${shown.mails} mails that were submitted more than once (${shown.copies} copies) was given to a Dovecot with Sieve \`duplicate\`:`,
    `its mailbox shows ${shown.shown}.`,
  ].join(' '),
];

const machine = (): string => `${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;

/** The table of `docs/delivery.md`, in Markdown, and below it what else was measured. `on` is the day of the run. */
export const report = (rows: readonly Row[], on: string, foot: Foot = {}): string => [
  `Written by \`npm run faults\` on ${on}; ${machine()}, Node.js ${process.versions.node}.`,
  'A kill meets one message and what goes beside it at the same moment, so that more than one may be doubled by it.',
  '', line(HEADS), line(HEADS.map((_, i) => (i < 3 ? '---' : '---:'))), ...rows.map((row) => line(cellsOf(row))), total(rows),
  '', ...footOf(foot).flatMap((sentence) => [sentence, '']),
].join('\n').trimEnd();

export const BEGIN = '<!-- faults:begin -->';
export const END = '<!-- faults:end -->';
/** The document with the table between its marks. @throws where the marks are not there. */
export const withTable = (document: string, table: string): string => {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error('the document has no place for the table');
  return `${document.slice(0, from + BEGIN.length)}\n${table}\n${document.slice(to)}`;
};

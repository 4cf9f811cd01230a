import { cpus, totalmem } from 'node:os';
import type { Shown } from './mailbox';
import type { Row } from './run';
import type { Window } from './window';

const HEADS = ['channel', 'fault', 'at', 'injected', 'messages', 'lost', 'submitted twice', 'identical', 'outside the window', 'seen twice', 'said when done'] as const;
const channelOf = ({ cell }: Row): string => (cell.channel === 'email' ? 'mail' : cell.honoursKeys ? 'SMS, keyed' : 'SMS');
const cellsOf = (row: Row): readonly (string | number)[] => {
  const { cell, count: c } = row;
  return [channelOf(row), cell.fault, cell.point, c.faults, c.messages, c.lost.length, c.twice, c.identical, c.outside.length, c.seenTwice.length, c.sentDone.length];
};
const line = (values: readonly (string | number)[]): string => `| ${values.join(' | ')} |`;
const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((n, row) => n + of(row), 0);

const total = (rows: readonly Row[]): string => line([
  '**all**', '', '', sum(rows, (r) => r.count.faults), sum(rows, (r) => r.count.messages), sum(rows, (r) => r.count.lost.length), sum(rows, (r) => r.count.twice), sum(rows, (r) => r.count.identical),
  sum(rows, (r) => r.count.outside.length), sum(rows, (r) => r.count.seenTwice.length), sum(rows, (r) => r.count.sentDone.length),
]);

export type Foot = { readonly window?: Window | undefined; readonly shown?: Shown | undefined };
const footOf = ({ window, shown }: Foot): readonly string[] => [
  ...(window === undefined ? [] : [`The window, from the commit of \`body_started\` to that of the record, without faults, over ${window.n} mails sent at once: median ${window.medianMs.toFixed(1)} ms, p99 ${window.p99Ms.toFixed(1)} ms.`]),
  shown === undefined ? 'No Dovecot here: what a mailbox shows was reckoned by Message-ID and bytes alone.'
    : `Every copy of the ${shown.mails} mails that were submitted more than once (${shown.copies} copies) was given to a Dovecot with Sieve \`duplicate\`: its mailbox shows ${shown.shown}.`,
];

/** The table of `docs/delivery.md`, in Markdown, and below it what else was measured. `on` is the day of the run. */
export const report = (rows: readonly Row[], on: string, foot: Foot = {}): string => [
  `Written by \`npm run faults\` on ${on}; ${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.versions.node}.`,
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

import type { Row } from './run';

/** What failed, as the README tells it; each row belongs to the first that fits. */
const GROUPS: readonly (readonly [what: string, is: (row: Row['cell']) => boolean])[] = [
  ['a worker is killed, or thought dead and goes on', ({ fault }) => fault.startsWith('SIGKILL worker') || fault.startsWith('worker thought dead')],
  ['PostgreSQL is killed or falls silent, or its connection is cut', ({ fault }) => fault.includes('PostgreSQL')],
  ['the Temporal server is killed, or loses everything', ({ fault }) => fault.includes('Temporal')],
  ['the mail server refuses, stalls, drops or is killed, or its line is cut', ({ channel }) => channel === 'email'],
  ['the SMS gateway refuses, stalls, answers nonsense or is killed, or its line is cut', () => true],
];
const HEADS = ['what fails', 'injected', 'messages', 'lost', 'submitted twice', 'of these identical', 'outside the window', 'seen twice'] as const;
const line = (values: readonly (string | number)[]): string => `| ${values.join(' | ')} |`;

const sums = (rows: readonly Row[]): readonly number[] => rows.reduce<readonly number[]>((all, { count: c }) => {
  const numbers = [c.faults, c.messages, c.lost.length, c.twice, c.identical, c.outside.length, c.seenTwice.length];
  return numbers.map((n, i) => n + (all[i] ?? 0));
}, []);

/** The table of the README, in Markdown: one line for each thing that failed, and all of them. */
export const summary = (rows: readonly Row[]): string => {
  const groupOf = ({ cell }: Row): string => GROUPS.find(([, is]) => is(cell))?.[0] ?? '';
  return [
    line(HEADS), line(HEADS.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...GROUPS.map(([what]) => line([what, ...sums(rows.filter((row) => groupOf(row) === what))])),
    line(['**all**', ...sums(rows)]),
  ].join('\n');
};

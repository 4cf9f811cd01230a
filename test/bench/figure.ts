/** One line of the report. `isMet` is null where nothing was aimed at. */
export type Figure = {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
  readonly isMet: boolean | null;
  readonly explained: string;
};
export type Part = {
  readonly name: string;
  readonly title: string;
  /** What is set up, and what is compared with what. */
  readonly about: string;
  run(say: (line: string) => void): Promise<readonly Figure[]>;
};

export const plain = (what: string, measured: string, explained: string): Figure => ({ what, measured, aim: '', isMet: null, explained });
export const atLeast = (what: string, value: number, aim: number, measured: string, explained: string): Figure =>
  ({ what, measured, aim: `≥ ${round(aim)}`, isMet: value >= aim, explained });
export const atMost = (what: string, value: number, aim: number, measured: string, explained: string): Figure =>
  ({ what, measured, aim: `≤ ${round(aim)}`, isMet: value <= aim, explained });

/** Two digits that mean something, three from ten on: more would be noise. */
export const round = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2).replace(/\.0+$/, ''));
/** `1.23, 410/s against 333/s`: the ratio of two rates with both of them. */
export const againstRate = (ours: number, theirs: number, unit: string): string => `${round(ours / theirs)} (${round(ours)} against ${round(theirs)} ${unit})`;
export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
/** The value that `share` of all do not exceed: 0.99 for the slowest hundredth. */
export const percentile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? NaN;
export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

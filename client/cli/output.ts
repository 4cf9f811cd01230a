import type { Io } from './io';
import { TERMINAL_COLUMNS, wrap } from './table';

export type Lang = 'vi' | 'en';
/** SGR codes (ECMA-48 8.3.117): node:util's styleText is younger than the oldest Node we run on. */
const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, gray: 90 } as const;
export type Style = keyof typeof STYLES;

/** One command's way to speak: Vietnamese or English for people, one JSON value for machines. */
export type Output = {
  readonly lang: Lang;
  readonly isJson: boolean;
  /** The text in the language asked for. */
  readonly say: (vi: string, en: string) => string;
  /** Colour on a terminal, plain text everywhere else. */
  readonly paint: (style: Style, text: string) => string;
  /** The answer, or one of many lines: `value` with `--json`, else the text, at most 80 columns wide (a line end is added). */
  readonly print: (value: unknown, text: () => string) => void;
  /** Said beside the answer, on standard error, and never with `--json`. */
  readonly note: (text: string) => void;
};

/** Long sentences go on in the next line. A coloured line was measured by who drew it: its codes take no room. */
const fit = (text: string): string =>
  text.split('\n').map((line) => (line.length <= TERMINAL_COLUMNS || line.includes('\u001b') ? line : wrap(line, TERMINAL_COLUMNS).join('\n'))).join('\n');

export const createOutput = (io: Io, lang: Lang, isJson: boolean): Output => ({
  lang,
  isJson,
  say: (vi, en) => (lang === 'en' ? en : vi),
  paint: (style, text) => (io.isTerminal && !isJson ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text),
  print: (value, text) => io.out(`${isJson ? JSON.stringify(value) : fit(text())}\n`),
  note: (text) => {
    if (!isJson) io.err(`${text}\n`);
  },
});

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const fromProc = (): string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
    } catch {
      return [];
    }
  });
const commandLines = (): string[] => (existsSync('/proc/self/cmdline') ? fromProc() : execFileSync('ps', ['-eo', 'args=']).toString().split('\n'));

/** Command lines of living processes that hold this text. */
export const processesOf = (text: string): readonly string[] => commandLines().filter((line) => line.includes(text));

/** Settles when no process with this text is left; the test's own timeout ends the wait. */
export const untilGone = async (text: string): Promise<void> => {
  while (processesOf(text).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
};

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

type Process = { readonly pid: number; readonly line: string };

const fromProc = (): Process[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      return [{ pid: Number(pid), line: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
    } catch {
      return [];
    }
  });
const fromPs = (): Process[] =>
  execFileSync('ps', ['-eo', 'pid=,args=']).toString().split('\n').map((row) => ({ pid: Number.parseInt(row, 10), line: row.trim().replace(/^\d+ /, '') }));
const living = (text: string): Process[] => (existsSync('/proc/self/cmdline') ? fromProc() : fromPs()).filter(({ line }) => line.includes(text));

/** Command lines of living processes that hold this text. */
export const processesOf = (text: string): readonly string[] => living(text).map(({ line }) => line);

/** SIGKILL to every process with this text, which must be the test's own: a folder that it made. */
export const killAllOf = (text: string): void => living(text).forEach(({ pid }) => process.kill(pid, 'SIGKILL'));

/** Settles when no process with this text is left; the test's own timeout ends the wait. */
export const untilGone = async (text: string): Promise<void> => {
  while (processesOf(text).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
};

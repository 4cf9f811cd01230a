import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process has the embedded ledger open; `pid` is that process. */
export class LedgerInUse extends Error {
  override readonly name = 'LedgerInUse';
  constructor(readonly pid: number, readonly file: string) {
    super(`the embedded ledger is open in process ${pid} (${file})`);
  }
}

/** When a process started, in clock ticks since boot (proc(5), field 22): tells a process from a later one under the same number. */
const startOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\)/s, '').trim().split(' ')[19] ?? '';
  } catch {
    return '';
  }
};
const isAlive = (pid: number, start: string): boolean => {
  // 0 and negative numbers mean groups of processes to kill(2), our own among them.
  if (!(Number.isInteger(pid) && pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return startOf(pid) === start;
};

/** Puts a whole lock file in place, or answers false where one is there: `link` never shows a half-written file and never replaces one. */
const tryCreate = (file: string, content: string): boolean => {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, content);
  try {
    linkSync(own, file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(own, { force: true });
  }
};

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** Takes a dead process's lock away. Renamed first and compared: if another process was faster, what we took is its lock, and goes back. */
const clearStale = (file: string, stale: string): void => {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  if (taken !== undefined && taken !== stale) tryCreate(file, taken);
  rmSync(aside, { force: true });
};

/**
 * Takes `ledger.lock` in a folder for this process and answers with what gives it back. A lock whose process is gone is taken over.
 * @throws LedgerInUse while another living process holds it.
 */
export const takeLedgerLock = (dir: string): (() => void) => {
  const file = join(dir, 'ledger.lock');
  const mine = `${process.pid} ${startOf(process.pid)}\n`;
  for (let left = 5; left > 0; left -= 1) {
    if (tryCreate(file, mine)) return () => rmSync(file, { force: true });
    const held = read(file);
    if (held === undefined) continue;
    const [pid, start] = held.trim().split(' ');
    if (isAlive(Number(pid), start ?? '')) throw new LedgerInUse(Number(pid), file);
    clearStale(file, held);
  }
  throw new LedgerInUse(Number.NaN, file);
};

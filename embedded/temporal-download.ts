import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Env } from '../config/env';
import { projectRoot } from './project-root';
import type { Program } from './temporal-wheels';

/** A line that is slower than this is better served by pip, which shows what it waits for. */
const DOWNLOAD_TIMEOUT_MS = 30_000;
const run = promisify(execFile);

/** What the SDK downloaded before: it names its files by program and its own version. */
export const downloaded = (program: Program, dir: string): string | undefined => {
  const name = new RegExp(`^${program}-sdk-typescript-[0-9.]+(?:\\.exe)?$`);
  try {
    const file = readdirSync(dir).filter((f) => name.test(f)).sort().at(-1);
    return file === undefined ? undefined : join(dir, file);
  } catch {
    return undefined;
  }
};

/**
 * Lets the SDK download a program into a folder and answers with its path; a second call uses what is there. In a process of its own, because a
 * download that hangs inside the SDK cannot be stopped from outside.
 */
export const downloadWithSdk = async (program: Program, dir: string, env: Env): Promise<string> => {
  const before = downloaded(program, dir);
  if (before !== undefined) return before;
  mkdirSync(dir, { recursive: true });
  try {
    await run(process.execPath, [join(projectRoot(), 'scripts', 'download-temporal.mjs'), program, dir], { env, timeout: DOWNLOAD_TIMEOUT_MS });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
    throw new Error(said || `không tải xong trong ${DOWNLOAD_TIMEOUT_MS / 1000} giây`, { cause: error });
  }
  const path = downloaded(program, dir);
  if (path === undefined) throw new Error('SDK không để lại chương trình nào');
  return path;
};

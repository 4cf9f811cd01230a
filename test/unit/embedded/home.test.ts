import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart, homeKind, linkSecretOf, openHome, wipeHome } from '../../../embedded/up/home';
import { readFlags } from '../../../embedded/up/options';
import { createStack } from '../../../embedded/up/stack';
import { dondoc } from '../client/terminal';

let home = '';
beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'dondoc-home-')); });
afterEach(() => rmSync(home, { recursive: true, force: true }));
const refusal = (work: () => void): string => {
  try {
    work();
    return 'nothing was refused';
  } catch (error) {
    if (error instanceof CannotStart) return error.message;
    throw error;
  }
};
const withLedger = (): void => { mkdirSync(join(home, 'ledger')); };

describe('beginning anew', () => {
  test('a demonstration loses what dondoc wrote, and nothing else', () => {
    openHome(home, 'demonstration');
    withLedger();
    writeFileSync(join(home, 'notes.txt'), 'mine');
    wipeHome(home);
    expect([existsSync(join(home, 'ledger')), existsSync(join(home, 'notes.txt')), homeKind(home)]).toEqual([false, true, undefined]);
  });

  test.each([['on real time', () => openHome(home, 'real')], ['of unknown time', () => undefined]])('data %s stays', (_name, open) => {
    open();
    withLedger();
    expect(refusal(() => wipeHome(home))).toBe(`Không xóa ${home}: thư mục này giữ dữ liệu theo thời gian thực. Muốn bỏ dữ liệu đó, đề nghị tự chuyển thư mục đi nơi khác rồi chạy lại.`);
    expect(existsSync(join(home, 'ledger'))).toBe(true);
  });

  test('a folder that holds nothing of ours is no obstacle', () => {
    wipeHome(home);
    wipeHome(join(home, 'absent'));
    openHome(join(home, 'absent'), 'demonstration');
    expect(homeKind(join(home, 'absent'))).toBe('demonstration');
  });
});

test('a home keeps one kind of time', () => {
  openHome(home, 'real');
  openHome(home, 'real');
  expect(refusal(() => openHome(home, 'demonstration'))).toContain('Đề nghị thêm --real-clock');
  const other = join(home, 'other');
  openHome(other, 'demonstration');
  expect(refusal(() => openHome(other, 'real'))).toContain('Đề nghị bỏ --real-clock');
});

test('the key of links is made once, for its owner alone', () => {
  const first = linkSecretOf(home);
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(linkSecretOf(home)).toBe(first);
  expect(statSync(join(home, 'link-secret')).mode & 0o077).toBe(0);
});

describe('a home that other accounts of the machine can read', () => {
  const modeOf = (...parts: string[]): string => (statSync(join(home, ...parts)).mode & 0o777).toString(8);
  const openUp = (): void => {
    openHome(home, 'real');
    linkSecretOf(home);
    withLedger();
    writeFileSync(join(home, 'dondoc.log'), '');
    for (const name of ['link-secret', 'dondoc.log', 'home.json']) chmodSync(join(home, name), 0o664);
    for (const name of ['ledger', '']) chmodSync(join(home, name), 0o775);
  };
  const doctor = async () => {
    const ran = await dondoc(['doctor', '--json'], { env: { DONDOC_HOME: home } });
    return (ran.json() as { checks: { name: string; state: string; detail: string; remedy?: string }[] }).checks.find(({ name }) => name === 'home');
  };

  test('is named by the doctor, and closed as it is opened', async () => {
    openUp();
    expect(await doctor()).toMatchObject({ state: 'failed', detail: expect.stringContaining('link-secret'), remedy: expect.stringContaining(`chmod -R go-rwx ${home}`) });
    const closed = openHome(home, 'real');
    expect([...closed].sort()).toEqual([home, ...['dondoc.log', 'home.json', 'ledger', 'link-secret'].map((name) => join(home, name))].sort());
    expect(['', 'ledger', 'link-secret', 'dondoc.log', 'home.json'].map((name) => modeOf(name))).toEqual(['700', '700', '600', '600', '600']);
    expect(await doctor()).toBeUndefined();
    expect(openHome(home, 'real')).toEqual([]);
  });

  test('keeps its own mode, and that of what is not ours, where something else lies in it', async () => {
    openUp();
    writeFileSync(join(home, 'notes.txt'), 'mine');
    chmodSync(join(home, 'notes.txt'), 0o644);
    symlinkSync(join(home, 'notes.txt'), join(home, 'socket'));
    expect(openHome(home, 'real')).not.toContain(home);
    expect([modeOf(), modeOf('notes.txt'), modeOf('link-secret')]).toEqual(['775', '644', '600']);
    expect(await doctor()).toMatchObject({ state: 'failed', detail: expect.stringContaining('cả thư mục') });
    chmodSync(home, 0o755);
    expect(await doctor()).toBeUndefined();
  });
});

test('flags are known, or named', () => {
  expect(readFlags(['--fresh', '--real-clock'])).toEqual({ fresh: true, realClock: true, help: false });
  expect(() => readFlags(['--frsh'])).toThrow('Không có tùy chọn --frsh.');
});

test('what was started ends in the opposite order, once, and one that fails does not keep the others', async () => {
  const [ended, told]: [string[], string[]] = [[], []];
  const stack = createStack((line) => told.push(line));
  stack.onStop('ledger', () => { ended.push('ledger'); });
  stack.onStop('web', () => Promise.reject(new Error('busy')));
  stack.onStop('clock', () => { ended.push('clock'); });
  await Promise.all([stack.stop(), stack.stop()]);
  expect(ended).toEqual(['clock', 'ledger']);
  expect(told).toEqual(['web did not end cleanly: busy']);
});

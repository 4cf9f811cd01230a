import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PROGRAM = join(__dirname, '..', 'support', 'year-in-zone.ts');
const LOADER = join(__dirname, '..', 'support', 'swc-require.cjs');
type Year = { readonly offsetInSummer: number; readonly messages: readonly string[] };

/** A year of the example plan on a host, and a database, of a zone. */
const yearIn = async (zone: string): Promise<Year> => {
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '-r', LOADER, PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, TZ: zone }, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as Year;
};

let home: Year;
beforeAll(async () => { home = await yearIn('Asia/Ho_Chi_Minh'); }, 240_000);

test('a year at home sends what this test compares', () => {
  expect(home.offsetInSummer).toBe(-420);
  expect(home.messages.length).toBeGreaterThan(150);
  expect(new Set(home.messages.map((m) => m.slice(11, 16)))).toContain('08:00');
});

test.each([['America/New_York', 240], ['Europe/Berlin', -120], ['Australia/Lord_Howe', -630]])(
  'a year on a host of %s, where clocks change, moves no message and no date', async (zone, offset) => {
    const there = await yearIn(zone);
    expect(there.offsetInSummer).toBe(offset);
    expect(there.messages).toEqual(home.messages);
  }, 240_000,
);

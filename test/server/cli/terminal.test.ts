import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../../support/builders';
import { type Office, openOffice } from './office';

/** util-linux's `script` gives the program a terminal of its own. */
const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;
if (!hasTerminal) process.stderr.write('SKIPPED the command line on a real terminal: util-linux\'s script is not installed here.\n');
const TASKS = 300;

let office: Office;
const folder = mkdtempSync(join(tmpdir(), 'dondoc-terminal-'));
beforeAll(async () => {
  office = await openOffice(at('2018-10-22T08:30'));
  await office.dondoc(['directory', 'import', 'examples/thu-muc-thai-binh.yaml']);
  await office.endWorker();
}, 120_000);
afterAll(async () => {
  await office.stop();
  rmSync(folder, { recursive: true, force: true });
});

const PROGRAM = ['--disable-warning=ExperimentalWarning', '-r', './test/support/swc-require.cjs', 'client/cli/main.ts'];
type Shown = { readonly exit: number | null; readonly text: string };
const ended = (child: ChildProcess, shown: () => string): Promise<Shown> =>
  new Promise((resolve) => child.once('close', (exit) => resolve({ exit, text: shown() })));

/** One command line in a process of its own, on a terminal; `answer` is typed when it asks. */
const onTerminal = (argv: readonly string[], answer: string, env: Readonly<Record<string, string>>): Promise<Shown> => {
  const command = [process.execPath, ...PROGRAM, ...argv].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (!text.includes('[c/K]') && (text + chunk).includes('[c/K]')) child.stdin.write(`${answer}\n`);
    text += chunk;
  });
  return ended(child, () => text);
};
/** The same without a terminal, both outputs kept apart. The ledger lives in this process, so this process must not stand still. */
type Piped = { readonly exit: number | null; readonly out: string; readonly err: string };
const piped = (argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Piped> => {
  const child = spawn(process.execPath, [...PROGRAM, ...argv], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { out += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { err += chunk; });
  return new Promise((resolve) => child.once('close', (exit) => resolve({ exit, out, err })));
};

const bigPlan = (): string => {
  const file = join(folder, 'lon.yaml');
  const rows = Array.from({ length: TASKS }, (_, i) =>
    `  - { no: "${i + 1}", title: Báo cáo rà soát số ${i + 1}, lead: Sở Tài chính, time: Năm 2019, kind: document }`);
  const head = 'plan: { code: LON, issuedOn: 2018-10-22, title: Kế hoạch lớn, hostUnit: tb-sct, authorityOffice: tb-vp, smsPrefix: SCT TB }';
  writeFileSync(file, ['format: dondoc-plan/1', head, 'tasks:', ...rows, ''].join('\n'));
  return file;
};

(hasTerminal ? it : it.skip)('a start of many tasks asks, shows how far it is, and leaves its answer alone on the screen', async () => {
  const { exit, text } = await onTerminal(['plan', 'start', bigPlan()], 'c', office.env);
  expect(exit).toBe(0);
  expect(text).toContain(`Khởi động ${TASKS} nhiệm vụ của kế hoạch LON.`);
  const counts = [...text.matchAll(new RegExp(`Khởi động \\[[^\\]]*\\] (\\d+)/${TASKS}`, 'g'))].map((m) => Number(m[1]));
  expect(counts.length).toBeGreaterThan(0);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(text.slice(text.lastIndexOf('Đã khởi động'))).not.toContain('[');
}, 120_000);

(hasTerminal ? it : it.skip)('a no on the terminal stops it', async () => {
  const { exit, text } = await onTerminal(['plan', 'withdraw', 'LON', '--reason', 'nham'], 'k', office.env);
  expect(exit).toBe(1);
  expect(text).toContain('chưa thu hồi gì');
}, 60_000);

it('a service that is away is one sentence on standard error, without a stack, in a process that ends by itself', async () => {
  for (const env of [{ ...office.env, TEMPORAL_ADDRESS: '127.0.0.1:1' }, { ...office.env, DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/dondoc' }]) {
    const ran = await piped(['repair'], env);
    expect(ran).toMatchObject({ exit: 3, out: '' });
    expect(ran.err).toMatch(/^Lỗi: Không kết nối được .*127\.0\.0\.1:1.*dondoc doctor"\.\n$/);
    expect(ran.err).not.toContain('secret');
  }
}, 60_000);

it('JSON stands alone and whole on standard output', async () => {
  const ran = await piped(['task', 'list', '--json'], office.env);
  expect(ran).toMatchObject({ exit: 0, err: '' });
  expect(JSON.parse(ran.out)).toHaveLength(hasTerminal ? TASKS : 0);
}, 60_000);

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BlackHole, startBlackHole } from '../support/black-hole';
import { ledgerEngines } from '../support/ledger';
import { until } from '../support/live-site';
import { startDevServerForTest, type TestServer, workflowBundle } from '../support/temporal';

const ROOT = join(__dirname, '..', '..');
const SUPPORT = join(ROOT, 'test', 'support');
/** Five seconds for what does not close, and as many for a busy machine. */
const GONE_MS = 10_000;
const engine = ledgerEngines().find((e) => e.name === 'PostgreSQL');

(engine === undefined ? describe.skip : describe)('a worker that cannot go on', () => {
  let [server, hole]: [TestServer, BlackHole] = [undefined!, undefined!];
  let worker: ChildProcess | undefined;
  let said = '';
  beforeAll(async () => {
    [server] = await Promise.all([startDevServerForTest(), engine!.freshLedger()]);
    hole = await startBlackHole({ path: `${await engine!.socketDir()}/.s.PGSQL.5432` });
  }, 60_000);
  afterEach(() => worker?.kill('SIGKILL'));
  afterAll(async () => {
    await Promise.all([server.stop(), hole.stop()]);
    await engine!.stop();
  });

  /** `worker/main.ts` as a service manager starts it, by way of `run-rejects.cjs` where workflows are given. */
  const start = (...workflows: readonly string[]): ChildProcess => {
    const preloaded = ['swc-require.cjs', ...(workflows.length === 0 ? [] : ['run-rejects.cjs'])];
    const preloads = preloaded.flatMap((file) => ['-r', join(SUPPORT, file)]);
    const child = spawn(process.execPath, [...preloads, join(ROOT, 'worker', 'main.ts'), ...workflows], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: `postgres://postgres@127.0.0.1:${hole.port}/postgres`,
        TEMPORAL_ADDRESS: server.address,
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'don-doc@thaibinh.example',
        PUBLIC_URL: 'https://nv.example',
        DONDOC_LINK_SECRET: 'a secret of the tests, at least 32 characters',
      },
    });
    said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    return (worker = child);
  };
  const ended = async (child: ChildProcess, ms: number): Promise<unknown> => {
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(timer);
    return code;
  };

  it('is gone within seconds after it was turned away, though all else is silent, to be started again', async () => {
    const child = start(workflowBundle.codePath);
    await until(
      () => `the worker runs: ${said}`,
      () => said.includes('worker is running'),
    );
    hole.swallow();
    child.kill('SIGUSR2');
    expect(await ended(child, GONE_MS)).toBe(3);
    hole.speak();
    expect(said).toContain('turned away');
  }, 90_000);

  it('is gone after it said why where it cannot begin', async () => {
    expect(await ended(start(), 40_000)).toBe(3);
    expect(said).toContain('workflow-bundle.js');
  }, 60_000);
});

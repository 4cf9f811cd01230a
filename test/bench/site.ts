import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { processEnv } from '../../config/env';
import type { Clock } from '../../contracts/clock';
import { POST_WORKFLOW_ID } from '../../contracts/ids';
import { clockMoved } from '../../contracts/task';
import { findTemporalCli } from '../../embedded/temporal-binaries';
import { startDevServer } from '../../embedded/temporal-server';
import { connectLedger, type Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { writeClock } from '../../ledger/settings';
import { prepareLedger } from '../../worker/prepare-ledger';
import { postgresPrograms, startPostgres } from '../support/postgres';
import { workflowBundle } from '../support/temporal';
import { RAW_TABLES, rawPool } from './bare/raw';
import type { BareWorkerInput } from './bare/worker';
import { type Child, startChild } from './child';
import { directory, TODAY } from './people';
import { type RealWorker, startRealWorker } from './real-worker';
import type { WorkerChildInput } from './worker';

export const BARE_QUEUE = 'bare';

/** Everything that both sides of a comparison share: one dev server, one PostgreSQL, one mail server in a process of its own. */
export type Site = {
  readonly client: Client;
  readonly ledger: Ledger;
  readonly pool: Pool;
  readonly sink: Child;
  readonly smtpUrl: string;
  startWorker(): Promise<Child>;
  /** The installed program, to be killed; its caller does. */
  startRealWorker(): RealWorker;
  startBareWorker(mail?: BareWorkerInput['mail']): Promise<Child>;
  /** The clock of the ledger, and of the post where it runs. */
  setClock(clock: Clock): Promise<void>;
  stop(): Promise<void>;
};

const bareBundle = async (dir: string): Promise<string> => {
  const { code } = await bundleWorkflowCode({ workflowsPath: join(__dirname, 'bare', 'workflows.ts'), logger: new DefaultLogger('WARN') });
  const file = join(dir, 'bare-bundle.js');
  writeFileSync(file, code);
  return file;
};

let version = 'unknown';
/** Of the dev server that was started last. */
export const serverVersion = (): string => version;

/** In memory: a disk that is slow to sync would hide what our code costs. */
const startTemporal = async (dir: string) => {
  const found = await findTemporalCli({ env: processEnv() });
  if (found.kind !== 'program') throw new Error('the benchmarks start a server of their own');
  const server = await startDevServer({ cli: found.path, uiPort: null, logFile: join(dir, 'temporal.log') });
  const connection = await Connection.connect({ address: server.address });
  version = (await connection.workflowService.getSystemInfo({})).serverVersion ?? version;
  const stop = async (): Promise<void> => {
    await connection.close();
    await server.stop();
  };
  return { address: server.address, client: new Client({ connection }), stop };
};

const openLedger = async (socketDir: string, units: number): Promise<Ledger> => {
  const ledger = connectLedger({ socketDir });
  await prepareLedger(ledger, Date.now());
  await importDirectory(ledger, directory(units), { replace: true, today: TODAY });
  return ledger;
};

const tellPost = (client: Client, clock: Clock): Promise<void> =>
  client.workflow.getHandle(POST_WORKFLOW_ID).signal(clockMoved, clock).catch(() => undefined);

const NOTHING_SAID = { subject: '', text: '', html: '' };

/** Starts the site with a directory of so many units. Needs PostgreSQL. */
export const startSite = async (units: number): Promise<Site> => {
  const bin = postgresPrograms();
  if (bin === undefined) throw new Error('the benchmarks need PostgreSQL: initdb and postgres are not installed here');
  const dir = mkdtempSync(join(tmpdir(), 'dondoc-bench-'));
  const [server, postgres, sink] = await Promise.all([startTemporal(dir), startPostgres(bin), startChild('sink.ts', {})]);
  const { socketDir } = postgres;
  const smtpUrl = `smtp://127.0.0.1:${await sink.ask('port')}`;
  const [ledger, pool] = [await openLedger(socketDir, units), rawPool(socketDir, 2)];
  for (const table of RAW_TABLES) await pool.query(table);
  const children: Child[] = [];
  const start = async (file: string, input: WorkerChildInput | BareWorkerInput): Promise<Child> => {
    const child = await startChild(file, input);
    children.push(child);
    return child;
  };
  const shared = { address: server.address, socketDir, smtpUrl };
  return {
    client: server.client, ledger, pool, sink, smtpUrl,
    startWorker: () => start('worker.ts', { ...shared, codePath: workflowBundle.codePath }),
    startRealWorker: () => startRealWorker(shared),
    startBareWorker: async (mail = NOTHING_SAID) =>
      start(join('bare', 'worker.ts'), { ...shared, codePath: await bareBundle(dir), taskQueue: BARE_QUEUE, mail }),
    setClock: async (clock) => {
      await writeClock(ledger, clock);
      await tellPost(server.client, clock);
    },
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
      await Promise.all([ledger.close(), pool.end()]);
      await Promise.all([server.stop(), postgres.stop(), sink.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

import { Client, Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv } from '../../config/env';
import { SEARCH_ATTRIBUTES } from '../../contracts/search-attributes';
import { findTemporalCli, findTestServer } from '../../embedded/temporal-binaries';
import { freePort } from '../../embedded/free-port';
import { type DevServer, startDevServer } from '../../embedded/temporal-server';
import { killAllOf } from './processes';

/** The workflows, bundled once per run by `test/support/global-setup.ts`: what `createWorker` takes as `workflowBundle`. */
export const workflowBundle = { codePath: join(__dirname, '..', '..', '.cache', 'test-workflow-bundle.js') };

/** `temporal.api.enums.v1.IndexedValueType`. */
const KEYWORD = 2;
let isQuiet = false;
/** The SDK's lines would drown what a failing test has to say; errors stay. */
const quiet = (): void => {
  if (!isQuiet) Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } });
  isQuiet = true;
};

const registerSearchAttributes = (connection: Connection, namespace: string): Promise<unknown> =>
  connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(Object.values(SEARCH_ATTRIBUTES).map((name) => [name, KEYWORD])) });

/**
 * A server whose time skips ahead: one per test file. Drive it with `env.sleep(target - await env.currentTimeMs())`, not by awaiting a result;
 * while an Update is awaited its time stands still. End it with `env.teardown()`.
 */
export const startTimeSkipping = async (): Promise<TestWorkflowEnvironment> => {
  quiet();
  const { path } = await findTestServer({ env: processEnv(), explicitPath: processEnv()['DONDOC_TEST_SERVER'] ?? null });
  const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
  await registerSearchAttributes(env.connection, env.namespace ?? 'default');
  return env;
};

/**
 * A killed process is gone from the list before the system has closed its sockets; a server started too early would take another port. The test's timeout ends
 * the wait.
 */
const untilFree = async (port: number): Promise<void> => {
  while ((await freePort(port)) !== port) await new Promise((resolve) => setTimeout(resolve, 20));
};

const DATABASE = 'temporal.db';

export type TestServer = {
  readonly address: string;
  readonly client: Client;
  /** For workers. */
  readonly nativeConnection: NativeConnection;
  /** Ends the server's process and starts it again on the same data and port: what a crash of Temporal looks like. */
  restart(): Promise<void>;
  /** SIGKILL, then the server starts again on the same data and port, after `meanwhile`. */
  crash(meanwhile: () => Promise<void>): Promise<void>;
  /** SIGKILL, and its data is gone: it starts again on the same port, and knows of nothing. */
  lose(): Promise<void>;
  /** Ends connections and server. */
  stop(): Promise<void>;
};

/** A dev server in real time, with its data in a temporary folder; search attributes are registered. One per test file. */
export const startDevServerForTest = async (): Promise<TestServer> => {
  quiet();
  const found = await findTemporalCli({ env: processEnv(), explicitPath: processEnv()['DONDOC_TEMPORAL_CLI'] ?? null });
  if (found.kind !== 'program') throw new Error('tests start a server of their own');
  const dir = mkdtempSync(join(tmpdir(), 'dondoc-temporal-'));
  const start = (port?: number): Promise<DevServer> =>
    startDevServer({ cli: found.path, dbFile: join(dir, DATABASE), uiPort: null, logFile: join(dir, 'temporal.log'), ...(port === undefined ? {} : { port }) });
  // Below the range from which the system takes the ports of outgoing connections: nobody takes it while the server is away.
  let server = await start(20_000 + (process.pid % 10_000));
  const { address } = server;
  const port = Number(address.split(':')[1]);
  const startAgain = async (): Promise<void> => { server = await start(port); };
  const connection = await Connection.connect({ address });
  const nativeConnection = await NativeConnection.connect({ address });
  const crash = async (meanwhile: () => Promise<void>): Promise<void> => {
    killAllOf(dir);
    await server.ended;
    await untilFree(port);
    await meanwhile();
    await startAgain();
  };
  const forget = async (): Promise<void> => {
    for (const name of readdirSync(dir).filter((file) => file.startsWith(DATABASE))) rmSync(join(dir, name));
  };
  return {
    address, client: new Client({ connection }), nativeConnection,
    restart: async () => {
      await server.stop();
      await startAgain();
    },
    crash, lose: () => crash(forget),
    stop: async () => {
      await connection.close();
      await nativeConnection.close();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { join } from 'node:path';
import { startPost } from '../activities/poke-post';
import { startRenewal } from '../activities/renew-tasks';
import { processEnv, readSettings, type Settings, SettingsError } from '../config/env';
import { createLogger } from '../config/logging';
import { ourTime } from '../contracts/clock';
import type { Instant } from '../domain/time';
import { pingLedger } from '../ledger/board';
import { connectLedger, type Ledger } from '../ledger/connect';
import { readClock, writeSealKeys } from '../ledger/settings';
import { createMeters, startMetrics } from '../metrics';
import { createDependencies } from './dependencies';
import { createWorker } from './create-worker';
import { prepareLedger } from './prepare-ledger';
import { installRuntime } from './runtime';
import { smsGatewayOf } from './sms-gateway';

/** Connections of the ledger's pool, and so the most activities at a time. */
const ACTIVITY_SLOTS = 20;

/** What a worker on a server cannot do without; all that is missing is said at once. */
const required = (settings: Settings): { readonly databaseUrl: string; readonly smtpUrl: string; readonly linkSecret: string } => {
  const { databaseUrl, smtpUrl, linkSecret } = settings;
  if (databaseUrl !== null && smtpUrl !== null && linkSecret !== null) return { databaseUrl, smtpUrl, linkSecret };
  const missing = Object.entries({ DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl, DONDOC_LINK_SECRET: linkSecret }).filter(([, value]) => value === null);
  throw new SettingsError(missing.map(([variable]) => ({ variable, message: 'chưa được đặt', accepted: 'xem README, mục "Real use"' })));
};

const ourNow = async (ledger: Ledger): Promise<Instant> => {
  const clock = await readClock(ledger);
  return clock === undefined ? Date.now() : ourTime(clock, Date.now());
};

/** The worker process: prepares the ledger, sees that the post runs, works until it is told to stop. */
const main = async (): Promise<void> => {
  const settings = readSettings(processEnv());
  const { databaseUrl, smtpUrl, linkSecret } = required(settings);
  const log = createLogger(settings);
  const sdkUrl = await installRuntime(log);
  const meters = createMeters();
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const [connection, native] = await Promise.all([Connection.connect(connectionOptions), NativeConnection.connect(connectionOptions)]);
  const ledger = connectLedger({ connectionString: databaseUrl }, { max: ACTIVITY_SLOTS, onQuery: meters.queried });
  const client = new Client({ connection, namespace });
  await prepareLedger(ledger, Date.now());
  const { activities, mailer, sealKeys } = createDependencies({ settings, smtpUrl, linkSecret, sms: smsGatewayOf(settings), ledger, client, meters, log });
  const workflowBundle = { codePath: join(__dirname, '..', 'workflow-bundle.js') };
  const worker = await createWorker({ connection: native, namespace, workflowBundle, activities, activitySlots: ACTIVITY_SLOTS });
  const { hostname, workerPort: port } = settings.metrics;
  const metrics = await startMetrics({
    hostname, port, meters, ledger, log, now: () => ourNow(ledger), isReady: async () => worker.getState() === 'RUNNING' && pingLedger(ledger).then(() => true),
    ...(sdkUrl === undefined ? {} : { sdkUrl }),
  });
  await writeSealKeys(ledger, sealKeys);
  await startPost({ client, ledger });
  await startRenewal({ client, ledger });
  log.info({ namespace, metrics: metrics?.url }, 'worker is running');
  await worker.run();
  await Promise.allSettled([metrics?.close(), mailer.close(), ledger.close(), native.close(), connection.close()]);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof SettingsError ? error.message : `dondoc worker: ${error instanceof Error ? error.message : String(error)}`}\n`);
  process.exitCode = error instanceof SettingsError ? 2 : 3;
});

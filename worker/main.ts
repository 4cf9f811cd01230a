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

type Close = () => Promise<unknown> | undefined;
/** What does not end by then ends with the process. */
const CLOSING_MS = 5_000;
const closeAll = async (opened: readonly Close[]): Promise<void> => {
  const late = new Promise((resolve) => {
    setTimeout(resolve, CLOSING_MS);
  });
  await Promise.race([Promise.allSettled(opened.map(async (close) => close())), late]);
};

/**
 * The worker process: prepares the ledger, sees that the post runs, works until it is told to stop. `opened` gets what
 * is to be closed after it, however it ends.
 */
const main = async (opened: Close[]): Promise<void> => {
  const settings = readSettings(processEnv());
  const { databaseUrl, smtpUrl, linkSecret } = required(settings);
  const log = createLogger(settings);
  const sdkUrl = await installRuntime(log);
  const meters = createMeters();
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const ledger = connectLedger({ connectionString: databaseUrl }, { max: ACTIVITY_SLOTS, onQuery: meters.queried });
  opened.push(() => ledger.close());
  const [connection, native] = await Promise.all([
    Connection.connect(connectionOptions), NativeConnection.connect(connectionOptions), prepareLedger(ledger, Date.now()),
  ]);
  opened.push(() => native.close(), () => connection.close());
  const client = new Client({ connection, namespace });
  const { activities, mailer, sealKeys } = createDependencies({ settings, smtpUrl, linkSecret, sms: smsGatewayOf(settings), ledger, client, meters, log });
  opened.push(() => mailer.close());
  const workflowBundle = { codePath: join(__dirname, '..', 'workflow-bundle.js') };
  const worker = await createWorker({ connection: native, namespace, workflowBundle, activities, activitySlots: ACTIVITY_SLOTS });
  const { hostname, workerPort: port } = settings.metrics;
  const metrics = await startMetrics({
    hostname, port, meters, ledger, log, now: () => ourNow(ledger), isReady: async () => worker.getState() === 'RUNNING' && pingLedger(ledger).then(() => true),
    ...(sdkUrl === undefined ? {} : { sdkUrl }),
  });
  await writeSealKeys(ledger, sealKeys);
  opened.push(() => metrics?.close());
  log.info({ namespace, metrics: metrics?.url }, 'worker is running');
  // What waits for a worker is taken up at once; the post is seen to meanwhile.
  await Promise.all([worker.run(), startPost({ client, ledger }), startRenewal({ client, ledger })]);
};

/** Says why it ended; answers the exit code. */
const told = (error: unknown): number => {
  const isOurs = error instanceof SettingsError;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${isOurs ? message : `dondoc worker: ${message}`}\n`);
  return isOurs ? 2 : 3;
};

const opened: Close[] = [];
void main(opened)
  .then(() => 0, told)
  .then(async (code) => {
    await closeAll(opened);
    // A worker that has failed may hold on to more than it shows: the service manager must see that it is over.
    process.exit(code);
  });

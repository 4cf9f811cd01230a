/**
 * A worker process for tests that kill one: the wiring of `worker/main.ts` with the bundle of the tests and without a word. Its only argument is
 * {@link WorkerProcessInput} as JSON; it says `ready` when it works, and ends when its standard input does.
 */
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { startPost } from '../../activities/poke-post';
import { connectLedger, type LedgerAddress } from '../../ledger/connect';
import { createWorker } from '../../worker/create-worker';
import { createDependencies } from '../../worker/dependencies';
import { prepareLedger } from '../../worker/prepare-ledger';
import { LINK_SECRET } from './door';

/** `codePath`: file of the bundled workflows. */
export type WorkerProcessInput = {
  readonly address: string;
  readonly ledgerAt: LedgerAddress;
  readonly smtpUrl: string;
  readonly codePath: string;
};

const ACTIVITY_SLOTS = 20;
const SILENT = { info: () => undefined, warn: () => undefined };
const SETTINGS = { publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example', mailFrom: 'Đôn đốc <don-doc@thaibinh.example>' };

const main = async ({ address, ledgerAt, smtpUrl, codePath }: WorkerProcessInput): Promise<void> => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } });
  const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
  const ledger = connectLedger(ledgerAt, { max: ACTIVITY_SLOTS });
  const client = new Client({ connection });
  await prepareLedger(ledger, Date.now());
  const { activities, mailer } = createDependencies({ settings: SETTINGS, smtpUrl, linkSecret: LINK_SECRET, sms: null, ledger, client, log: SILENT });
  const worker = await createWorker({ connection: native, namespace: 'default', workflowBundle: { codePath }, activities, activitySlots: ACTIVITY_SLOTS });
  await startPost({ client, ledger });
  process.stdin.on('end', () => process.exit(1)).resume();
  process.stdout.write('ready\n');
  await worker.run();
  await Promise.allSettled([mailer.close(), ledger.close(), native.close(), connection.close()]);
  process.exit(0);
};

void main(JSON.parse(process.argv[2] ?? '{}'));

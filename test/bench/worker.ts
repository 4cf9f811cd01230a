/** The worker as a site runs it, in a process of its own: the wiring of `worker/main.ts`, without a log. */
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { startPost } from '../../activities/poke-post';
import { connectLedger } from '../../ledger/connect';
import { createWorker } from '../../worker/create-worker';
import { createDependencies } from '../../worker/dependencies';
import { inputOf, serve } from './child';
import { memoryAnswers } from './memory';
import { LINK_SECRET, SETTINGS, SILENT } from './settings';

export type WorkerChildInput = { readonly address: string; readonly socketDir: string; readonly smtpUrl: string; readonly codePath: string };

/** As `worker/main.ts` has it. */
const ACTIVITY_SLOTS = 20;

const main = async ({ address, socketDir, smtpUrl, codePath }: WorkerChildInput): Promise<void> => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } });
  const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
  const ledger = connectLedger({ socketDir }, { max: ACTIVITY_SLOTS });
  const client = new Client({ connection });
  const { activities, mailer } = createDependencies({ settings: SETTINGS, smtpUrl, linkSecret: LINK_SECRET, sms: null, ledger, client, log: SILENT });
  const worker = await createWorker({ connection: native, namespace: 'default', workflowBundle: { codePath }, activities, activitySlots: ACTIVITY_SLOTS });
  await startPost({ client, ledger });
  const running = worker.run();
  serve(memoryAnswers, async () => {
    worker.shutdown();
    await running;
    await Promise.allSettled([mailer.close(), ledger.close(), native.close(), connection.close()]);
  });
};

void main(inputOf<WorkerChildInput>());

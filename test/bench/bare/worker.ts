/** A worker for the bare workflows, in a process of its own, with the same slots and cache as dondoc's. */
import { DefaultLogger, type InjectedSinks, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { CACHED_WORKFLOWS } from '../../../worker/create-worker';
import { inputOf, serve } from '../child';
import { memoryAnswers } from '../memory';
import { SENDER } from '../settings';
import type { BareActivities, BareSinks } from './contract';
import { pooledTransport, type RawMail, rawPool, sendRaw } from './raw';

export type BareWorkerInput = {
  readonly address: string; readonly socketDir: string; readonly smtpUrl: string; readonly codePath: string; readonly taskQueue: string;
  /** What each bare mail says. */
  readonly mail: { readonly subject: string; readonly text: string; readonly html: string };
};
const SLOTS = 20;

const main = async ({ address, socketDir, smtpUrl, codePath, taskQueue, mail }: BareWorkerInput): Promise<void> => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } });
  const native = await NativeConnection.connect({ address });
  const transport = pooledTransport(smtpUrl);
  const pool = rawPool(socketDir, SLOTS);
  let begun = 0;
  const sinks: InjectedSinks<BareSinks> = { begun: { count: { fn: () => { begun += 1; }, callDuringReplay: false } } };
  const activities: BareActivities = {
    openRow: async (key) => { await pool.query('select written from raw_row where key = $1', [key]); },
    writeRow: async (key) => { await pool.query('insert into raw_row values ($1, 1)', [key]); },
    mail: async (to) => { await transport.sendMail({ from: SENDER, to, ...mail }); },
    deliver: async (key) => {
      const { rows } = await pool.query<RawMail>('select key, address, content from raw_mail where key = $1', [key]);
      if (rows[0] !== undefined) await sendRaw(transport, pool, rows[0]);
    },
  };
  const worker = await Worker.create({
    connection: native, taskQueue, workflowBundle: { codePath }, activities, sinks, maxCachedWorkflows: CACHED_WORKFLOWS, maxConcurrentActivityTaskExecutions: SLOTS,
    workflowTaskPollerBehavior: { type: 'autoscaling' }, activityTaskPollerBehavior: { type: 'autoscaling' },
  });
  const running = worker.run();
  serve({ ...memoryAnswers, begun: () => begun }, async () => {
    worker.shutdown();
    await running;
    transport.close();
    await Promise.allSettled([pool.end(), native.close()]);
  });
};

void main(inputOf<BareWorkerInput>());

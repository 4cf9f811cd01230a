import type { Worker } from '@temporalio/worker';
import { join } from 'node:path';
import { startPost } from '../../activities/poke-post';
import { startRenewal } from '../../activities/renew-tasks';
import type { Settings } from '../../config/env';
import type { Logger } from '../../config/logging';
import type { SmsGateway } from '../../activities';
import { writeSealKeys } from '../../ledger/settings';
import { createWorker } from '../../worker/create-worker';
import { createDependencies } from '../../worker/dependencies';
import type { Meters } from '../../metrics';
import { projectRoot } from '../project-root';
import { type Ledgers, POOL } from './ledger';
import type { Stack } from './stack';
import type { Temporal } from './temporal';

export type WorkerParts = {
  readonly settings: Settings;
  readonly smtpUrl: string;
  readonly sms: SmsGateway | null;
  readonly linkSecret: string;
  readonly ledgers: Ledgers;
  readonly temporal: Temporal;
  readonly meters: Meters;
  readonly log: Logger;
  /** File of the bundled workflows; left out: what the build made. */
  readonly workflowBundle?: string;
};

/** How long polls may take to end when no activity runs any more: what is left then is lost without harm. */
const DRAIN_MS = 1_500;
const LOOK_MS = 50;

/** Ends a worker. Whatever an activity does is finished first, because a mail cut off in the middle is one that nobody can be sure of. */
const drain = async (worker: Worker, ended: Promise<void>): Promise<void> => {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  let hasEnded = false;
  const settled = ended.catch(() => undefined).then(() => { hasEnded = true; });
  const deadline = Date.now() + DRAIN_MS;
  while (!hasEnded && (Date.now() < deadline || worker.getStatus().numInFlightActivities > 0)) {
    await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, LOOK_MS))]);
  }
};

/** A worker in this process, and the post running; `ended` settles when it has stopped, and rejects where it could not go on. */
export const startWorker = async ({ settings, smtpUrl, sms, linkSecret, ledgers, temporal, meters, log, ...more }: WorkerParts, stack: Stack): Promise<{ readonly ended: Promise<void>; readonly isRunning: () => boolean }> => {
  const { client, native, namespace } = temporal;
  const { activities, mailer, sealKeys } = createDependencies({ settings, smtpUrl, linkSecret, sms, ledger: ledgers.worker, client, meters, log });
  stack.onStop('mailer', () => mailer.close());
  const workflowBundle = { codePath: more.workflowBundle ?? join(projectRoot(), 'dist', 'workflow-bundle.js') };
  const worker = await createWorker({ connection: native, namespace, workflowBundle, activities, activitySlots: POOL.worker });
  await writeSealKeys(ledgers.others, sealKeys);
  const ended = worker.run();
  stack.onStop('worker', () => drain(worker, ended));
  await startPost({ client, ledger: ledgers.others });
  await startRenewal({ client, ledger: ledgers.others });
  return { ended, isRunning: () => worker.getState() === 'RUNNING' };
};

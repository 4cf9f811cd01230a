import { join } from 'node:path';
import { createPokePost } from '../../activities/poke-post';
import type { Settings } from '../../config/env';
import type { Logger } from '../../config/logging';
import type { SmsGateway } from '../../activities';
import { createWorker } from '../../worker/create-worker';
import { createDependencies } from '../../worker/dependencies';
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
  readonly log: Logger;
};

/** A worker in this process, and the post running; `ended` settles when it has stopped, and rejects where it could not go on. */
export const startWorker = async ({ settings, smtpUrl, sms, linkSecret, ledgers, temporal, log }: WorkerParts, stack: Stack): Promise<{ readonly ended: Promise<void> }> => {
  const { client, native, namespace } = temporal;
  const { activities, mailer } = createDependencies({ settings, smtpUrl, linkSecret, sms, ledger: ledgers.worker, client, log });
  stack.onStop('mailer', () => mailer.close());
  const workflowBundle = { codePath: join(projectRoot(), 'dist', 'workflow-bundle.js') };
  const worker = await createWorker({ connection: native, namespace, workflowBundle, activities, activitySlots: POOL.worker });
  const ended = worker.run();
  stack.onStop('worker', () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    return ended;
  });
  await createPokePost({ client, ledger: ledgers.others })();
  return { ended };
};

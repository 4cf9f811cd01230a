import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { processEnv } from '../../config/env';
import { LINK_SECRET, SETTINGS } from './settings';

export type RealWorker = {
  /** When its process was started, by the machine's clock. */
  readonly startedAt: number;
  /** SIGKILL; settles when the process is gone. */
  kill(): Promise<void>;
};
export type RealWorkerInput = { readonly address: string; readonly socketDir: string; readonly smtpUrl: string };

const PROGRAM = join(__dirname, '..', '..', 'dist', 'worker', 'main.js');

/** The worker as it is installed: the compiled program with its settings in the environment. */
export const startRealWorker = ({ address, socketDir, smtpUrl }: RealWorkerInput): RealWorker => {
  const env = {
    ...processEnv(), TEMPORAL_ADDRESS: address, SMTP_URL: smtpUrl, DONDOC_LINK_SECRET: LINK_SECRET,
    DATABASE_URL: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketDir)}`,
    PUBLIC_URL: SETTINGS.publicUrl, MAIL_FROM: SETTINGS.mailFrom, LOG_LEVEL: 'error', DONDOC_METRICS_PORT: '0',
  };
  const child: ChildProcess = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = once(child, 'exit');
  return { startedAt: Date.now(), kill: async () => { child.kill('SIGKILL'); await gone; } };
};

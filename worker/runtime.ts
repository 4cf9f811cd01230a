import { DefaultLogger, Runtime, type RuntimeOptions } from '@temporalio/worker';
import { createServer } from 'node:net';
import type { Logger } from '../config/logging';

/** The SDK's own lines go to our log, which blots out what an error may name; its fields are kept but for the parts of an error beyond message and stack. */
export const sdkLogger = (log: Pick<Logger, 'error' | 'warn'>): DefaultLogger =>
  new DefaultLogger('WARN', ({ level, message, meta }) => {
    const fields = { sdk: true, ...meta };
    if (level === 'ERROR') log.error(fields, message);
    else log.warn(fields, message);
  });

const LOOPBACK = '127.0.0.1';
/** Somebody may take the port between our look and the SDK's. */
const TRIES = 5;

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject);
  probe.listen(0, LOOPBACK, () => {
    const address = probe.address();
    probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
  });
});

type Telemetry = NonNullable<RuntimeOptions['telemetryOptions']>;
const logging: Telemetry = { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } };
const exporting = (bindAddress: string): Telemetry => ({
  ...logging, metrics: { prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } },
});

/**
 * One runtime of the SDK for this process, before anything else of it. `leaveSignals`: Ctrl-C is left to the caller, whose worker must end before the server it
 * works for. Answers with the address of the SDK's own metrics, on loopback, for ours to pass on; undefined where it may listen nowhere.
 */
export const installRuntime = async (log: Logger, { leaveSignals = false }: { readonly leaveSignals?: boolean } = {}): Promise<string | undefined> => {
  const options = { logger: sdkLogger(log), ...(leaveSignals ? { shutdownSignals: [] } : {}) };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const bindAddress = `${LOOPBACK}:${await freePort()}`;
    try {
      Runtime.install({ ...options, telemetryOptions: exporting(bindAddress) });
      return `http://${bindAddress}/metrics`;
    } catch (error) {
      log.warn({ err: error }, 'the metrics of the SDK could not be opened');
    }
  }
  Runtime.install({ ...options, telemetryOptions: logging });
  return undefined;
};

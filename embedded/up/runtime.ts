import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from '../../config/logging';

/**
 * One runtime of the SDK for this process, before anything else of it: its lines go to our log, and it leaves Ctrl-C to us, because workers end before
 * the server they work for.
 */
export const installRuntime = (log: Logger): void => {
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    const fields = { sdk: true, ...meta };
    if (level === 'ERROR') log.error(fields, message);
    else log.warn(fields, message);
  });
  Runtime.install({ logger, shutdownSignals: [], telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } } });
};

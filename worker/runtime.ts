import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from '../config/logging';

/** The SDK's own lines go to our log, which blots out what an error may name; its fields are kept but for the parts of an error beyond message and stack. */
export const sdkLogger = (log: Pick<Logger, 'error' | 'warn'>): DefaultLogger =>
  new DefaultLogger('WARN', ({ level, message, meta }) => {
    const fields = { sdk: true, ...meta };
    if (level === 'ERROR') log.error(fields, message);
    else log.warn(fields, message);
  });

/** One runtime of the SDK for this process, before anything else of it. `leaveSignals`: Ctrl-C is left to the caller, whose worker must end before the server it works for. */
export const installRuntime = (log: Logger, { leaveSignals = false }: { readonly leaveSignals?: boolean } = {}): void => {
  Runtime.install({
    logger: sdkLogger(log), telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } }, ...(leaveSignals ? { shutdownSignals: [] } : {}),
  });
};

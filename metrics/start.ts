import { addLedgerGauges, type LedgerSource } from './ledger-gauges';
import type { Meters } from './meters';
import { type MetricsOptions, type MetricsServer, serveMetrics } from './serve';

export type ProcessMetrics = Omit<MetricsOptions, 'registry'> & LedgerSource & {
  readonly meters: Meters;
  readonly log: { readonly error: (fields: object, message: string) => void };
};

const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EADDRNOTAVAIL' || error.code === 'EACCES');

/** Serves the probes and figures of this process; undefined, and said in the log, where it may not listen there: the process works all the same. */
export const startMetrics = async ({ meters, log, ledger, now, ...options }: ProcessMetrics): Promise<MetricsServer | undefined> => {
  addLedgerGauges(meters.registry, { ledger, now });
  try {
    return await serveMetrics({ ...options, registry: meters.registry });
  } catch (error) {
    if (!isTaken(error)) throw error;
    log.error({ err: error, port: options.port }, 'probes and metrics are not served: set another DONDOC_METRICS_PORT');
    return undefined;
  }
};

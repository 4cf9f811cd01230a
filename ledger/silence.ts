import { Client, type ClientConfig, DatabaseError } from 'pg';

/**
 * The ledger did not answer, or has lost what it was given. Whether a statement was done nobody knows; what is
 * idempotent is repeated.
 */
export class LedgerSilent extends Error {
  override readonly name = 'LedgerSilent';
  /** Connection failure (PostgreSQL appendix A). */
  readonly code = '08006';
  constructor() {
    super('the ledger does not answer');
  }
}

/**
 * Whether the server is at work for a connection; `unknown` where it does not say: a pooler stands between, or activity
 * is not tracked.
 */
export type Work = 'working' | 'idle' | 'unknown';

/** The server's process behind a connection. */
export const processOf = (client: object): number | undefined =>
  'processID' in client && typeof client.processID === 'number' ? client.processID : undefined;

const after = <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LedgerSilent()), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** The server's processes that are at work for our account; undefined where it does not say. */
const askServer = async (config: ClientConfig, ms: number): Promise<ReadonlySet<number> | undefined> => {
  const client = new Client({ ...config, connectionTimeoutMillis: ms, query_timeout: ms });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number; own: number }>(
      "select pid, pg_backend_pid() as own from pg_stat_activity where state = 'active' and usename = current_user",
    );
    return rows.some(({ pid, own }) => pid === own && own === processOf(client))
      ? new Set(rows.map((r) => r.pid))
      : undefined;
  } finally {
    client.end().catch(() => undefined);
  }
};

/**
 * Asks the server over a connection of its own, so that a silent one is told from one that has long to do: `idle` where
 * it does not answer within `ms`. One question at a time answers for all who wait.
 */
export const createAsking = (config: ClientConfig, ms: number): ((client: object) => Promise<Work>) => {
  let asking: Promise<ReadonlySet<number> | undefined> | undefined;
  return async (client) => {
    asking ??= after(ms, askServer(config, ms)).finally(() => {
      asking = undefined;
    });
    try {
      const working = await asking;
      const own = processOf(client);
      if (working === undefined || own === undefined) return 'unknown';
      return working.has(own) ? 'working' : 'idle';
    } catch (error) {
      // Too many connections, no right to look: an answer all the same.
      return error instanceof DatabaseError ? 'unknown' : 'idle';
    }
  };
};

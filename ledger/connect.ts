import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Pool, type PoolConfig, types } from 'pg';
import { PATIENCE, type Patience } from './patience';
import type { Schema } from './schema';
import { createAsking } from './silence';
import { watchPool } from './watched-pool';

/** The database of record. `close` ends its connections; calling it twice is harmless. */
export type Ledger = Kysely<Schema> & { close(): Promise<void> };
/** `socketDir`: the folder that holds the embedded database's socket. */
export type LedgerAddress = { readonly connectionString: string } | { readonly socketDir: string };

/** Told of each statement: how long it took, and whether it failed. */
export type OnQuery = (milliseconds: number, isFailed: boolean) => void;

const OID = { int8: 20, date: 1082, timestamptz: 1184 } as const;
const readInstant = types.getTypeParser(OID.timestamptz, 'text');

/** Integers up to 2^53 are kept exactly; a count beyond that is an error, never a wrong number. */
const readInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of range: ${text}`);
  return value;
};
const parserFor = (oid: number): ((text: string) => unknown) | undefined => {
  if (oid === OID.int8) return readInteger;
  if (oid === OID.date) return (text) => text;
  if (oid === OID.timestamptz) return (text) => Number(readInstant(text));
  return undefined;
};
/**
 * `date` as text, `timestamptz` as ms since 1970, `bigint` as a number: the same from both engines and in every time
 * zone of the host.
 */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  (format === 'binary' ? undefined : parserFor(oid)) ?? types.getTypeParser(oid, format === 'binary' ? 'text' : format);

/** Linux takes 107 bytes for a socket's path, other systems 103. */
const LONGEST_SOCKET_PATH = 100;
/**
 * The folder of the embedded database's socket: the one asked for, or, where its path is too long for a socket, a short
 * one that follows from it.
 */
export const socketFolder = (dir: string): string => {
  const full = resolve(dir);
  if (Buffer.byteLength(join(full, '.s.PGSQL.5432')) <= LONGEST_SOCKET_PATH) return full;
  return join('/tmp', `dondoc-${createHash('sha256').update(full).digest('hex').slice(0, 16)}`);
};

const KEEPALIVE_MS = 10_000;
const configOf = (address: LedgerAddress, { connect, work, idle }: Patience): PoolConfig => {
  const limits = { keepAlive: true, keepAliveInitialDelayMillis: KEEPALIVE_MS, types: { getTypeParser } };
  if ('socketDir' in address) {
    return {
      ...limits,
      connectionTimeoutMillis: work,
      host: socketFolder(address.socketDir),
      port: 5432,
      user: 'postgres',
      database: 'postgres',
    };
  }
  return {
    ...limits,
    connectionTimeoutMillis: connect,
    connectionString: address.connectionString,
    statement_timeout: work,
    idle_in_transaction_session_timeout: idle,
  };
};

/**
 * Opens a pool of at most `max` (10) connections, lazily: nothing is reached before the first query, and a server that
 * is away shows there. A connection that breaks is dropped and replaced; what was under way on it fails. So it does
 * where the server says nothing ({@link Patience}), with `LedgerSilent`. The embedded engine serves one connection
 * after the other, so that each may have to wait: there the longest limit holds for all.
 */
export const connectLedger = (
  address: LedgerAddress,
  options: { readonly max?: number; readonly onQuery?: OnQuery; readonly patience?: Patience } = {},
): Ledger => {
  const patience = options.patience ?? PATIENCE;
  const config = configOf(address, patience);
  const pool = new Pool({ ...config, max: options.max ?? 10 });
  // A pool without a listener ends the process when the server goes away while a connection is idle.
  pool.on('error', () => undefined);
  // The same of one that is in use: its statement fails, and who asked is told by that.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const isWorking = 'socketDir' in address ? async () => 'unknown' as const : createAsking(config, patience.answer);
  const { onQuery } = options;
  const log =
    onQuery === undefined
      ? {}
      : { log: (event: LogEvent) => onQuery(event.queryDurationMillis, event.level === 'error') };
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: watchPool(pool, patience, isWorking) }),
    ...log,
  });
  let closed: Promise<void> | undefined;
  return Object.assign(db, { close: () => (closed ??= db.destroy()) });
};

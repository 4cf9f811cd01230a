import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Pool, types } from 'pg';
import type { Schema } from './schema';

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
/** `date` as text, `timestamptz` as ms since 1970, `bigint` as a number: the same from both engines and in every time zone of the host. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  (format === 'binary' ? undefined : parserFor(oid)) ?? types.getTypeParser(oid, format === 'binary' ? 'text' : format);

/** Linux takes 107 bytes for a socket's path, other systems 103. */
const LONGEST_SOCKET_PATH = 100;
/** The folder of the embedded database's socket: the one asked for, or, where its path is too long for a socket, a short one that follows from it. */
export const socketFolder = (dir: string): string => {
  const full = resolve(dir);
  if (Buffer.byteLength(join(full, '.s.PGSQL.5432')) <= LONGEST_SOCKET_PATH) return full;
  return join('/tmp', `dondoc-${createHash('sha256').update(full).digest('hex').slice(0, 16)}`);
};

const poolFor = (address: LedgerAddress, max: number): Pool =>
  'connectionString' in address
    ? new Pool({ connectionString: address.connectionString, max, types: { getTypeParser } })
    : new Pool({ host: socketFolder(address.socketDir), port: 5432, user: 'postgres', database: 'postgres', max, types: { getTypeParser } });

/**
 * Opens a pool of at most `max` (10) connections, lazily: nothing is reached before the first query, and a server that is away shows there.
 * A connection that breaks is dropped and replaced; what was under way on it fails.
 */
export const connectLedger = (address: LedgerAddress, options: { readonly max?: number; readonly onQuery?: OnQuery } = {}): Ledger => {
  const pool = poolFor(address, options.max ?? 10);
  // A pool without a listener ends the process when the server goes away while a connection is idle.
  pool.on('error', () => undefined);
  // The same of one that is in use: its statement fails, and who asked is told by that.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const { onQuery } = options;
  const log = onQuery === undefined ? {} : { log: (event: LogEvent) => onQuery(event.queryDurationMillis, event.level === 'error') };
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), ...log });
  let closed: Promise<void> | undefined;
  return Object.assign(db, { close: () => (closed ??= db.destroy()) });
};

import { DatabaseError } from 'pg';

/**
 * SQLSTATE class 22: the value itself is refused (a NUL in a text, half a surrogate in JSON, a number out of range), today
 * and at every repetition.
 */
export const isDataException = (error: unknown): boolean => error instanceof DatabaseError && error.code?.startsWith('22') === true;

/** The same, or refused by a constraint (class 23). */
export const isRefusedValue = (error: unknown): boolean =>
  isDataException(error) || (error instanceof DatabaseError && error.code?.startsWith('23') === true);

/**
 * SQLSTATE classes of a server that goes, comes, is full, or has lost to another transaction; 25: it has become a
 * replica.
 */
const PASSING = ['08', '25', '40', '53', '55', '57', '58'];
/** True where the same statement may succeed in a moment: no answer came, or one that says so. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || PASSING.includes(error.code?.slice(0, 2) ?? '');

const CONNECTION_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['08000', '08001', '08003', '08006', '25006', '25P03', '28P01', '28000', '3D000', '53300'],
  ...['57014', '57P01', '57P02', '57P03'],
]);
/** What `pg` says of a connection that broke or was not to be had; it gives no code. */
const SAID = /Connection terminated|not queryable|timeout expired|timeout exceeded when trying to connect/;

/**
 * True for the errors of a database that is away, takes too long, takes no writes since another server took over,
 * refuses the connection or does not know the account (PostgreSQL appendix A, classes 08, 25, 28, 3D, 53, 57).
 */
export const isConnectionError = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isConnectionError);
  // A Unix socket that is not there; the same code for a file is no connection.
  if ('code' in error && error.code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect';
  if ('code' in error && typeof error.code === 'string' && CONNECTION_CODES.has(error.code)) return true;
  return 'message' in error && typeof error.message === 'string' && SAID.test(error.message);
};

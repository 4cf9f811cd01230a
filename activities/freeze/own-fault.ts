import { DatabaseError } from 'pg';
import type { Ledger } from '../../ledger/connect';
import { isConnectionError, isPassing } from '../../ledger/database-errors';
import { readStamp } from '../../ledger/settings';

/** The kind of an error and where it arose; never its message, which may quote what officials wrote. */
export const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  const place = /\(?([^\s(/]+:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1];
  return [error.name, ...(error instanceof DatabaseError && error.code !== undefined ? [error.code] : []), ...(place === undefined ? [] : [place])].join(' ');
};

/**
 * Returns where an error is what it arose with to blame: it is none of a connection (a broken one is followed by one that works), and the ledger answers.
 * Otherwise throws that error.
 */
export const throwIfAway = async (ledger: Ledger, error: unknown): Promise<void> => {
  if (isConnectionError(error) || (error instanceof DatabaseError && isPassing(error))) throw error;
  try {
    await readStamp(ledger);
  } catch {
    throw error;
  }
};

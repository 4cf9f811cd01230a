import { isPassing } from '../../ledger/database-errors';

/** As long as the ledger may be away before what a receiver has answered is given up, and the message is in doubt. */
const PATIENCE_MS = 30_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/**
 * Writes what has happened outside and cannot be asked again, for half a minute while the ledger is away: fenced and idempotent, so that a write which was done
 * and not answered changes nothing by its repetition. Throws the last error.
 */
export const patiently = async <T>(write: () => Promise<T>): Promise<T> => {
  const until = performance.now() + PATIENCE_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    try {
      return await write();
    } catch (error) {
      if (!isPassing(error) || performance.now() + waitMs > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
};

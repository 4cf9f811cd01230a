import type { PGlite } from '@electric-sql/pglite';

const SYNC = Uint8Array.from([0x53, 0, 0, 0, 4]);
/** First bytes of the frontend messages that open a batch of the extended protocol: Parse, Bind, Describe, Execute, Close, Flush. */
const OPENERS = new Set([...'PBDECH'].map((c) => c.charCodeAt(0)));

/**
 * Keeps one client's Parse … Sync together. The socket server lets other clients in between two messages unless a transaction is open, and there
 * is one unnamed statement for all: a statement that arrives in several pieces (from 64 KB on) would run with another client's text.
 * PostgreSQL, "Frontend/Backend Protocol", 55.2.3 Extended Query: a batch ends at Sync.
 */
export const keepBatchesTogether = (db: PGlite): PGlite => {
  const isInTransaction = db.isInTransaction.bind(db);
  const stream = db.execProtocolRawStream.bind(db);
  const exec = db.exec.bind(db);
  let isOpen = false;
  db.isInTransaction = () => isOpen || isInTransaction();
  db.execProtocolRawStream = (message, options) => {
    const kind = message[0] ?? 0;
    if (OPENERS.has(kind)) isOpen = true;
    else if (kind === SYNC[0]) isOpen = false;
    return stream(message, options);
  };
  // The server's rollback for a client that went away in the middle of a batch: without a Sync the engine would skip everything up to the next one.
  db.exec = async (query, options) => {
    if (isOpen) {
      isOpen = false;
      await db.execProtocolRaw(SYNC);
    }
    return exec(query, options);
  };
  return db;
};

/**
 * How long is waited for the ledger, in ms. Nothing waits without a limit: a network may swallow what it is given and
 * tell nobody.
 */
export type Patience = {
  /** For a connection: a free one of the pool, or a new one. */
  readonly connect: number;
  /** For a statement, before the server is asked whether it is at work on it; as often again while it says so. */
  readonly ask: number;
  /** For the answer to that question. */
  readonly answer: number;
  /**
   * What the server gives one statement (`statement_timeout`), or stands between two of one transaction
   * (`idle_in_transaction_session_timeout`).
   */
  readonly work: number;
  readonly idle: number;
};

/**
 * For a worker, the command line and a clock: what is big may take its time, and what is lost is found soon enough to
 * be repeated.
 */
export const PATIENCE: Patience = { connect: 4_000, ask: 3_000, answer: 3_000, work: 120_000, idle: 10_000 };
/** For somebody who looks at a page: the answer that it cannot be had now comes within five seconds. */
export const PATIENCE_OF_PAGES: Patience = { ...PATIENCE, connect: 2_000, ask: 2_000, answer: 1_500, work: 30_000 };

import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Patience } from './patience';
import { LedgerSilent, type Work } from './silence';

type Watch = {
  readonly patience: Patience;
  readonly isWorking: (client: PoolClient) => Promise<Work>;
  /** A connection was lost: others of its time may be too. */
  readonly onLost: () => void;
};

/** An answer that was sent before the server fell idle may still stand behind other work of this process. */
const ARRIVING_MS = 250;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One statement, until the server has answered or is no longer at work on it; then `lose` is called and it fails. Where
 * the server does not say, it has as long as a statement may take.
 */
const watched = <T>(
  client: PoolClient,
  running: Promise<T>,
  { patience, isWorking }: Watch,
  lose: () => LedgerSilent,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    let isOver = false;
    const isLost = (work: Work): boolean =>
      work === 'idle' || (work === 'unknown' && performance.now() - begun > patience.work);
    const ask = async (): Promise<void> => {
      const work = await isWorking(client);
      if (work === 'idle') await sleep(ARRIVING_MS);
      if (isOver) return;
      if (isLost(work)) reject(lose());
      else timer = setTimeout(() => void ask(), patience.ask);
    };
    let timer = setTimeout(() => void ask(), patience.ask);
    const end = (): void => {
      isOver = true;
      clearTimeout(timer);
    };
    running.then(
      (answer) => {
        end();
        resolve(answer);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });

/**
 * A connection that is dropped, not given back, once a statement on it was lost: a transaction's too, of which nothing
 * more is sent.
 */
const watchedClient = (client: PoolClient, watch: Watch): PostgresPoolClient => {
  let lost: LedgerSilent | undefined;
  const lose = (): LedgerSilent => {
    lost = new LedgerSilent();
    client.release(lost);
    watch.onLost();
    return lost;
  };
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: string | object, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('the ledger is not read by cursors');
    return lost === undefined ? watched(client, client.query(text, [...values]), watch, lose) : Promise.reject(lost);
  }
  return {
    query,
    release: () => {
      if (lost === undefined) client.release();
    },
  };
};

/** A pool for Kysely whose statements are watched. After one was lost, none that is as old is used again. */
export const watchPool = (pool: Pool, patience: Patience, isWorking: Watch['isWorking']): PostgresPool => {
  const opened = new WeakMap<PoolClient, number>();
  let lostAt = -1;
  pool.on('connect', (client) => opened.set(client, performance.now()));
  const watch = {
    patience,
    isWorking,
    onLost: () => {
      lostAt = performance.now();
    },
  };
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect();
    if ((opened.get(client) ?? 0) > lostAt) return watchedClient(client, watch);
    client.release(true);
    return connect();
  };
  return { connect, end: () => pool.end() };
};

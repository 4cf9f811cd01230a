import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { Ledger } from '../../ledger/connect';
import type { Schema } from '../../ledger/schema';

/** Instants differ from call to call and are left out of what was asked. */
const keyOf = (sql: string, parameters: readonly unknown[]): string => JSON.stringify([sql, parameters.map((p) => (p instanceof Date ? 'an instant' : p))]);

/** A ledger that asks the other one once for each question and knows the answer from then on: what a page costs without a database. */
export const rememberingLedger = (ledger: Ledger): Ledger => {
  const known = new Map<string, readonly unknown[]>();
  const query = async (sql: string, parameters: readonly unknown[] = []) => {
    const key = keyOf(sql, parameters);
    const rows = known.get(key) ?? (await ledger.executeQuery(CompiledQuery.raw(sql, [...parameters]))).rows;
    known.set(key, rows);
    return { command: 'SELECT' as const, rowCount: rows.length, rows: [...rows] };
  };
  const client = { query: query as PostgresPoolClient['query'], release: () => undefined };
  const pool: PostgresPool = { connect: async () => client, end: async () => undefined };
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return Object.assign(db, { close: () => db.destroy() });
};

import { type SelectQueryBuilder, sql } from 'kysely';
import type { Schema } from '../../ledger/schema';

/** How many rows a query finds. */
export const countOf = async <T extends keyof Schema, O>(query: SelectQueryBuilder<Schema, T, O>): Promise<number> => {
  const { n } = await query.select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow();
  return Number(n);
};

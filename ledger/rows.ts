import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema';

type Table = keyof Schema;
/** Values for columns of a table as PostgreSQL reads them from JSON: an instant and bytes as the texts below, a `jsonb` as it is. */
export type RowOf<T extends Table> = { readonly [C in keyof Schema[T]]?: unknown };
export const asTime = (at: number): string => new Date(at).toISOString();
export const asBytes = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

/** What all rows name, in one order. */
const columnsOf = <T extends Table>(rows: readonly RowOf<T>[]) => Object.keys(rows[0] ?? {}) as (keyof Schema[T] & string)[];
const references = (columns: readonly string[]): RawBuilder<unknown> => sql.join(columns.map((c) => sql.ref(c)));
/** JSON takes no half of a character, which a text holds that was cut; as a parameter of its own it is written as U+FFFD. */
const whole = (_: string, value: unknown): unknown => (typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value);
const asRows = (table: Table, json: string): RawBuilder<unknown> => sql`jsonb_populate_recordset(null::${sql.table(table)}, ${json}::jsonb) as r`;
/** Rows as a source named `r`, all of them one parameter; columns that they do not name are null. */
export const recordset = <T extends Table>(table: T, rows: readonly RowOf<T>[]): RawBuilder<unknown> => asRows(table, JSON.stringify(rows, whole));

/**
 * An `insert` of rows, of which there is at least one, each beside every row of `source`: all of them in one parameter, since a statement takes no more than
 * 65,535. Only the columns that the rows name: one of a newer release gets its default. Half a character in a text is an error of SQLSTATE class 22.
 */
export const insertBeside = <T extends Table>(source: string, table: T, rows: readonly RowOf<T>[]): RawBuilder<unknown> => {
  const columns = columnsOf(rows);
  return sql`insert into ${sql.table(table)} (${references(columns)})
    select ${references(columns.map((c) => `r.${c}`))} from ${sql.table(source)}, ${asRows(table, JSON.stringify(rows))}`;
};

/** As {@link insertBeside}, by itself, and halves of characters mended. */
export const insertAll = <T extends Table>(db: Kysely<Schema>, table: T, rows: readonly RowOf<T>[]) => {
  const columns = columnsOf(rows);
  return db.insertInto(table).columns(columns)
    .expression(sql`select ${references(columns.map((c) => `r.${c}`))} from ${recordset(table, rows)}`);
};

/** A column that holds one of these values: one parameter, whatever their number. */
export const anyOf = <T extends string>(values: Iterable<T>): RawBuilder<T> => sql<T>`any(${[...new Set(values)]}::text[])`;

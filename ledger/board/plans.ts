import { sql } from 'kysely';
import type { PlanHeader, TaskSpec } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../connect';

export type PlanRow = {
  readonly code: string;
  readonly header: PlanHeader;
  readonly spec: readonly TaskSpec[];
  readonly hash: string;
  readonly fileName: string;
  readonly startedAt: Instant;
  readonly withdrawnAt: Instant | null;
  readonly withdrawnReason: string | null;
};

/** The plans on record, oldest first, without their files. */
export const listPlans = async (db: Ledger, code?: string): Promise<readonly PlanRow[]> => {
  const rows = await db
    .selectFrom('plan')
    .select(['code', 'header', 'spec', 'hash', 'file_name', 'started_at', 'withdrawn_at', 'withdrawn_reason'])
    .$if(code !== undefined, (q) => q.where('code', '=', code ?? ''))
    .orderBy('started_at')
    .execute();
  return rows.map((r) => ({
    code: r.code, header: r.header, spec: r.spec, hash: r.hash, fileName: r.file_name, startedAt: r.started_at, withdrawnAt: r.withdrawn_at, withdrawnReason: r.withdrawn_reason,
  }));
};

export const findPlan = async (db: Ledger, code: string): Promise<PlanRow | undefined> => (await listPlans(db, code))[0];

/** Rows of plans as they were started, by task id: the database finds them, so that a page about one task does not read whole plans. */
export const specsOf = async (db: Ledger, tasks: readonly { readonly id: string; readonly plan: string }[]): Promise<ReadonlyMap<string, TaskSpec>> => {
  const { rows } = await sql<{ spec: TaskSpec }>`
    select e.spec from plan p cross join lateral jsonb_array_elements(p.spec) as e(spec)
    where p.code = any(${[...new Set(tasks.map((t) => t.plan))]}::text[]) and e.spec->>'id' = any(${tasks.map((t) => t.id)}::text[])`.execute(db);
  return new Map(rows.map(({ spec }) => [spec.id, spec]));
};

/** Name of every unit by its id; an id that the directory no longer knows stands for itself wherever names are looked up. */
export const unitNames = async (db: Ledger): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.selectFrom('unit').select(['id', sql<string>`data->>'name'`.as('name')]).execute();
  return new Map(rows.map((r) => [r.id, r.name]));
};

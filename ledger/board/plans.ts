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

/** Name of every unit by its id; an id that the directory no longer knows stands for itself wherever names are looked up. */
export const unitNames = async (db: Ledger): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.selectFrom('unit').select(['id', 'data']).execute();
  return new Map(rows.map((r) => [r.id, r.data.name]));
};

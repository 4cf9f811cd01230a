import { projectionColumns } from '../../ledger/commit';
import { insertPlan } from '../../ledger/plans';
import { planNotices } from '../../ledger/outbox';
import { addWorkingDays } from '../../domain/calendar';
import type { CivilDate } from '../../domain/time';
import { CALENDAR, header, lived, seedFor, spec, TODAY } from './people';
import { digestNotice } from './sample-mail';
import type { Site } from './site';

export const PLAN = 'BD0';
export const DUE_ON = addWorkingDays(CALENDAR, TODAY, 60) ?? TODAY;
const AT_ONCE = 500;

const chunks = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
const idOf = (i: number): string => `${PLAN}-${i}`;

/**
 * A plan of so many tasks in progress, led by so many units in turn, in the ledger alone: for what is about delivery and asks no workflow. The plan's
 * file was handed out.
 */
export const plantTasks = async ({ ledger }: Site, tasks: number, units: number): Promise<void> => {
  const specs = Array.from({ length: tasks }, (_, i) => spec(idOf(i), i % units, DUE_ON));
  const model = lived(seedFor(PLAN, specs[0]!), TODAY).views.at(-1)!.projection;
  const seed = JSON.stringify(seedFor(PLAN, specs[0]!));
  await insertPlan(ledger, { header: header(PLAN), tasks: specs, file: { name: 'ke-hoach.txt', content: Buffer.from(PLAN), hash: PLAN }, startedAt: 0 });
  const receipts = Array.from({ length: units }, (_, i) => ({ plan: PLAN, unit: `don-vi-${i}`, message: 'an earlier one' }));
  await ledger.insertInto('plan_receipt').values(receipts).execute();
  for (const some of chunks(specs)) {
    const rows = some.map((s) => ({ id: s.id, plan: PLAN, seed, opened_at: new Date(0), ...projectionColumns(1, { ...model, task: s.id, lead: s.lead }) }));
    await ledger.insertInto('task').values(rows).execute();
  }
};

/** One reminder of a day for each of so many tasks, to the officers of so many units. */
export const plantDigests = async ({ ledger }: Site, day: CivilDate, notices: number, units: number): Promise<void> => {
  const all = Array.from({ length: notices }, (_, i) => ({ notice: digestNotice(idOf(i), i % units, day, DUE_ON), plan: PLAN }));
  for (const some of chunks(all)) await planNotices(ledger, some);
};

import type { Client } from '@temporalio/client';
import { createHash, randomBytes } from 'node:crypto';
import { planToYaml } from '../config/read-plan';
import type { Clock } from '../contracts/clock';
import type { WorkingCalendar } from '../domain/calendar';
import { publicPlan, withoutWords } from '../domain/discreet';
import type { Plan, TaskSpec } from '../domain/plan';
import { seedOf } from '../domain/seed';
import type { TaskSeed } from '../domain/task';
import type { Instant } from '../domain/time';
import type { Ledger } from '../ledger/connect';
import { insertPlan, type NewPlan, readPlan, recordStart } from '../ledger/plans';
import { insertTasks, readSeeds } from '../ledger/tasks';
import { startTasks } from './tasks';
import { ensureSearchAttributes } from './temporal';

export type StartPlanInput = {
  readonly ledger: Ledger;
  readonly client: Client;
  readonly plan: Plan;
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  /** Which tasks of the plan; left out: all. */
  readonly tasks?: readonly string[];
  /** When the tasks come to life; in the past for a late start. */
  readonly startAt: Instant;
  /** The instant of our clock at which it is written down. */
  readonly now: Instant;
  readonly clock: Clock;
  readonly calendar: WorkingCalendar;
  /**
   * How many messages the first day is reckoned to cause; more than `limit` wait for a person. Left out: nothing is
   * held.
   */
  readonly firstDay?: { readonly messages: number; readonly limit: number };
  readonly onProgress?: (done: number) => void;
};
export type StartedPlan = { readonly startId: string; readonly started: readonly string[]; readonly refused: readonly string[]; readonly isHeld: boolean };

/** Nothing of it is started again: the plan was taken back. */
export class PlanWithdrawn extends Error {
  override readonly name = 'PlanWithdrawn';
  constructor(readonly code: string) {
    super(`plan ${code} was withdrawn`);
  }
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The file that is kept and goes to the units, with the hash of the one that was started: where rows are confidential,
 * without their words.
 */
const keptFile = (plan: Plan, { name, bytes }: StartPlanInput['file']): NewPlan['file'] => ({
  name, hash: hashOf(bytes), content: plan.tasks.some((t) => t.confidential === true) ? Buffer.from(planToYaml(publicPlan(plan))) : bytes,
});

/** What the tasks of a plan start from. */
export const seedsOf = (plan: Plan, tasks: readonly TaskSpec[], more: { readonly calendar: WorkingCalendar; readonly startAt: Instant; readonly startId: string }): readonly TaskSeed[] =>
  tasks.map((task) => seedOf({ plan: plan.plan, task: withoutWords(task), ...more }));

/**
 * Keeps the plan with its file, writes down which tasks this start starts, and starts one workflow each. A second
 * start is harmless: every task that was started before is `refused` and stays as it is; one that was written down and
 * whose workflow never started (an interrupted start) is started from the seed on record.
 * @throws PlanCodeTaken where the code stands for another text, PlanWithdrawn, Unreachable.
 */
export const startPlan = async (input: StartPlanInput): Promise<StartedPlan> => {
  const { ledger, client, plan, file, now, clock, calendar, startAt, firstDay } = input;
  const isHeld = firstDay !== undefined && firstDay.messages > firstDay.limit;
  await insertPlan(ledger, { header: plan.plan, tasks: plan.tasks, file: keptFile(plan, file), startedAt: now });
  if ((await readPlan(ledger, plan.plan.code))?.withdrawn) throw new PlanWithdrawn(plan.plan.code);
  const wanted = plan.tasks.filter((t) => input.tasks === undefined || input.tasks.includes(t.id));
  const startId = `start-${randomBytes(8).toString('hex')}`;
  const onRecord = await readSeeds(ledger, wanted.map((t) => t.id));
  const seeds = seedsOf(plan, wanted, { calendar, startAt, startId }).map((seed) => onRecord.get(seed.id) ?? seed);
  const fresh = seeds.filter((seed) => seed.startId === startId);
  if (fresh.length > 0) await recordStart(ledger, { id: startId, plan: plan.plan.code, tasks: fresh.map((s) => s.id), startedAt: now, isHeld, ...(firstDay === undefined ? {} : { messages: firstDay.messages }) });
  await insertTasks(ledger, fresh, now);
  await ensureSearchAttributes(client);
  const results = await startTasks(client, seeds, clock, {
    fresh: new Set(fresh.map((s) => s.id)), ...(input.onProgress === undefined ? {} : { onProgress: input.onProgress }),
  });
  const idsOf = (outcome: 'started' | 'exists'): string[] => results.filter((r) => r.outcome === outcome).map((r) => r.task);
  return { startId, started: idsOf('started'), refused: idsOf('exists'), isHeld: isHeld && fresh.length > 0 };
};

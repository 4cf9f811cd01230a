import { trimCalendar, type WorkingCalendar, lastDay } from './calendar';
import { DEFAULT_LADDER, type Ladder } from './ladder';
import type { PlanHeader, TaskSpec } from './plan';
import { STATE_SCHEMA, type TaskSeed } from './task';
import type { Instant } from './time';

export type SeedInput = {
  readonly plan: PlanHeader;
  readonly task: TaskSpec;
  readonly calendar: WorkingCalendar;
  readonly ladder?: Ladder;
  readonly startAt: Instant;
  readonly startId: string;
};

/** What a task carries from its first day: values only, the calendar from the year of issue on and without its sources. */
export const seedOf = ({ plan, task, calendar, ladder = DEFAULT_LADDER, startAt, startId }: SeedInput): TaskSeed => {
  const trimmed = trimCalendar(calendar, plan.issuedOn, lastDay(calendar));
  return {
    schema: STATE_SCHEMA, id: task.id, plan: plan.code,
    spec: {
      title: task.title, timing: task.timing, startsOn: task.startsOn, dueOn: task.dueOn, milestones: task.milestones, lead: task.lead,
      coordinating: task.coordinating, kind: task.kind,
      ...(task.afterEvent === undefined ? {} : { afterEvent: task.afterEvent }),
    },
    ...(plan.maxExtensions === undefined ? {} : { maxExtensions: plan.maxExtensions }),
    hostUnit: plan.hostUnit, authorityOffice: plan.authorityOffice, supervisor: task.supervisor,
    ...(plan.externalUnits === undefined ? {} : { externalUnits: plan.externalUnits }), issuedOn: plan.issuedOn, startAt, startId, ladder,
    calendar: { version: trimmed.version, years: trimmed.years.map((y) => ({ ...y, sources: [] })) },
  };
};

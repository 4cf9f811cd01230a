import { SENDING_OPENS } from '../../domain/calendar';
import type { Plan, TaskSpec } from '../../domain/plan';
import type { Rehearsal } from '../../domain/rehearsal';
import type { TaskSeed } from '../../domain/task';
import { addDays, type CivilDate, dateAt, type Instant, instantAt, isoInstant } from '../../domain/time';

/** Calendar days after the last due date in which every rung of the ladder has had its day. */
const LADDER_TAIL_DAYS = 60;

/** 08:00 of a day: when the tasks of a plan come to life. */
export const startOf = (day: CivilDate): Instant => instantAt(day, SENDING_OPENS);

/** The last day worth playing: the last due date or milestone and the ladder after it; `from` and a year where nothing has a date. */
export const lastDayOf = (tasks: readonly Pick<TaskSpec, 'dueOn' | 'milestones'>[], from: CivilDate): CivilDate => {
  const days = tasks.flatMap((t) => [...(t.dueOn === null ? [] : [t.dueOn]), ...t.milestones.map((m) => m.dueOn)]).filter((day) => day > from);
  const last = days.sort().at(-1);
  return last === undefined ? addDays(from, 365) : addDays(last, LADDER_TAIL_DAYS);
};

/** The very end of a day. */
export const endOf = (day: CivilDate): Instant => instantAt(addDays(day, 1), 0) - 1;

/** What a start would cause while nobody acts: per task the day of every notice, and the messages that make of them. */
export const previewOf = (plan: Plan, seeds: readonly TaskSeed[], rehearsal: Rehearsal, until: CivilDate) => {
  const count = (select: (m: Rehearsal['messages'][number]) => boolean): number => rehearsal.messages.filter(select).length;
  const firstDay = rehearsal.messages[0] && dateAt(rehearsal.messages[0].at);
  return {
    plan: plan.plan.code,
    until,
    tasks: seeds.map((seed) => ({
      id: seed.id,
      lead: seed.spec.lead,
      dueOn: seed.spec.dueOn,
      schedule: rehearsal.notices.filter((n) => n.task === seed.id).map((n) => ({ on: dateAt(n.sendAt), kind: n.kind, ...(n.rung === undefined ? {} : { rung: n.rung }), ...(n.milestone === undefined ? {} : { milestone: n.milestone }), to: n.to, channels: n.channels, sendAt: isoInstant(n.sendAt) })),
    })),
    messages: {
      total: rehearsal.messages.length,
      email: count((m) => m.channel === 'email'),
      sms: count((m) => m.channel === 'sms'),
      firstDay: firstDay === undefined ? null : {
        on: firstDay,
        total: count((m) => dateAt(m.at) === firstDay),
        email: count((m) => dateAt(m.at) === firstDay && m.channel === 'email'),
      },
    },
  };
};
export type Preview = ReturnType<typeof previewOf>;

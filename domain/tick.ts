import { addWorkingDays, lastDay, nextSendingTime, workingDayFrom } from './calendar';
import { type Addressee, compose, to } from './compose';
import { consult, consultationDays } from './consultation-clock';
import { progressDay } from './continuous';
import { evolve } from './evolve';
import type { Notice } from './notice';
import { fact, rungSteps, sayRung } from './rung-steps';
import { acknowledgementRungs, decidesAt, holdEndsOn, mainKey, mainRungs, monthlyKey, nextMonthly, occurrenceRungs, type ScheduledRung } from './schedule';
import { type Fact, NOTHING, run, type Step } from './step';
import { coordinatingOf, type Decision, decidesBy, isClosed, leadOf, type TaskState } from './task';
import { type CivilDate, dateAt, type Instant, yearOf } from './time';
import { withTold } from './told';
import { dueChasers } from './waiting';

/** When a task comes to life: the first sending hour at or after its start. */
export const assignedAt = (state: TaskState): Instant => nextSendingTime(state.seed.calendar, state.seed.startAt) ?? state.seed.startAt;

/** The day 0 notices: to the lead's officer and leader, to every coordinating unit, and to the supervisor where a date is missing. */
const assign = (now: Instant) => (state: TaskState): Step => {
  if (state.assignedOn !== null) return NOTHING;
  const { seed } = state;
  const on = dateAt(assignedAt(state));
  const isLate = on > (workingDayFrom(seed.calendar, seed.issuedOn) ?? seed.issuedOn);
  const answerBy = addWorkingDays(seed.calendar, on, 3);
  const facts = { assignedOn: on, ...(answerBy === undefined ? {} : { answerBy }) };
  const say = (kind: 'assigned' | 'assigned-coordinator' | 'due-date-missing', receivers: readonly Addressee[]): Notice[] =>
    compose(state, now, { kind, discriminator: on, reason: 'start', facts }, receivers, seed.startId);
  const lead = leadOf(state);
  const waits = state.dueOn === null && ['conditional', 'by-reference', 'event', 'milestones', 'deadline', 'period'].includes(state.timing);
  return {
    facts: [{ type: 'assigned', on, isLate }],
    notices: [
      ...say('assigned', [to(lead, 'officer', 'assigned'), to(lead, 'leader', 'assigned')]),
      ...say('assigned-coordinator', coordinatingOf(state).map((unit) => to(unit, 'officer', 'assigned-coordinator'))),
      ...(waits ? say('due-date-missing', [to(state.supervisor, 'officer', 'due-date-missing')]) : []),
    ],
  };
};

/** After the silence: the highest rung held is sent once; later rungs keep their days. A rung of the same day speaks for it. */
const release = (now: Instant, played: readonly string[]) => (state: TaskState): Step => {
  const on = holdEndsOn(state);
  if (state.hold === null || on === undefined || decidesAt(state.seed.id, on) > now) return NOTHING;
  const ended = (rung: (typeof state.hold.held)[number] | null): Fact => ({ type: 'hold-ended', on: dateAt(now), rung });
  const held = state.hold.held.at(-1);
  const rung = state.seed.ladder.main.find((r) => r.id === held);
  const spoken = played.some((key) => key.startsWith(`${state.dueOn}:L`));
  if (rung === undefined || spoken || state.dueOn === null || !['assigned', 'in_progress'].includes(state.name)) return { facts: [ended(null)], notices: [] };
  const r: ScheduledRung = { key: mainKey(state.dueOn, rung.id), rung, on: dateAt(now), dueOn: state.dueOn };
  return { facts: [ended(rung.id), fact(r, 'released', 'hold-ended')], notices: sayRung(state, now, r, { reason: 'hold-ended' }) };
};

/** One line a month after L4, in the supervisor's list. */
const monthly = (now: Instant) => (state: TaskState): Step => {
  let on = nextMonthly(state);
  let last: CivilDate | undefined;
  for (; on !== undefined && decidesAt(state.seed.id, on) <= now; on = nextMonthly({ ...state, monthlyOn: on })) last = on;
  if (last === undefined) return NOTHING;
  const key = monthlyKey(last);
  const line = { type: 'rung', key, rung: 'LM', on: last, dueOn: state.dueOn } as const;
  if (state.name === 'submitted' || state.name === 'suspended') return { facts: [{ ...line, outcome: 'recorded', reason: state.name }], notices: [] };
  const receivers = [to(state.supervisor, 'officer', 'overdue-monthly')];
  return {
    facts: [{ ...line, outcome: 'sent', reason: 'monthly-line' }],
    notices: compose(state, now, { kind: 'overdue-monthly', discriminator: `${state.dueOn}:${key}`, rung: 'LM', reason: 'monthly-line' }, receivers),
  };
};

const chase = (now: Instant) => (state: TaskState): Step => {
  const due = dueChasers(state).filter((c) => c.on !== undefined && decidesAt(state.seed.id, c.on) <= now);
  const latest = due.filter((c, i) => !due.slice(i + 1).some((d) => d.what === c.what && d.rung === c.rung && d.obstacle === c.obstacle));
  return {
    facts: due.map((c) => ({ type: 'chased', what: c.what, step: c.step, on: c.on!, ...(c.rung ? { rung: c.rung } : {}),
      ...(c.obstacle ? { obstacle: c.obstacle } : {}), ...(decidesBy(state, 3) && latest.includes(c)
        ? { told: c.to.map(({ to: position }) => position) } : {}) })),
    notices: latest.flatMap((c) => compose(state, now, c.draft, c.to)),
  };
};

const progress = (now: Instant) => (state: TaskState): Step => {
  const on = progressDay(state);
  if (on === undefined || decidesAt(state.seed.id, on) > now) return NOTHING;
  const draft = { kind: 'progress-request', discriminator: on, reason: 'continuous-row' } as const;
  return { facts: [{ type: 'progress-requested', on }], notices: compose(state, now, draft, [to(leadOf(state), 'officer', 'progress-request')]) };
};

/** At the calendar's edge the host unit is told, once; the task goes on by acts alone. */
const edge = (now: Instant) => (state: TaskState): Step => {
  const year = yearOf(lastDay(state.seed.calendar));
  if (state.calendarMissing || now < decidesAt(state.seed.id, lastDay(state.seed.calendar))) return NOTHING;
  const draft = { kind: 'calendar-missing', discriminator: String(year), reason: 'calendar-edge', facts: { year } } as const;
  return { facts: [{ type: 'calendar-ended', year }], notices: compose(state, now, draft, [to(state.seed.hostUnit, 'officer', 'calendar-missing')]) };
};

/**
 * Everything that time alone has brought by `now`, in order; nothing for a closed task or before the assignment. Pure and total: the same
 * state and instant give the same decision, and a second tick at the same instant gives nothing.
 */
export const tick = (state: TaskState, now: Instant): Decision => {
  if (isClosed(state.name) || now < assignedAt(state)) return { ok: true, events: [], notices: [] };
  const first = run(state, now, [assign(now)]);
  const current = first.events.reduce(evolve, state);
  const rungs = rungSteps(current, now, state.assignedOn === null);
  const played = run(current, now, rungs.map((step) => (s: TaskState) => withTold(s, step(s))));
  const sent = played.events.flatMap((e) => (e.type === 'rung' && e.outcome !== 'recorded' && e.outcome !== 'held' ? [e.key] : []));
  const released = (s: TaskState): Step => withTold(s, release(now, sent)(s));
  const rest = run(played.events.reduce(evolve, current), now, [released, chase(now), consult(now), monthly(now),
    progress(now), edge(now)]);
  return { ok: true, events: [...first.events, ...played.events, ...rest.events], notices: [...first.notices, ...played.notices, ...rest.notices] };
};

/** The next instant at which time alone changes something; null when only acts can. Always later than a `now` that was just ticked. */
export const nextWake = (state: TaskState): Instant | null => {
  if (isClosed(state.name)) return null;
  if (state.assignedOn === null) return assignedAt(state);
  const days = [
    ...[...acknowledgementRungs(state), ...mainRungs(state), ...occurrenceRungs(state)].map((r) => r.on),
    holdEndsOn(state), nextMonthly(state), progressDay(state), ...dueChasers(state).map((c) => c.on), ...consultationDays(state),
    state.calendarMissing ? undefined : lastDay(state.seed.calendar),
  ].filter((on) => on !== undefined);
  return days.length === 0 ? null : decidesAt(state.seed.id, days.reduce((a, b) => (a < b ? a : b)));
};

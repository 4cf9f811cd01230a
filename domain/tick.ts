import { addWorkingDays, lastDay, nextSendingTime, workingDayFrom, workingDaysBetween } from './calendar';
import { type Addressee, addressees, compose, to } from './compose';
import { evolve } from './evolve';
import type { Notice } from './notice';
import { acknowledgementRungs, decidesAt, holdEndsOn, mainKey, mainRungs, monthlyKey, nextMonthly, occurrenceRungs, type ScheduledRung } from './schedule';
import { coordinatingOf, type Decision, isClosed, leadOf, STATE_SCHEMA, type TaskEvent, type TaskState } from './task';
import { type CivilDate, dateAt, type Instant, yearOf } from './time';
import { dueChasers } from './waiting';
import { progressDay } from './continuous';

/** How late a wake may be before it is an outage: more working days than this and rungs are caught up, not played one by one. */
const LATE_WORKING_DAYS = 1;

/** Events without their number and time, which `append` gives them. */
type Fact = TaskEvent extends infer E ? (E extends TaskEvent ? Omit<E, 'seq' | 'at' | 'schema'> : never) : never;
type Step = { readonly facts: readonly Fact[]; readonly notices: readonly Notice[] };
const NOTHING: Step = { facts: [], notices: [] };

/** Collects steps: each is decided on the state that the ones before left. */
const run = (state: TaskState, now: Instant, steps: readonly ((s: TaskState) => Step)[]): Decision => {
  let current = state;
  const events: TaskEvent[] = [];
  const notices: Notice[] = [];
  for (const step of steps) {
    const { facts, notices: said } = step(current);
    for (const fact of facts) {
      const event = { ...fact, seq: current.seq + 1, at: now, schema: STATE_SCHEMA } as TaskEvent;
      events.push(event);
      current = evolve(current, event);
    }
    notices.push(...said);
  }
  return { ok: true, events, notices };
};

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

const fact = (r: ScheduledRung, outcome: 'sent' | 'held' | 'released' | 'caught-up' | 'recorded', reason: string): Fact => ({
  type: 'rung', key: r.key, rung: r.rung.id, on: r.on, outcome, reason, dueOn: r.dueOn, ...(r.milestone === undefined ? {} : { milestone: r.milestone }),
});

const label = (r: ScheduledRung): string => (r.milestone === undefined ? r.rung.id : `${r.milestone}:${r.rung.id}`);
const isOverdueRung = (r: ScheduledRung): boolean => r.milestone === undefined && r.rung.anchor === 'after';
const isLetter = (r: ScheduledRung): boolean => r.rung.letterTo.length > 0;

type Saying = { readonly reason: string; readonly passed?: readonly string[] };

const sayRung = (state: TaskState, now: Instant, r: ScheduledRung, { reason, passed }: Saying): Notice[] =>
  compose(state, now, {
    kind: r.rung.kind, discriminator: r.key, rung: r.rung.id, reason, ...(passed ? { passed } : {}),
    ...(r.milestone === undefined ? {} : { milestone: r.milestone, facts: { milestoneDueOn: r.dueOn! } }),
  }, addressees(state, r.rung.to));

/** Flags go to the supervisor as of right, even while a committed date makes the ladder silent. */
const sayFlag = (state: TaskState, now: Instant, r: ScheduledRung, { reason, passed }: Saying): Notice[] =>
  compose(state, now, { kind: 'overdue-flag', discriminator: r.key, rung: r.rung.id, reason, ...(passed ? { passed } : {}) }, addressees(state, r.rung.flags));

const isHeld = (state: TaskState, r: ScheduledRung): boolean =>
  state.hold !== null && isOverdueRung(r) && r.on <= state.hold.through && (state.hold.why === 'committed' || r.rung.id !== 'L1');

/** One rung on its day. */
const play = (now: Instant, key: string, passed?: readonly string[]) => (state: TaskState): Step => {
  const r = [...acknowledgementRungs(state), ...mainRungs(state), ...occurrenceRungs(state)].find((x) => x.key === key);
  if (r === undefined) return NOTHING;
  const flags = sayFlag(state, now, r, { reason: 'flag-as-of-right' });
  if (isHeld(state, r)) return { facts: [fact(r, 'held', `hold-${state.hold!.why}`)], notices: flags };
  const saying = passed === undefined ? { reason: 'rung-day' } : { reason: 'catch-up', passed: [...passed, label(r)] };
  return { facts: [fact(r, 'sent', 'rung-day')], notices: [...sayRung(state, now, r, saying), ...flags] };
};

/** While the task is with its supervisor or suspended, rungs are recorded and not sent. */
const record = (rungs: readonly ScheduledRung[], reason: string) => (): Step => ({ facts: rungs.map((r) => fact(r, 'recorded', reason)), notices: [] });

/**
 * Rungs that passed unseen (a late start, an outage): one notice per receiver of the highest rung up to L2, naming all; one flag likewise; letters
 * stand open without a draft sent: nothing above L2 leaves without a person's consent.
 */
const catchUp = (now: Instant, late: readonly ScheduledRung[], reason: string, isSpokenFor: boolean) => (state: TaskState): Step => {
  const main = late.filter((r) => r.milestone === undefined);
  const sayable = (main.length > 0 ? main : late).filter((r) => !isLetter(r));
  const highest = isSpokenFor ? undefined : sayable.at(-1);
  const flagged = main.filter((r) => r.rung.flags.length > 0).at(-1);
  const passed = late.map(label);
  const facts = late.map((r) => fact(r, 'caught-up', reason));
  return {
    facts,
    notices: [
      ...(highest ? sayRung(state, now, highest, { reason, passed }) : []),
      ...(flagged ? sayFlag(state, now, flagged, { reason, passed: main.filter(isOverdueRung).map(label) }) : []),
    ],
  };
};

const byDay = (a: ScheduledRung, b: ScheduledRung): number => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1);

/** The rungs that are due, oldest first: what is late is caught up together, what is on its day is played. */
const rungSteps = (state: TaskState, now: Instant, justAssigned: boolean): ((s: TaskState) => Step)[] => {
  const isDue = (r: ScheduledRung): boolean => decidesAt(state.seed.id, r.on) <= now;
  const due = [...occurrenceRungs(state), ...mainRungs(state)].filter(isDue).sort(byDay);
  const chase = acknowledgementRungs(state).filter(isDue);
  if (state.name === 'submitted' || state.name === 'suspended') return [record([...due, ...chase], state.name)];
  const isBefore = (r: ScheduledRung): boolean => justAssigned && r.on < state.assignedOn!;
  const isMissed = (r: ScheduledRung): boolean =>
    !isHeld(state, r) && (workingDaysBetween(state.seed.calendar, r.on, dateAt(now)) ?? 0) > LATE_WORKING_DAYS;
  const isStartLate = state.assignedOn! > (workingDayFrom(state.seed.calendar, state.seed.issuedOn) ?? state.seed.issuedOn);
  const before = due.filter(isBefore);
  const silent = isStartLate ? [] : before;
  const punctual = due.filter((r) => !isBefore(r) && !isMissed(r));
  const speakers = punctual.filter((r) => r.milestone === undefined && !isLetter(r) && !isHeld(state, r));
  const speaker = speakers.at(-1);
  const isOvertaken = (r: ScheduledRung): boolean => r !== speaker && speakers.includes(r);
  const late = due.filter((r) => (isBefore(r) ? isStartLate : isMissed(r) || isOvertaken(r)));
  const onDay = punctual.filter((r) => !isOvertaken(r));
  const lateChase = chase.filter(isMissed);
  return [
    record(silent, 'before-assignment'),
    ...(late.length === 0 ? [] : [catchUp(now, late, isStartLate && justAssigned ? 'late-start' : 'outage', speaker !== undefined)]),
    ...(lateChase.length === 0 ? [] : [catchUp(now, lateChase, 'outage', false)]),
    ...onDay.concat(chase.filter((r) => !lateChase.includes(r))).map((r) => play(now, r.key, r === speaker && late.length > 0 ? late.map(label) : undefined)),
  ];
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
  const latest = due.filter((c, i) => !due.slice(i + 1).some((d) => d.what === c.what && d.rung === c.rung));
  return {
    facts: due.map((c) => ({ type: 'chased', what: c.what, step: c.step, on: c.on!, ...(c.rung ? { rung: c.rung } : {}) })),
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
  const played = run(current, now, rungs);
  const sent = played.events.flatMap((e) => (e.type === 'rung' && e.outcome !== 'recorded' && e.outcome !== 'held' ? [e.key] : []));
  const rest = run(played.events.reduce(evolve, current), now, [release(now, sent), chase(now), monthly(now), progress(now), edge(now)]);
  return { ok: true, events: [...first.events, ...played.events, ...rest.events], notices: [...first.notices, ...played.notices, ...rest.notices] };
};

/** The next instant at which time alone changes something; null when only acts can. Always later than a `now` that was just ticked. */
export const nextWake = (state: TaskState): Instant | null => {
  if (isClosed(state.name)) return null;
  if (state.assignedOn === null) return assignedAt(state);
  const days = [
    ...[...acknowledgementRungs(state), ...mainRungs(state), ...occurrenceRungs(state)].map((r) => r.on),
    holdEndsOn(state), nextMonthly(state), progressDay(state), ...dueChasers(state).map((c) => c.on),
    state.calendarMissing ? undefined : lastDay(state.seed.calendar),
  ].filter((on) => on !== undefined);
  return days.length === 0 ? null : decidesAt(state.seed.id, days.reduce((a, b) => (a < b ? a : b)));
};

import { addWorkingDays } from './calendar';
import { type Addressee, compose, to } from './compose';
import { openConsultation, pendingOf } from './consultation';
import { effectiveDue, isPastDue, reminderAnchor } from './deadline';
import type { Consultation, Consulted, Silence } from './matters';
import type { Notice, NoticeFacts, NoticeKind } from './notice';
import { decidesAt } from './schedule';
import { type Fact, NOTHING, type Step } from './step';
import { leadOf, type TaskState } from './task';
import { type CivilDate, dateAt, type Instant } from './time';

/** The clock of a unit's answer (docs/domain.md, "Consultation"): working days from its date.. */
const STEPS = [
  { workingDays: -3, kind: 'consultation-due-soon' }, { workingDays: -1, kind: 'consultation-due-soon' },
  { workingDays: 1, kind: 'consultation-missed' }, { workingDays: 3, kind: 'consultation-missed' },
] as const satisfies readonly { readonly workingDays: number; readonly kind: NoticeKind }[];
export const CLOSES_AFTER_WORKING_DAYS = 5;
const TOLD_WORKING_DAYS = -3;

const dayFrom = ({ seed: { calendar } }: TaskState, dueOn: CivilDate, workingDays: number): CivilDate | undefined =>
  addWorkingDays(calendar, workingDays < 0 ? reminderAnchor(calendar, dueOn) : effectiveDue(calendar, dueOn), workingDays);

/** `step` from 1. */
type UnitStep = { readonly unit: Consulted; readonly step: number; readonly on: CivilDate };
/** Being told that one is late is escalation: a body outside the province's line is reminded before its date and never after. */
const isForbidden = ({ seed }: TaskState, { unit }: Consulted, workingDays: number): boolean => workingDays > 0 && seed.externalUnits?.includes(unit) === true;

const stepsOf = (state: TaskState, unit: Consulted): UnitStep[] =>
  STEPS.flatMap(({ workingDays }, i) => {
    const on = dayFrom(state, unit.dueOn, workingDays);
    return i + 1 <= unit.chased || isForbidden(state, unit, workingDays) || on === undefined || on <= unit.since ? [] : [{ unit, step: i + 1, on }];
  });

/** The next reminder of a unit that owes an answer; undefined where none is left, or none is owed. */
export const nextInputStep = (state: TaskState, unit: string): { readonly on: CivilDate; readonly isLate: boolean } | undefined => {
  const c = openConsultation(state);
  const own = c && pendingOf(state, c).find((u) => u.unit === unit);
  const next = own && stepsOf(state, own)[0];
  return next && { on: next.on, isLate: (STEPS[next.step - 1]?.workingDays ?? 0) > 0 };
};

/** The day on which silence is recorded: five working days after the last date that is still owed, and never a day that an answer has overtaken. */
export const closesOn = (state: TaskState, c: Consultation): CivilDate | undefined => {
  const last = [c.dueOn, ...pendingOf(state, c).map((u) => u.dueOn)].reduce((a, b) => (a > b ? a : b));
  const on = dayFrom(state, last, CLOSES_AFTER_WORKING_DAYS);
  return on === undefined || on > c.movedOn ? on : addWorkingDays(state.seed.calendar, c.movedOn, 1);
};

const toldOn = (state: TaskState, c: Consultation): CivilDate | undefined => {
  const on = dayFrom(state, c.dueOn, TOLD_WORKING_DAYS);
  return c.isTold || on === undefined || on <= c.since ? undefined : on;
};

/** How every unit that owes an answer is recorded when the consultation ends on a day. */
export const silenceOn = (state: TaskState, c: Consultation, on: CivilDate): Silence =>
  Object.fromEntries(pendingOf(state, c).map((u) => [u.unit, isPastDue(state.seed.calendar, u.dueOn, on) ? 'deemed' : 'closed-early']));

/** The facts that every notice of a consultation carries. */
export const consultationFacts = (state: TaskState, c: Consultation, unit?: Consulted): Partial<NoticeFacts> => {
  const closes = unit === undefined ? closesOn(state, c) : dayFrom(state, unit.dueOn, CLOSES_AFTER_WORKING_DAYS);
  return {
    consultation: c.no, inputDueOn: unit?.dueOn ?? c.dueOn, ...(closes ? { closesOn: closes } : {}), ...(unit ? { unit: unit.unit } : {}),
    ...(c.document ? { document: c.document } : {}), ...(c.file ? { file: c.file } : {}), texts: { subject: c.subject, ...(c.link ? { link: c.link } : {}) },
  };
};

/** What came, what came late, what did not: for the lead. */
export const statusFacts = (state: TaskState, c: Consultation): Partial<NoticeFacts> => ({
  ...consultationFacts(state, c), received: c.units.flatMap((u) => (u.input ? [u.unit] : [])), late: c.units.flatMap((u) => (u.input?.isLate ? [u.unit] : [])),
  missing: pendingOf(state, c).map((u) => u.unit),
});

const tell = (state: TaskState, now: Instant, c: Consultation, isConsultationClosed: boolean): Notice[] =>
  compose(state, now, {
    kind: 'inputs-status', discriminator: `${c.no}:${isConsultationClosed ? 'closed' : 'open'}`, reason: isConsultationClosed ? 'consultation-closed'
      : 'consultation-clock',
    facts: { ...statusFacts(state, c), isConsultationClosed },
  }, [to(leadOf(state), 'officer', 'inputs-status')]);

const remind = (state: TaskState, now: Instant, c: Consultation, { unit, step }: UnitStep): Notice[] => {
  const { kind, workingDays } = STEPS[step - 1]!;
  const receivers: Addressee[] = [to(unit.unit, 'officer', kind), ...(kind === 'consultation-missed' ? [to(unit.unit, 'leader', kind)] : [])];
  const facts = { ...consultationFacts(state, c, unit), workingDays: Math.abs(workingDays) };
  const day = `${workingDays > 0 ? '+' : ''}${workingDays}`;
  return compose(state, now, { kind, discriminator: `${c.no}:${unit.dueOn}:${day}`, reason: 'consultation-clock', facts }, receivers);
};

/** One event for all units whose step falls on one day. */
const chasedFacts = (no: number, due: readonly UnitStep[]): Fact[] => {
  const groups = [...new Set(due.map((d) => `${d.on} ${d.step}`))].sort();
  return groups.map((group) => {
    const same = due.filter((d) => `${d.on} ${d.step}` === group);
    return { type: 'inputs-chased', no, step: same[0]!.step, on: same[0]!.on, units: same.map((d) => d.unit.unit) };
  });
};

/** What the clock of the open consultation has brought: of several steps that passed unseen a unit hears the last one only. */
export const consult = (now: Instant) => (state: TaskState): Step => {
  const c = openConsultation(state);
  if (c === undefined || state.name === 'suspended') return NOTHING;
  const isDue = (on: CivilDate | undefined): on is CivilDate => on !== undefined && decidesAt(state.seed.id, on) <= now;
  const closing = closesOn(state, c);
  if (isDue(closing)) {
    return { facts: [{ type: 'consultation-closed', no: c.no, on: closing, silence: silenceOn(state, c, dateAt(now)) }], notices: tell(state, now, c, true) };
  }
  const due = pendingOf(state, c).flatMap((u) => stepsOf(state, u).filter((s) => isDue(s.on)));
  const latest = due.filter((d, i) => due[i + 1]?.unit !== d.unit);
  const told = toldOn(state, c);
  return {
    facts: [...chasedFacts(c.no, due), ...(isDue(told) ? [{ type: 'inputs-told', no: c.no, on: told } as const] : [])],
    notices: [...latest.flatMap((d) => remind(state, now, c, d)), ...(isDue(told) ? tell(state, now, c, false) : [])],
  };
};

/** The days on which the clock of the open consultation brings something. */
export const consultationDays = (state: TaskState): (CivilDate | undefined)[] => {
  const c = openConsultation(state);
  if (c === undefined || state.name === 'suspended') return [];
  return [closesOn(state, c), toldOn(state, c), ...pendingOf(state, c).flatMap((u) => stepsOf(state, u).map((s) => s.on))];
};

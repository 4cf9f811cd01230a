import {
  onConsultationClosed, onInput, onInputsChased, onInputsTold, onInputUndone, onOpened, onResponse, restartConsultation,
} from './consultation';
import { afterPaper, onDocument } from './documents';
import { onExtensionRequested, onOpinion } from './extension';
import type { Waiting } from './matters';
import { onObstacle, onRaised } from './obstacles';
import type { ActedEvent, OpenLetter, TaskEvent, TaskSeed, TaskState } from './task';
import { coordinatingOf, leadOf, RULES, STATE_SCHEMA } from './task';
import { addDays, type CivilDate, dateAt } from './time';
import { addTold, afterAct } from './told';

/** How many past decisions a task remembers, to tell a loser who was faster. */
const RECENT = 40;

/** What schema 2 brought, before anything of it has happened. */
export const NO_REQUESTS = { consultations: [], extension: null, extensionCount: 0, obstacles: [], eventOn: null, acknowledgement: null } as const;

/** What schema 3 brought. */
export const NOTHING_TOLD = { told: [], undocumented: [] } as const;

/** The state before the first event, to be decided on by rules of a version. */
export const initialState = (seed: TaskSeed, rules = RULES): TaskState => ({
  schema: STATE_SCHEMA, rules, seed, seq: 0, name: 'assigned', supervisor: seed.supervisor, timing: seed.spec.timing,
  leads: [{ unit: seed.spec.lead, from: seed.issuedOn }],
  coordinators: seed.spec.coordinating.map((unit) => ({ unit, from: seed.issuedOn })),
  startsOn: seed.spec.startsOn, dueOn: seed.spec.dueOn, dueOriginalOn: seed.spec.dueOn, occurrences: seed.spec.milestones,
  passed: [], assignedOn: null, acknowledgeSince: null, acknowledgedOn: null, rejected: null, returned: null, prepared: null, submission: null,
  letters: [], hold: null, commitUsed: false, suspended: null, completedOn: null, workingDaysLate: null, everOverdue: false,
  calendarMissing: false, monthlyOn: null, progressOn: null, ...NO_REQUESTS, ...NOTHING_TOLD, recent: [],
});

const LETTER_RUNGS: readonly string[] = ['L3', 'L4'];

const letterOf = (event: Extract<TaskEvent, { type: 'rung' }>): OpenLetter[] =>
  event.milestone === undefined && LETTER_RUNGS.includes(event.rung) && event.dueOn !== null && ['sent', 'released', 'caught-up'].includes(event.outcome)
    ? [{ rung: event.rung as OpenLetter['rung'], since: event.on, dueOn: event.dueOn, isChased: event.outcome !== 'caught-up', chased: 0 }]
    : [];

const isSaidOverdue = ({ milestone, rung, outcome }: Extract<TaskEvent, { type: 'rung' }>): boolean =>
  milestone === undefined && (rung === 'L1' || rung === 'L2') && outcome !== 'recorded' && outcome !== 'held';

const onRung = (state: TaskState, event: Extract<TaskEvent, { type: 'rung' }>): TaskState => ({
  ...state,
  passed: state.passed.includes(event.key) ? state.passed : [...state.passed, event.key],
  letters: [...state.letters, ...letterOf(event)],
  ...(isSaidOverdue(event) ? { said: { key: event.key, rung: event.rung, at: event.at } } : {}),
  hold: event.outcome === 'held' && state.hold ? { ...state.hold, held: [...state.hold.held, event.rung] } : state.hold,
  everOverdue: state.everOverdue || (event.milestone === undefined && event.rung.startsWith('L') && event.outcome !== 'recorded'),
  monthlyOn: event.rung === 'LM' ? event.on : state.monthlyOn,
});

const chased = <T extends { readonly chased: number }>(waiting: T | null, step: number): T | null => (waiting === null ? null : { ...waiting, chased: step });

const onChased = (state: TaskState, event: Extract<TaskEvent, { type: 'chased' }>): TaskState => {
  switch (event.what) {
    case 'submission': return { ...state, submission: chased(state.submission, event.step) };
    case 'prepared': return { ...state, prepared: chased(state.prepared, event.step) };
    case 'assignment': return { ...state, rejected: chased(state.rejected, event.step) };
    case 'letter': return { ...state, letters: state.letters.map((l) => (l.rung === event.rung ? { ...l, chased: event.step } : l)) };
    case 'extension': return { ...state, extension: chased(state.extension, event.step) };
    case 'obstacle': return { ...state, obstacles: state.obstacles.map((o) => (o.no === event.obstacle ? { ...o, chased: event.step } : o)) };
  }
};

/** What every act does from its computed result: state, dates, passed rungs. A new due date ends the letters and the hold of the old one, where the act does not say that they go on. */
const withResult = (state: TaskState, event: ActedEvent): TaskState => {
  const { result } = event;
  const moved = result.dueOn !== undefined && result.dueOn !== state.dueOn;
  return {
    ...state,
    name: result.state ?? state.name,
    dueOn: result.dueOn ?? state.dueOn,
    dueOriginalOn: state.dueOriginalOn ?? result.dueOn ?? null,
    startsOn: result.startsOn ?? state.startsOn,
    passed: result.passed ? [...state.passed, ...result.passed] : state.passed,
    completedOn: result.completedOn ?? state.completedOn,
    workingDaysLate: result.workingDaysLate ?? state.workingDaysLate,
    everOverdue: state.everOverdue || result.everOverdue === true,
    letters: result.letters ?? (moved ? [] : state.letters),
    hold: result.hold === undefined ? (moved ? null : state.hold) : result.hold,
    occurrences: state.occurrences.map((o) => ({ ...o, dueOn: result.milestonesDue?.[o.label] ?? o.dueOn })),
    monthlyOn: moved ? dateAt(event.at) : state.monthlyOn,
    recent: [...state.recent, { act: event.act, by: event.actor.by, at: event.at, seq: event.seq, ...(event.actor.nonce === undefined ? {} : { nonce: event.actor.nonce }) }].slice(-RECENT),
  };
};

/** After a pause the clocks of whoever must decide begin again: no wait that passed meanwhile is held against anybody. */
const restartClocks = (state: TaskState, on: CivilDate): TaskState => {
  const again = <T extends Waiting>(waiting: T | null): T | null => (waiting === null ? null : { ...waiting, since: on, chased: 0 });
  return {
    ...state, submission: again(state.submission), prepared: again(state.prepared), rejected: again(state.rejected), extension: again(state.extension),
    obstacles: state.obstacles.map((o) => ({ ...o, since: on, chased: 0 })),
    letters: state.letters.map((letter) => ({ ...letter, since: on, chased: 0 })), progressOn: on,
  };
};

const onReturn = (state: TaskState, event: Extract<ActedEvent, { act: 'return' }>): TaskState => {
  const on = dateAt(event.at);
  if (state.submission === null) return { ...state, rejected: null, acknowledgeSince: on, hold: state.hold && { ...state.hold, through: on } };
  return restartClocks({ ...state, submission: null, returned: { on, correctBy: event.fields.correctBy ?? null } }, on);
};

const onReassign = (state: TaskState, event: Extract<ActedEvent, { act: 'reassign' }>): TaskState => {
  const on = dateAt(event.at);
  const { lead, document } = event.fields;
  return {
    ...restartConsultation(state, on, {}),
    leads: [...state.leads.slice(0, -1), { ...state.leads.at(-1)!, to: addDays(on, -1) }, { unit: lead, from: on, document }],
    coordinators: state.coordinators.map((c) => (c.unit === lead && c.to === undefined ? { ...c, to: addDays(on, -1) } : c)),
    supervisor: lead === state.seed.hostUnit ? state.seed.authorityOffice : state.seed.hostUnit,
    acknowledgeSince: on, acknowledgedOn: null, rejected: null, returned: null, prepared: null, hold: null, extension: null, acknowledgement: null,
  };
};

const onAmend = (state: TaskState, event: Extract<ActedEvent, { act: 'amend' }>): TaskState => {
  const { value } = event.fields;
  if (!('coordinating' in value)) return state;
  const on = dateAt(event.at);
  const kept = state.coordinators.map((c) => (c.to === undefined && !value.coordinating.includes(c.unit) ? { ...c, to: addDays(on, -1) } : c));
  const added = value.coordinating.filter((unit) => !coordinatingOf(state).includes(unit) && unit !== leadOf(state));
  return { ...state, coordinators: [...kept, ...added.map((unit) => ({ unit, from: on }))] };
};

const onReport = (state: TaskState, event: Extract<ActedEvent, { act: 'report-progress' }>): TaskState => {
  const { commitTo, milestone } = event.fields;
  const on = dateAt(event.at);
  return {
    ...state,
    occurrences: state.occurrences.map((o) => (o.label === milestone ? { ...o, closedOn: on } : o)),
    ...(commitTo === undefined ? {} : { commitUsed: true, hold: { why: 'committed', through: commitTo, held: [...state.hold?.held ?? [], ...event.result.held ?? []] } as const }),
  };
};

const onSubmit = (state: TaskState, event: Extract<ActedEvent, { act: 'submit' }>): TaskState => {
  const on = dateAt(event.effectiveAt);
  const document = event.fields.document ?? (state.prepared?.of === 'submit' ? state.prepared.document : undefined);
  return {
    ...state, prepared: null, returned: null, hold: null, rejected: null, acknowledgeSince: null, acknowledgedOn: state.acknowledgedOn ?? on,
    submission: {
      on, at: event.at, seq: event.seq, since: dateAt(event.at), chased: 0, by: event.actor.by as `${string}/leader`,
      ...(document ? { document } : {}),
    },
  };
};

const onAcknowledged = (state: TaskState, { at, actor }: Extract<ActedEvent, { act: 'acknowledge' }>): TaskState => ({
  ...state, acknowledgedOn: dateAt(at), acknowledgeSince: null, rejected: null,
  acknowledgement: { at, by: actor.by, ...(actor.person ? { person: actor.person } : {}), since: state.acknowledgeSince, rejected: state.rejected },
});

const onUnacknowledged = (state: TaskState): TaskState => ({
  ...state, acknowledgedOn: null, acknowledgement: null, acknowledgeSince: state.acknowledgement?.since ?? null,
  rejected: state.acknowledgement?.rejected ?? null,
});

const onActed = (before: TaskState, event: ActedEvent): TaskState => {
  const state = withResult(before, event);
  const on = dateAt(event.at);
  switch (event.act) {
    case 'acknowledge': return onAcknowledged(state, event);
    case 'reject-assignment':
      return {
        ...state, acknowledgeSince: null, rejected: { since: on, chased: 0, by: event.actor.by as `${string}/officer` },
        hold: event.result.holdThrough ? { why: 'assignment-rejected', through: event.result.holdThrough, held: state.hold?.held ?? [] } : state.hold,
      };
    case 'report-progress': return onReport(state, event);
    case 'prepare': return { ...state, prepared: { ...event.fields, since: on, chased: 0, by: event.actor.by as `${string}/officer` } };
    case 'submit': return onSubmit(state, event);
    case 'confirm': return { ...state, submission: null, letters: [] };
    case 'return': return onReturn(state, event);
    case 'reassign': return onReassign(state, event);
    case 'amend': return onAmend(state, event);
    case 'approve-letter': case 'reject-letter': return { ...state, letters: state.letters.filter((l) => l.rung !== event.result.letter) };
    case 'suspend': return { ...state, suspended: { on, from: before.name as 'assigned' | 'in_progress' | 'submitted' } };
    case 'resume': return restartClocks(restartConsultation({ ...state, suspended: null }, on, event.result), on);
    case 'grant-extension': return { ...state, extension: null, extensionCount: state.extensionCount + 1 };
    case 'refuse-extension': return { ...state, extension: null };
    case 'request-extension': return onExtensionRequested(state, event);
    case 'give-opinion': return onOpinion(state, event);
    case 'open-consultation': return onOpened(state, event);
    case 'give-input': return onInput(state, event);
    case 'respond-to-input': return onResponse(state, event);
    case 'close-consultation': return onConsultationClosed(state, event.result.consultation, on, event.seq, event.result.silence);
    case 'raise-obstacle': return onRaised(state, event);
    case 'acknowledge-obstacle': case 'consolidate-obstacle': case 'decide-obstacle': return onObstacle(state, event);
    case 'enter-event': return { ...state, eventOn: event.fields.date };
    case 'undo': return event.result.undone === 'acknowledge' ? onUnacknowledged(state) : onInputUndone(state, event);
    case 'set-due-date': case 'discontinue': case 'merge': case 'carry-over': case 'remind': case 'delegate': case 'forward': return state;
    case 'enter-document': return onDocument(state, event.result, event.fields.document);
  }
};

/** The next state: total, never refuses; events were decided before. */
export const evolve = (before: TaskState, event: TaskEvent): TaskState => {
  const state: TaskState = { ...before, seq: event.seq };
  switch (event.type) {
    case 'assigned': return { ...state, assignedOn: event.on, acknowledgeSince: event.on };
    case 'rung': return addTold(onRung(state, event), event, event.told);
    case 'hold-ended': return { ...state, hold: null };
    case 'chased': return addTold(onChased(state, event), event, event.told);
    case 'progress-requested': return { ...state, progressOn: event.on };
    case 'calendar-ended': return { ...state, calendarMissing: true };
    case 'inputs-chased': return onInputsChased(state, event);
    case 'inputs-told': return onInputsTold(state, event.no);
    case 'consultation-closed': return onConsultationClosed(state, event.no, event.on, event.seq, event.silence);
    case 'acted': return afterPaper(state, afterAct(state, onActed(state, event), event), event);
  }
};

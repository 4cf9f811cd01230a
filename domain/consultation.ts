import type { ActFields } from './acts';
import type { Consultation, Consulted, Input, Silence } from './matters';
import type { UnitId } from './plan';
import { fileRef } from './refs';
import { type ActedEvent, leadOf, type TaskEvent, type TaskState } from './task';
import { type CivilDate, dateAt } from './time';

export const openConsultation = (state: TaskState): Consultation | undefined => state.consultations.find((c) => c.closed === null);
/** Units that still owe an answer; a unit that has become the lead owes none to itself. */
export const pendingOf = (state: TaskState, { units }: Consultation): readonly Consulted[] => units.filter((u) => u.input === null && u.unit !== leadOf(state));
export const consultedUnits = (state: TaskState): readonly UnitId[] => state.consultations.flatMap((c) => c.units.map((u) => u.unit));
/** The consultation that an answer of a unit belongs to: the open one, else the last one that asked it. */
export const consultationFor = (state: TaskState, unit: UnitId): Consultation | undefined => {
  const asked = state.consultations.filter((c) => c.units.some((u) => u.unit === unit));
  return asked.find((c) => c.closed === null) ?? asked.at(-1);
};

const change = (state: TaskState, no: number | undefined, next: (c: Consultation) => Consultation): TaskState =>
  ({ ...state, consultations: state.consultations.map((c) => (c.no === no ? next(c) : c)) });
const changeUnit = (state: TaskState, no: number | undefined, unit: UnitId, on: CivilDate, next: (u: Consulted) => Consulted): TaskState =>
  change(state, no, (c) => ({ ...c, movedOn: on, units: c.units.map((u) => (u.unit === unit ? next(u) : u)) }));

type Acted<A extends ActedEvent['act']> = Extract<ActedEvent, { act: A }>;
const unitBy = (event: ActedEvent): UnitId => event.actor.by.slice(0, event.actor.by.lastIndexOf('/'));

export const onOpened = (state: TaskState, { fields, result, at }: Acted<'open-consultation'>): TaskState => {
  const on = dateAt(at);
  const { subject, document, link, file } = fields;
  const units = Object.entries(result.inputsDue ?? {}).map(([unit, dueOn]): Consulted =>
    ({ unit, dueOn, since: on, chased: 0, hasMoreTime: false, input: null, silence: null, undo: null }));
  const opened: Consultation = {
    no: result.consultation ?? 0, openedOn: on, subject, ...(document ? { document } : {}), ...(link ? { link } : {}), ...(file ? { file: fileRef(file) } : {}),
    dueOn: result.consultationDueOn ?? on, units, since: on, isTold: false, movedOn: on, closed: null,
  };
  return { ...state, consultations: [...state.consultations, opened] };
};

const inputOf = ({ answer, text }: ActFields['give-input'], event: Acted<'give-input'>): Input | null =>
  answer === 'ask-more-time' ? null : {
    answer, on: dateAt(event.effectiveAt), by: event.actor.by, isLate: event.result.isLateInput === true, ...(text ? { text } : {}), response: null,
  };

export const onInput = (state: TaskState, event: Acted<'give-input'>): TaskState => {
  const { fields, actor, at, result } = event;
  const on = dateAt(at);
  return changeUnit(state, result.consultation, unitBy(event), on, (u) => ({
    ...u, input: inputOf(fields, event),
    undo: { at, by: actor.by, ...(actor.person ? { person: actor.person } : {}), before: { dueOn: u.dueOn, chased: u.chased, hasMoreTime: u.hasMoreTime } },
    ...(fields.answer === 'ask-more-time' ? { dueOn: fields.dueOn ?? u.dueOn, hasMoreTime: true, since: on, chased: 0 } : {}),
  }));
};

export const onInputUndone = (state: TaskState, event: Acted<'undo'>): TaskState => {
  const on = dateAt(event.at);
  return changeUnit(state, event.result.consultation, unitBy(event), on, (u) => ({ ...u, ...u.undo?.before, input: null, since: on, undo: null }));
};

export const onResponse = (state: TaskState, { fields: { unit, taken, text }, result, at }: Acted<'respond-to-input'>): TaskState =>
  change(state, result.consultation, (c) => ({
    ...c, units: c.units.map((u) => (u.unit === unit && u.input ? { ...u, input: { ...u.input, response: { taken, text, on: dateAt(at) } } } : u)),
  }));

export const onConsultationClosed = (state: TaskState, no: number | undefined, on: CivilDate, seq: number, silence: Silence = {}): TaskState =>
  change(state, no, (c) => ({ ...c, closed: { on, seq }, units: c.units.map((u) => ({ ...u, silence: silence[u.unit] ?? null })) }));

export const onInputsChased = (state: TaskState, { no, step, units }: Extract<TaskEvent, { type: 'inputs-chased' }>): TaskState =>
  change(state, no, (c) => ({ ...c, units: c.units.map((u) => (units.includes(u.unit) ? { ...u, chased: Math.max(u.chased, step) } : u)) }));
export const onInputsTold = (state: TaskState, no: number): TaskState => change(state, no, (c) => ({ ...c, isTold: true }));

/** After a pause, or under a new lead, nothing that passed meanwhile is held against anybody; dates move where the decision says so. */
export const restartConsultation = (state: TaskState, on: CivilDate, { inputsDue, consultationDueOn }: ActedEvent['result']): TaskState =>
  change(state, openConsultation(state)?.no, (c) => ({
    ...c, since: on, movedOn: on, dueOn: consultationDueOn ?? c.dueOn, units: c.units.map((u) => ({ ...u, since: on, dueOn: inputsDue?.[u.unit] ?? u.dueOn })),
  }));

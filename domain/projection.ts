import { openConsultation, pendingOf } from './consultation';
import { closesOn } from './consultation-clock';
import { effectiveDue } from './deadline';
import { awaitsOf } from './extension';
import type { Consultation } from './matters';
import { openObstacles } from './obstacles';
import { mainRungs } from './schedule';
import { coordinatingOf, isClosed, leadOf, type TaskProjection, type TaskState } from './task';
import { nextWake } from './tick';

/** Counts of the open consultation, else of the last one. */
const inputsOf = (state: TaskState) => {
  const open = openConsultation(state);
  const shown: Consultation | undefined = open ?? state.consultations.at(-1);
  const inputs = shown?.units.flatMap((u) => (u.input ? [u.input] : [])) ?? [];
  return {
    consultationNo: open?.no ?? null, consultationDueOn: open?.dueOn ?? null, consultationClosesOn: (open && closesOn(state, open)) ?? null,
    inputsAsked: shown?.units.length ?? 0, inputsReceived: inputs.length, inputsLate: inputs.filter((i) => i.isLate).length,
    pendingInputs: shown === undefined ? [] : pendingOf(state, shown).map(({ unit, dueOn }) => ({ unit, dueOn })),
  };
};

const extensionOf = ({ extension, ...state }: TaskState) => ({
  extensionAwaits: extension === null ? null : awaitsOf({ extension, ...state }, extension), extensionTo: extension?.to ?? null,
  extensionSince: extension?.since ?? null,
  extensionCount: state.extensionCount,
});

/** The flat row that board, lists and the check before sending read; derived from the state alone. */
export const projectionOf = (state: TaskState): TaskProjection => {
  const next = isClosed(state.name) || state.name === 'suspended' || state.name === 'submitted' ? undefined : mainRungs(state).sort((a, b) => (a.on < b.on ? -1 : 1))[0];
  return {
    task: state.seed.id, plan: state.seed.plan, seq: state.seq, state: state.name, lead: leadOf(state), coordinating: coordinatingOf(state),
    supervisor: state.supervisor, startsOn: state.startsOn, dueOn: state.dueOn, dueOriginalOn: state.dueOriginalOn,
    effectiveDueOn: state.dueOn === null ? null : effectiveDue(state.seed.calendar, state.dueOn),
    assignedOn: state.assignedOn, acknowledgedOn: state.acknowledgedOn, submittedOn: state.submission?.on ?? null, completedOn: state.completedOn,
    workingDaysLate: state.workingDaysLate, everOverdue: state.everOverdue, isRejected: state.rejected !== null, isReturned: state.returned !== null,
    isPrepared: state.prepared !== null, preparedOf: state.prepared?.of ?? null, openLetters: state.letters.map((l) => l.rung),
    closedMilestones: state.occurrences.filter((o) => o.closedOn !== undefined).map((o) => o.label),
    ...inputsOf(state), ...extensionOf(state), openObstacles: openObstacles(state).map(({ no, unit, state: at, raisedOn }) =>
      ({ no, unit, state: at, raisedOn })),
    undocumented: [...new Set(state.undocumented.map((u) => u.unit))],
    holdThrough: state.hold?.through ?? null, holdWhy: state.hold?.why ?? null, heldRungs: state.hold?.held ?? [],
    nextRung: next?.rung.id ?? null, nextRungOn: next?.on ?? null, nextWakeAt: nextWake(state),
  };
};

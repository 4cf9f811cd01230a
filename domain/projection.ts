import { effectiveDue } from './deadline';
import { mainRungs } from './schedule';
import { coordinatingOf, isClosed, leadOf, type TaskProjection, type TaskState } from './task';
import { nextWake } from './tick';

/** The flat row that board, lists and the check before sending read; derived from the state alone. */
export const projectionOf = (state: TaskState): TaskProjection => {
  const next = isClosed(state.name) || state.name === 'suspended' || state.name === 'submitted' ? undefined : mainRungs(state).sort((a, b) => (a.on < b.on ? -1 : 1))[0];
  return {
    task: state.seed.id, plan: state.seed.plan, seq: state.seq, state: state.name, lead: leadOf(state), coordinating: coordinatingOf(state),
    supervisor: state.supervisor, startsOn: state.startsOn, dueOn: state.dueOn, dueOriginalOn: state.dueOriginalOn,
    effectiveDueOn: state.dueOn === null ? null : effectiveDue(state.seed.calendar, state.dueOn),
    assignedOn: state.assignedOn, acknowledgedOn: state.acknowledgedOn, submittedOn: state.submission?.on ?? null, completedOn: state.completedOn,
    workingDaysLate: state.workingDaysLate, everOverdue: state.everOverdue, isRejected: state.rejected !== null, isReturned: state.returned !== null,
    isPrepared: state.prepared !== null, openLetters: state.letters.map((l) => l.rung),
    closedMilestones: state.occurrences.filter((o) => o.closedOn !== undefined).map((o) => o.label),
    holdThrough: state.hold?.through ?? null, nextRung: next?.rung.id ?? null, nextRungOn: next?.on ?? null, nextWakeAt: nextWake(state),
  };
};

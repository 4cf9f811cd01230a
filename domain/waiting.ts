import { addWorkingDays } from './calendar';
import { type Addressee, type Draft, to } from './compose';
import { leadOf, type TaskState, type Waiting } from './task';
import type { CivilDate } from './time';

/** A decision that somebody owes: reminded at +3 working days, told to that unit's leader at +5 (docs/domain.md, "The approver's clock"). */
const STEPS = [3, 5] as const;

export type Chaser = {
  readonly what: 'letter' | 'assignment' | 'submission' | 'prepared';
  readonly rung?: 'L3' | 'L4';
  /** 1 or 2. */
  readonly step: number;
  /** Undefined beyond the calendar. */
  readonly on: CivilDate | undefined;
  readonly draft: Draft;
  readonly to: readonly Addressee[];
};

type Waits = Pick<Waiting, 'since' | 'chased'>;

const chasers = (state: TaskState, what: Chaser['what'], waits: Waits | null, receivers: readonly ((steps: number) => Addressee)[], rung?: 'L3' | 'L4'): Chaser[] => {
  if (waits === null) return [];
  const kind = what === 'submission' || what === 'prepared' ? 'approval-late' : 'decision-late';
  return receivers.flatMap((receiver, i) => {
    const step = i + 1;
    if (step <= waits.chased) return [];
    const discriminator = [what, rung, waits.since, `+${STEPS[i]}`].filter(Boolean).join(':');
    const draft: Draft = { kind, discriminator, reason: 'approver-clock', facts: { waiting: what, waitingSince: waits.since }, ...(rung ? { rung } : {}) };
    return [{ what, step, on: addWorkingDays(state.seed.calendar, waits.since, STEPS[i]!), draft, to: [receiver(step)], ...(rung ? { rung } : {}) }];
  });
};

/** The reminders that are still to come for whoever must decide; none while the task is suspended. */
export const dueChasers = (state: TaskState): Chaser[] => {
  if (state.name === 'suspended') return [];
  const officer = () => to(state.supervisor, 'officer', 'approval-late');
  const leader = () => to(state.supervisor, 'leader', 'approval-late');
  const leadLeader = () => to(leadOf(state), 'leader', 'approval-late');
  const letters = ['assigned', 'in_progress'].includes(state.name) ? state.letters.filter((l) => l.isChased) : [];
  return [
    ...chasers(state, 'submission', state.submission, [officer, leader]),
    ...chasers(state, 'prepared', state.prepared, [leadLeader]),
    ...chasers(state, 'assignment', state.rejected, [officer, leader]),
    ...letters.flatMap((letter) => chasers(state, 'letter', letter, [leader, leader], letter.rung)),
  ];
};

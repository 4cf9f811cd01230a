import { addWorkingDays } from './calendar';
import { type Addressee, type Draft, to } from './compose';
import { awaitsOf, decidingUnit } from './extension';
import type { Obstacle, Waiting, WaitingFor } from './matters';
import { obstacleFacts } from './obstacles';
import { leadOf, type TaskState } from './task';
import type { CivilDate } from './time';

/** A decision that somebody owes: reminded at +3 working days, told to that unit's leader at +5 (docs/domain.md, "The approver's clock"). */
const STEPS = [3, 5] as const;

export type Chaser = {
  readonly what: WaitingFor;
  readonly rung?: 'L3' | 'L4';
  readonly obstacle?: number;
  /** 1 or 2. */
  readonly step: number;
  /** Undefined beyond the calendar. */
  readonly on: CivilDate | undefined;
  readonly draft: Draft;
  readonly to: readonly Addressee[];
};

/** The host unit has 3 working days to acknowledge an obstacle and 10 to consolidate it: it is reminded on the day after. */
const OBSTACLE_STEPS = [4, 11] as const;

type Waits = Pick<Waiting, 'since' | 'chased'>;

const factsOf = (state: TaskState, what: WaitingFor): Draft['facts'] => {
  const { extension, prepared } = state;
  if (what === 'extension' && extension !== null) return { requestedOn: extension.to, awaits: awaitsOf(state, extension) };
  return what === 'prepared' && prepared !== null ? { of: prepared.of } : {};
};

const extensionChasers = (state: TaskState): Chaser[] => {
  const { extension } = state;
  if (extension === null) return [];
  const unit = decidingUnit(state, awaitsOf(state, extension));
  return chasers(state, 'extension', extension, [() => to(unit, 'officer', 'decision-late'), () => to(unit, 'leader', 'decision-late')]);
};

/** What has not been acknowledged is asked for on the fourth day, what has not been consolidated on the eleventh, the leader told as well. */
const obstacleChasers = (state: TaskState, o: Obstacle): Chaser[] =>
  OBSTACLE_STEPS.flatMap((days, i) => {
    const step = i + 1;
    if (step <= o.chased || (step === 1 ? o.state !== 'raised' : o.state !== 'raised' && o.state !== 'acknowledged')) return [];
    const { hostUnit, calendar } = state.seed;
    const draft: Draft = {
      kind: 'decision-late', discriminator: `obstacle:${o.no}:${o.since}:+${days}`, reason: 'approver-clock',
      facts: { waiting: 'obstacle', waitingSince: o.since, ...obstacleFacts(o, step === 1 ? 'raised' : 'acknowledged') },
    };
    const receivers = [to(hostUnit, 'officer', 'decision-late'), ...(step === 2 ? [to(hostUnit, 'leader', 'decision-late')] : [])];
    return [{ what: 'obstacle', obstacle: o.no, step, on: addWorkingDays(calendar, o.since, days), draft, to: receivers }];
  });

const chasers = (state: TaskState, what: Chaser['what'], waits: Waits | null, receivers: readonly ((steps: number) => Addressee)[], rung?: 'L3' | 'L4'): Chaser[] => {
  if (waits === null) return [];
  const kind = what === 'submission' || what === 'prepared' ? 'approval-late' : 'decision-late';
  return receivers.flatMap((receiver, i) => {
    const step = i + 1;
    if (step <= waits.chased) return [];
    const discriminator = [what, rung, waits.since, `+${STEPS[i]}`].filter(Boolean).join(':');
    const draft: Draft = { kind, discriminator, reason: 'approver-clock', facts: { waiting: what, waitingSince: waits.since, ...factsOf(state, what) },
      ...(rung ? { rung } : {}) };
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
    ...extensionChasers(state), ...state.obstacles.flatMap((o) => obstacleChasers(state, o)),
  ];
};

import { workingDayFrom, workingDaysBetween } from './calendar';
import { addressees, compose } from './compose';
import type { Notice, NoticeFacts } from './notice';
import { acknowledgementRungs, decidesAt, mainRungs, occurrenceRungs, type ScheduledRung } from './schedule';
import { type Fact, NOTHING, type Step } from './step';
import type { TaskState } from './task';
import { dateAt, type Instant } from './time';

/** How late a wake may be before it is an outage: more working days than this and rungs are caught up, not played one by one. */
const LATE_WORKING_DAYS = 1;

/** A rung as an event. */
export const fact = (r: ScheduledRung, outcome: 'sent' | 'held' | 'released' | 'caught-up' | 'recorded', reason: string): Fact => ({
  type: 'rung', key: r.key, rung: r.rung.id, on: r.on, outcome, reason, dueOn: r.dueOn, ...(r.milestone === undefined ? {} : { milestone: r.milestone }),
});

const byDay = (a: ScheduledRung, b: ScheduledRung): number => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1);
const label = (r: ScheduledRung): string => (r.milestone === undefined ? r.rung.id : `${r.milestone}:${r.rung.id}`);
const isOverdueRung = (r: ScheduledRung): boolean => r.milestone === undefined && r.rung.anchor === 'after';
const isLetter = (r: ScheduledRung): boolean => r.rung.letterTo.length > 0;

/** `cause`: the act that brings it forward. */
type Saying = {
  readonly reason: string;
  readonly passed?: readonly string[];
  readonly cause?: string;
  readonly facts?: Partial<NoticeFacts>;
};

/** The ladder's own notices of a rung; one that is said after a silence is another notice than the one that the silence took back. */
export const sayRung = (
  state: TaskState,
  now: Instant,
  r: ScheduledRung,
  { reason, passed, cause, facts }: Saying,
): Notice[] =>
  compose(
    state,
    now,
    {
      kind: r.rung.kind,
      discriminator: reason === 'hold-ended' ? `${r.key}:released` : r.key,
      rung: r.rung.id,
      reason,
      ...(passed ? { passed } : {}),
      ...(r.milestone === undefined ? {} : { milestone: r.milestone, facts: { milestoneDueOn: r.dueOn! } }),
      ...(facts ? { facts } : {}),
    },
    addressees(state, r.rung.to),
    cause,
  );

/** Flags go to the supervisor as of right, even while a committed date makes the ladder silent. */
export const sayFlag = (
  state: TaskState,
  now: Instant,
  r: ScheduledRung,
  { reason, passed, cause, facts }: Saying,
): Notice[] =>
  compose(
    state,
    now,
    {
      kind: 'overdue-flag',
      discriminator: r.key,
      rung: r.rung.id,
      reason,
      ...(passed ? { passed } : {}),
      ...(facts ? { facts } : {}),
    },
    addressees(state, r.rung.flags),
    cause,
  );

const isHeld = (state: TaskState, r: ScheduledRung): boolean =>
  state.hold !== null && isOverdueRung(r) && r.on <= state.hold.through && (state.hold.why === 'committed' || r.rung.id !== 'L1');

/** Of all flags of one look at the clock the highest is said, and names the others; nobody is flagged twice for one outage. */
type Flag = { readonly of: ScheduledRung; readonly passed?: readonly string[] } | undefined;
const flagOf = (rungs: readonly ScheduledRung[], late: readonly ScheduledRung[]): Flag => {
  const flagged = rungs.filter((r) => r.milestone === undefined && r.rung.flags.length > 0).sort(byDay);
  const highest = flagged.at(-1);
  return highest && { of: highest, ...(flagged.length > 1 || late.includes(highest) ? { passed: flagged.map(label) } : {}) };
};

/** One rung on its day. */
const play = (now: Instant, key: string, flag: Flag, passed?: readonly string[]) => (state: TaskState): Step => {
  const r = [...acknowledgementRungs(state), ...mainRungs(state), ...occurrenceRungs(state)].find((x) => x.key === key);
  if (r === undefined) return NOTHING;
  const flags = flag?.of.key === r.key ? sayFlag(state, now, r, { reason: 'flag-as-of-right', ...(flag.passed ? { passed: flag.passed } : {}) }) : [];
  if (isHeld(state, r)) return { facts: [fact(r, 'held', `hold-${state.hold!.why}`)], notices: flags };
  const saying = passed === undefined ? { reason: 'rung-day' } : { reason: 'catch-up', passed: [...passed, label(r)] };
  return { facts: [fact(r, 'sent', 'rung-day')], notices: [...sayRung(state, now, r, saying), ...flags] };
};

/** While the task is with its supervisor or suspended, rungs are recorded and not sent. */
const record = (rungs: readonly ScheduledRung[], reason: string) => (): Step => ({ facts: rungs.map((r) => fact(r, 'recorded', reason)), notices: [] });

type CatchUp = { readonly reason: string; /** A rung of today speaks for them. */ readonly isSpokenFor: boolean; readonly flag: Flag };
/**
 * Rungs that passed unseen (a late start, an outage): one notice per receiver of the highest rung up to L2, naming all; one flag likewise; letters
 * stand open without a draft sent: nothing above L2 leaves without a person's consent.
 */
const catchUp = (now: Instant, late: readonly ScheduledRung[], { reason, isSpokenFor, flag }: CatchUp) => (state: TaskState): Step => {
  const main = late.filter((r) => r.milestone === undefined);
  const sayable = (main.length > 0 ? main : late).filter((r) => !isLetter(r));
  const highest = isSpokenFor ? undefined : sayable.at(-1);
  const passed = late.map(label);
  const facts = late.map((r) => fact(r, 'caught-up', reason));
  return {
    facts,
    notices: [
      ...(highest ? sayRung(state, now, highest, { reason, passed }) : []),
      ...(flag && late.includes(flag.of) ? sayFlag(state, now, flag.of, { reason, ...(flag.passed ? { passed: flag.passed } : {}) }) : []),
    ],
  };
};

/** The rungs that are due, oldest first: what is late is caught up together, what is on its day is played. */
export const rungSteps = (state: TaskState, now: Instant, justAssigned: boolean): ((s: TaskState) => Step)[] => {
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
  const flag = flagOf([...late, ...onDay], late);
  return [
    record(silent, 'before-assignment'),
    ...(late.length === 0 ? [] : [catchUp(now, late, { reason: isStartLate && justAssigned ? 'late-start' : 'outage', isSpokenFor: speaker !== undefined, flag })]),
    ...(lateChase.length === 0 ? [] : [catchUp(now, lateChase, { reason: 'outage', isSpokenFor: false, flag: undefined })]),
    ...onDay.concat(chase.filter((r) => !lateChase.includes(r))).map((r) => play(now, r.key, flag, r === speaker && late.length > 0 ? late.map(label) : undefined)),
  ];
};

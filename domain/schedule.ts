import { addWorkingDays, firstWorkingDayAfterTet, firstWorkingDayOfMonth, type WorkingCalendar } from './calendar';
import { effectiveDue, reminderAnchor } from './deadline';
import type { Rung } from './ladder';
import type { RungId } from './notice';
import { decidesBy, type TaskState } from './task';
import { addDays, type CivilDate, type Instant, instantAt, yearOf } from './time';

/** Tasks decide from 07:00, spread over 30 minutes by a hash of the id, so that a morning is no herd. */
const DECIDES_AT_MINUTES = 7 * 60;
const SPREAD_SECONDS = 30 * 60;

/** A rung with its day. `key` is stable for one due date: a rung that was passed never opens again for it. */
export type ScheduledRung = { readonly key: string; readonly rung: Rung; readonly on: CivilDate; readonly dueOn: CivilDate | null; readonly milestone?: string };

/** FNV-1a, 32 bits. */
const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
};

/** The instant at which a task decides what a day brings. */
export const decidesAt = (task: string, on: CivilDate): Instant => instantAt(on, DECIDES_AT_MINUTES) + (hash(task) % SPREAD_SECONDS) * 1000;

/** An L3 or L4 on the first or second working day after Tết goes on the third. */
const afterTet = (cal: WorkingCalendar, on: CivilDate): CivilDate => {
  const first = firstWorkingDayAfterTet(cal, yearOf(on));
  if (first === undefined || on < first) return on;
  const third = addWorkingDays(cal, first, 2);
  return third !== undefined && on < third ? third : on;
};

/** Days that were computed before, by calendar value: every look at a task asks for all its rungs. */
const knownDays = new WeakMap<WorkingCalendar, Map<string, CivilDate | undefined>>();

/** The day of a rung for a due date; undefined beyond the calendar. */
export const rungDay = (cal: WorkingCalendar, rung: Rung, dueOn: CivilDate): CivilDate | undefined => {
  const known = knownDays.get(cal) ?? new Map<string, CivilDate | undefined>();
  knownDays.set(cal, known);
  const key = `${rung.anchor}${rung.workingDays}${rung.avoidsTet}@${dueOn}`;
  if (!known.has(key)) known.set(key, computeDay(cal, rung, dueOn));
  return known.get(key);
};

const computeDay = (cal: WorkingCalendar, rung: Rung, dueOn: CivilDate): CivilDate | undefined => {
  const anchor = rung.anchor === 'before' ? reminderAnchor(cal, dueOn) : rung.anchor === 'after' ? effectiveDue(cal, dueOn) : dueOn;
  const on = addWorkingDays(cal, anchor, rung.anchor === 'before' ? -rung.workingDays : rung.workingDays);
  return on !== undefined && rung.avoidsTet ? afterTet(cal, on) : on;
};

export const mainKey = (dueOn: CivilDate, rung: RungId): string => `${dueOn}:${rung}`;
export const occurrenceKey = (label: string, dueOn: CivilDate, rung: RungId): string => `${label}@${dueOn}:${rung}`;
const acknowledgementKey = (since: CivilDate, rung: RungId): string => `${since}:${rung}`;
export const monthlyKey = (on: CivilDate): string => `LM:${on.slice(0, 7)}`;

const place = (state: TaskState, rungs: readonly Rung[], from: CivilDate, key: (id: RungId) => string, milestone?: string): ScheduledRung[] =>
  rungs.flatMap((rung) => {
    if (state.passed.includes(key(rung.id))) return [];
    const on = rungDay(state.seed.calendar, rung, from);
    if (on === undefined) return [];
    return [{ key: key(rung.id), rung, on, dueOn: rung.anchor === 'assignment' ? null : from, ...(milestone === undefined ? {} : { milestone }) }];
  });

/** The rungs of the final due date that are not over, in ladder order. */
export const mainRungs = (state: TaskState, dueOn = state.dueOn): ScheduledRung[] =>
  dueOn === null ? [] : place(state, state.seed.ladder.main, dueOn, (id) => mainKey(dueOn, id));

/** The rungs of occurrences that are neither over nor closed. */
export const occurrenceRungs = (state: TaskState): ScheduledRung[] =>
  state.occurrences.filter((o) => o.closedOn === undefined)
    .flatMap((o) => place(state, state.seed.ladder.occurrence, o.dueOn, (id) => occurrenceKey(o.label, o.dueOn, id), o.label));

/** A+4 and A+5, while nobody has acknowledged; a suspended task keeps them, to be recorded on their days. */
export const acknowledgementRungs = (state: TaskState): ScheduledRung[] => {
  const since = state.acknowledgeSince;
  return since === null || (state.suspended?.from ?? state.name) !== 'assigned' ? [] : place(state, state.seed.ladder.acknowledgement, since, (id) => acknowledgementKey(since, id));
};

/** The day of L4 for the current due date; undefined without one. */
const lastRungDay = (state: TaskState): CivilDate | undefined => {
  const last = state.seed.ladder.main.at(-1);
  return state.dueOn === null || !last || !state.passed.includes(mainKey(state.dueOn, last.id)) ? undefined : rungDay(state.seed.calendar, last, state.dueOn);
};

const nextMonth = (on: CivilDate): CivilDate => addDays(`${on.slice(0, 8)}28`, 4);

/** The next monthly line after L4: the first working day of a month after it, after the last line and after the assignment. */
export const nextMonthly = (state: TaskState): CivilDate | undefined => {
  const last = lastRungDay(state);
  if (last === undefined) return undefined;
  const after = [state.monthlyOn, state.assignedOn].reduce<CivilDate>((latest, on) => (on !== null && on > latest ? on : latest), last);
  const on = firstWorkingDayOfMonth(state.seed.calendar, after);
  return on !== undefined && on > after ? on : firstWorkingDayOfMonth(state.seed.calendar, nextMonth(after));
};

/** The first working day after a silent period: when the highest rung held is sent once. A pause interrupts the period. */
export const holdEndsOn = (state: TaskState): CivilDate | undefined =>
  state.hold === null || (state.name === 'suspended' && decidesBy(state, 2)) ? undefined : addWorkingDays(state.seed.calendar, state.hold.through, 1);

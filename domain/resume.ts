import { refuse } from './authority';
import { addWorkingDays, workingDaysBetween } from './calendar';
import { movedInputs } from './consultation-acts';
import { effectiveDue } from './deadline';
import { beyond, type Context, done, newDue, type Outcome, statusChanged } from './outcome';
import { decidesAt, mainKey, occurrenceRungs } from './schedule';
import { type ActResult, decidesBy, type TaskState } from './task';
import type { CivilDate, Instant } from './time';

type Pause = { readonly from: CivilDate; readonly days: number };

type Moved = Pause & { readonly dueOn: CivilDate; readonly over: readonly string[] };
/** What had begun before the pause goes on after it: letters that wait, with the new date, and the silent period, longer by the pause, with the rungs it holds. */
const kept = ({ letters, hold, seed }: TaskState, { days, dueOn, over }: Moved): ActResult => ({
  letters: letters.map((letter) => ({ ...letter, dueOn })),
  hold: hold && {
    ...hold, through: addWorkingDays(seed.calendar, hold.through, days) ?? hold.through, held: hold.held.filter((rung) => over.includes(mainKey(dueOn, rung))),
  },
});

/** A letter that waits has had its rung: it is not drafted a second time for the new date. */
const overWith = (state: TaskState, dueOn: CivilDate, over: readonly string[]): readonly string[] =>
  [...new Set([...over, ...state.letters.map((letter) => mainKey(dueOn, letter.rung))])];

const mainDue = (state: TaskState, pause: Pause, dueOn: CivilDate, now: Instant): ActResult => {
  const due = newDue(state, dueOn, now);
  if (!decidesBy(state, 2)) return due;
  const over = overWith(state, dueOn, due.passed ?? []);
  return { ...due, passed: over, ...kept(state, { ...pause, dueOn, over }) };
};

/** Open occurrences whose term had not ended when the pause began move by its working days; undefined where one leaves the calendar. */
const movedMilestones = (state: TaskState, { from, days }: Pause, now: Instant): Pick<ActResult, 'milestonesDue' | 'passed'> | undefined => {
  const { calendar, id } = state.seed;
  const open = state.occurrences.filter((o) => o.closedOn === undefined && effectiveDue(calendar, o.dueOn) >= from);
  const later = open.map((o) => ({ ...o, dueOn: addWorkingDays(calendar, o.dueOn, days) }));
  const moved = later.flatMap((o) => (o.dueOn === undefined ? [] : [{ ...o, dueOn: o.dueOn }]));
  if (moved.length < later.length) return undefined;
  const over = occurrenceRungs({ ...state, occurrences: moved }).filter((r) => decidesAt(id, r.on) <= now).map((r) => r.key);
  return { milestonesDue: Object.fromEntries(moved.map((o) => [o.label, o.dueOn])), passed: over };
};

/**
 * After a pause nothing is later than it was before: the due date, the dates of an open consultation and of milestones move by the working days suspended
 * (docs/domain.md, "Statuses").
 */
export const resume = ({ state, fields, now, today }: Context<'resume'>): Outcome => {
  const { suspended, dueOn } = state;
  if (suspended === null) return refuse('not-suspended', 'Nhiệm vụ không ở trạng thái tạm dừng.');
  const days = workingDaysBetween(state.seed.calendar, suspended.on, today);
  const moved = dueOn === null ? undefined : days === undefined ? undefined : addWorkingDays(state.seed.calendar, dueOn, days);
  if (dueOn !== null && moved === undefined) return beyond();
  const pause = { from: suspended.on, days: days ?? 0 };
  const main = moved === undefined || moved === dueOn ? {} : mainDue(state, pause, moved, now);
  const milestones = decidesBy(state, 2) && pause.days > 0 && state.occurrences.length > 0 ? movedMilestones(state, pause, now) : {};
  if (milestones === undefined) return beyond();
  const passed = [...main.passed ?? [], ...milestones.passed ?? []];
  const facts = { document: fields.document, ...(moved && dueOn ? { dueOn: moved, previousDueOn: dueOn } : {}) };
  return done({ ...main, ...milestones, ...(passed.length > 0 || main.passed ? { passed } : {}), ...movedInputs(state, days ?? 0), state: suspended.from }, [
    statusChanged(state, 'resume', facts),
  ]);
};

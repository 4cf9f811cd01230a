import { type WorkingCalendar, workingDayFrom, workingDaysBetween, workingDayUntil } from './calendar';
import type { TaskState, Timeliness } from './task';
import type { CivilDate } from './time';

/** Working days left from which a task counts as due soon (docs/domain.md, "Timeliness"). */
export const DUE_SOON_WORKING_DAYS = 10;
const OVERDUE_LEVELS = [[20, 'overdue-4'], [10, 'overdue-3'], [5, 'overdue-2'], [1, 'overdue-1']] as const;

/**
 * The day on which a term ends: the first working day on or after the nominal due date (rule R7; Bộ luật Dân sự 2015, Điều 148 khoản 5).
 * The nominal date itself beyond the calendar.
 */
export const effectiveDue = (cal: WorkingCalendar, dueOn: CivilDate): CivilDate => workingDayFrom(cal, dueOn) ?? dueOn;

/** The last working day on or before the nominal due date: what reminders count back from. */
export const reminderAnchor = (cal: WorkingCalendar, dueOn: CivilDate): CivilDate => workingDayUntil(cal, dueOn) ?? dueOn;

export const isPastDue = (cal: WorkingCalendar, dueOn: CivilDate | null, on: CivilDate): boolean => dueOn !== null && on > effectiveDue(cal, dueOn);

/** Working days from the end of the term to the day something was done; a day off counts as the next working day. 0 when in time. */
export const workingDaysLate = (cal: WorkingCalendar, dueOn: CivilDate, doneOn: CivilDate): number => {
  const end = effectiveDue(cal, dueOn);
  return doneOn <= end ? 0 : workingDaysBetween(cal, end, workingDayFrom(cal, doneOn) ?? doneOn) ?? 0;
};

/** Working days left until the term's reminders end (positive) or past its end (negative). */
export const workingDaysLeft = (cal: WorkingCalendar, dueOn: CivilDate, on: CivilDate): number => {
  const anchor = reminderAnchor(cal, dueOn);
  if (on <= anchor) return workingDaysBetween(cal, on, anchor) ?? 0;
  return isPastDue(cal, dueOn, on) ? -(workingDaysBetween(cal, effectiveDue(cal, dueOn), on) ?? 0) : 0;
};

type Timed = Pick<TaskState, 'name' | 'dueOn' | 'workingDaysLate'> & { readonly submittedOn: CivilDate | null };

/** Derived, never stored (docs/domain.md, "Timeliness"). */
export const timeliness = (task: Timed, cal: WorkingCalendar, on: CivilDate): Timeliness => {
  if (task.name === 'completed') return (task.workingDaysLate ?? 0) > 0 ? 'completed-late' : task.dueOn === null ? 'none' : 'completed-on-time';
  if (task.dueOn === null || !['assigned', 'in_progress', 'submitted'].includes(task.name)) return 'none';
  if (task.name === 'submitted') return isPastDue(cal, task.dueOn, task.submittedOn ?? on) ? 'awaiting-late' : 'awaiting-in-time';
  if (isPastDue(cal, task.dueOn, on)) {
    const late = -workingDaysLeft(cal, task.dueOn, on);
    return OVERDUE_LEVELS.find(([days]) => late >= days)?.[1] ?? 'overdue-1';
  }
  if (on >= reminderAnchor(cal, task.dueOn)) return 'due-today';
  return workingDaysLeft(cal, task.dueOn, on) <= DUE_SOON_WORKING_DAYS ? 'due-soon' : 'in-time';
};

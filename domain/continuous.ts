import { addWorkingDays, workingDayUntil } from './calendar';
import type { TaskState } from './task';
import { type CivilDate, yearOf } from './time';

const WORKING_DAYS_AHEAD = 10;
const HALF_YEARS = ['06-30', '12-31'] as const;

/** The next day on which a continuous row is asked for its progress: ten working days before 30/6 and 31/12; undefined for other rows. */
export const progressDay = (state: TaskState): CivilDate | undefined => {
  if (state.timing !== 'continuous' && state.timing !== 'open-ended') return undefined;
  if (state.assignedOn === null || !['assigned', 'in_progress'].includes(state.name)) return undefined;
  const after = state.progressOn ?? state.assignedOn;
  const year = yearOf(after);
  const days = [year, year + 1].flatMap((y) => HALF_YEARS.map((half) => {
    const end = workingDayUntil(state.seed.calendar, `${y}-${half}`);
    return end === undefined ? undefined : addWorkingDays(state.seed.calendar, end, -WORKING_DAYS_AHEAD);
  }));
  return days.find((on) => on !== undefined && on > after);
};

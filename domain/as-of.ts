import type { WorkingCalendar } from './calendar';
import { timeliness, workingDaysLeft } from './deadline';
import type { Notice, NoticeFacts, NoticeKind } from './notice';
import type { CivilDate } from './time';

/** Kinds whose text says how things stand on the day it names; all others name the day on which something happened. */
const SAY_HOW_IT_STANDS: readonly NoticeKind[] = [
  'due-soon', 'overdue', 'overdue-flag', 'overdue-monthly', 'milestone-overdue', 'letter-draft', 'consultation-due-soon', 'consultation-missed', 'decision-late', 'approval-late',
];
const OF_INPUTS: readonly NoticeKind[] = ['consultation-due-soon', 'consultation-missed'];

/** A letter that was approved speaks of the day of its approval. */
const isLetter = ({ kind, rung }: Notice): boolean => kind === 'overdue' && (rung === 'L3' || rung === 'L4');

const daysOn = ({ kind, facts }: Notice, cal: WorkingCalendar, today: CivilDate): Partial<NoticeFacts> => {
  const dueOn = (OF_INPUTS.includes(kind) ? facts.inputDueOn : facts.dueOn) ?? null;
  return dueOn === null || facts.workingDays === undefined ? {} : { workingDays: Math.abs(workingDaysLeft(cal, dueOn, today)) };
};

const timelinessOn = ({ facts: { state, dueOn = null, timeliness: before } }: Notice, cal: WorkingCalendar, today: CivilDate): Partial<NoticeFacts> =>
  before === undefined || (state !== 'assigned' && state !== 'in_progress') ? {}
    : { timeliness: timeliness({ name: state, dueOn, workingDaysLate: null, submittedOn: null }, cal, today) };

/**
 * The notice as it reads on a later day than it was decided on: days left or past, and the status, are counted anew; a next step that is over is not announced
 * any more (docs/domain.md, "Messages"). Dates of what happened stay.
 */
export const asOfDay = (notice: Notice, cal: WorkingCalendar, today: CivilDate): Notice => {
  const { next, ...facts } = notice.facts;
  if (facts.decidedOn >= today || isLetter(notice)) return notice;
  return {
    ...notice,
    facts: {
      ...facts, ...daysOn(notice, cal, today), ...timelinessOn(notice, cal, today), ...(SAY_HOW_IT_STANDS.includes(notice.kind) ? { decidedOn: today } : {}),
      ...(next === undefined || next.on <= today ? {} : { next }),
    },
  };
};

import { isProvisional, type WorkingCalendar } from '../domain/calendar';
import { timeliness, workingDaysLeft } from '../domain/deadline';
import { isClosed, type TaskProjection, type TaskStateName, type Timeliness } from '../domain/task';
import { type CivilDate, dmy } from '../domain/time';
import type { TaskRow } from '../ledger/board';
import { bothWays, type Word } from './words';

/** One task as lists show it, on a day. Of a confidential one only the code and the dates are there; every other value is null. */
export type TaskLine = {
  readonly id: string;
  readonly plan: string;
  readonly title: string | null;
  readonly lead: string | null;
  readonly leadName: string | null;
  readonly supervisor: string | null;
  readonly supervisorName: string | null;
  readonly coordinating: readonly string[];
  readonly coordinatingNames: readonly string[];
  readonly state: TaskStateName | null;
  readonly timeliness: Timeliness | null;
  readonly dueOn: CivilDate | null;
  readonly dueOriginalOn: CivilDate | null;
  /** Working days left, or past as a negative number; null without a date and for a task that is over. */
  readonly daysLeft: number | null;
  /** 0 in time, 1-4 as in the ladder. */
  readonly level: number | null;
  readonly nextRung: string | null;
  readonly nextRungOn: CivilDate | null;
  readonly submittedOn: CivilDate | null;
  /**
   * Why and until when (the last day) the lead is not reminded; the end of a pause is not known. Null where reminders
   * go out.
   */
  readonly silence: { readonly why: 'committed' | 'suspended'; readonly until: CivilDate | null } | null;
  readonly completedOn: CivilDate | null;
  readonly workingDaysLate: number | null;
  readonly everOverdue: boolean | null;
  readonly isConfidential: boolean;
  readonly needsRepair: string | null;
};

const HIDDEN = {
  title: null,
  lead: null,
  leadName: null,
  supervisor: null,
  supervisorName: null,
  coordinating: [],
  coordinatingNames: [],
  state: null,
  timeliness: null,
  daysLeft: null,
  level: null,
  nextRung: null,
  nextRungOn: null,
  submittedOn: null,
  silence: null,
  completedOn: null,
  workingDaysLate: null,
  everOverdue: null,
} as const;

/** The lead's clock stands still while its result waits for confirmation (docs/domain.md, "Timeliness"). */
const daysLeftOf = ({ dueOn, state, projection }: TaskRow, calendar: WorkingCalendar, today: CivilDate): number | null => {
  if (dueOn === null || (state !== null && isClosed(state))) return null;
  return workingDaysLeft(calendar, dueOn, state === 'submitted' ? projection?.submittedOn ?? today : today);
};

export const taskLine = (row: TaskRow, calendar: WorkingCalendar, today: CivilDate): TaskLine => {
  const shown = {
    id: row.id, plan: row.plan, dueOn: row.dueOn, dueOriginalOn: row.dueOriginalOn, isConfidential: row.isConfidential, needsRepair: row.needsRepair,
  };
  if (row.isConfidential) return { ...shown, ...HIDDEN };
  const p = row.projection;
  const derived = p && timeliness({ name: p.state, dueOn: p.dueOn, workingDaysLate: p.workingDaysLate, submittedOn: p.submittedOn }, calendar, today);
  return {
    ...shown,
    title: row.title,
    lead: row.lead,
    leadName: row.leadName,
    supervisor: row.supervisor,
    supervisorName: row.supervisorName,
    coordinating: row.coordinating,
    coordinatingNames: row.coordinatingNames,
    state: row.state,
    timeliness: derived,
    level: derived === null ? null : levelOf(derived),
    daysLeft: daysLeftOf(row, calendar, today),
    nextRung: p?.nextRung ?? null,
    nextRungOn: p?.nextRungOn ?? null,
    submittedOn: p?.submittedOn ?? null,
    silence: p === null ? null : silenceOf(p),
    completedOn: p?.completedOn ?? null,
    workingDaysLate: p?.workingDaysLate ?? null,
    everOverdue: p?.everOverdue ?? null,
  };
};

/** A pause, or a date that the lead has committed to. Rows of releases before do not say why the ladder is silent. */
const silenceOf = ({ state, holdThrough, holdWhy, isRejected }: TaskProjection): TaskLine['silence'] => {
  if (state === 'suspended') return { why: 'suspended', until: null };
  const isCommitted = holdThrough !== null && (holdWhy === undefined ? !isRejected : holdWhy === 'committed');
  return isCommitted && (state === 'assigned' || state === 'in_progress')
    ? { why: 'committed', until: holdThrough }
    : null;
};

const levelOf = (word: Timeliness): number => (word.startsWith('overdue-') ? Number(word.slice(-1)) : 0);

/** `cam kết hoàn thành ngày 15/01/2020, …`, `tạm dừng, …`. */
export const silenceWord = ({ why, until }: NonNullable<TaskLine['silence']>): Word =>
  why === 'committed' && until !== null
    ? [
        `cam kết hoàn thành ngày ${dmy(until)}, tạm ngừng nhắc quá hạn đến hết ngày này`,
        `committed to ${dmy(until)}, silent until then`,
      ]
    : ['tạm dừng, không nhắc đến khi có văn bản cho tiếp tục', 'suspended, silent until it is resumed'];

export const isOverdue = (line: TaskLine): boolean => (line.level ?? 0) > 0;

/** `31/12/2030 (dự kiến)` in a year whose calendar is not decreed yet; a dash for no date. */
export const dayText = (calendar: WorkingCalendar, date: CivilDate | null, provisional = 'dự kiến'): string =>
  date === null ? '–' : isProvisional(calendar, date) ? `${dmy(date)} (${provisional})` : dmy(date);

/** `còn 10 ngày làm việc`, `quá 3 ngày làm việc`, `hôm nay`. */
export const daysLeftWord = (days: number | null): Word => {
  if (days === null) return bothWays('–');
  if (days === 0) return ['hôm nay', 'today'];
  const inEnglish = `${Math.abs(days)} working ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0 ? [`còn ${days} ngày làm việc`, `${inEnglish} left`] : [`quá ${-days} ngày làm việc`, `${inEnglish} over`];
};
export const daysLeftText = (days: number | null): string => daysLeftWord(days)[0];

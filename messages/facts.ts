import { type CivilDate, dmy } from '../domain/time';
import type { DocumentRef } from '../domain/plan';
import type { Context } from './context';
import type { Block, FactRow } from './document';
import { roleName, stateName, timelinessName, uncapitalised, workingDaysText } from './words';

/** `văn bản số 15/UBND-CTXDGT ngày 02/12/2019`. */
export const documentName = ({ number, date }: DocumentRef): string => `văn bản số ${number} ngày ${dmy(date)}`;

const OVERDUE = /^overdue-(\d)$/;

/** "Tình trạng": the stored state, then what follows from the dates: "Đang thực hiện, quá hạn 05 ngày làm việc (mức 2)". */
export const statusText = ({ facts }: Context): string => {
  const { timeliness, workingDays, completedOn, workingDaysLate } = facts;
  if (completedOn !== undefined) return (workingDaysLate ?? 0) > 0 ? `Hoàn thành quá hạn ${workingDaysText(workingDaysLate!)}` : 'Hoàn thành đúng hạn';
  const state = stateName(facts.state ?? 'in_progress');
  if (timeliness === undefined || timeliness === 'none') return state;
  const level = OVERDUE.exec(timeliness)?.[1];
  if (level !== undefined && workingDays !== undefined) return `${state}, quá hạn ${workingDaysText(workingDays)} (mức ${level})`;
  if (timeliness.startsWith('awaiting')) return timelinessName(timeliness);
  if (timeliness === 'due-today' || workingDays === undefined) return `${state}, ${uncapitalised(timelinessName(timeliness))}`;
  return `${state}, còn ${workingDaysText(workingDays)}`;
};

const originalDue = ({ item, facts }: Context): CivilDate | null =>
  facts.dueOriginalOn !== undefined ? facts.dueOriginalOn : (item.task?.dueOriginalOn ?? facts.dueOn ?? null);

/** The plan's own words with their reading: "Năm 2019 (hạn 31/12/2019)". */
const planTerm = (c: Context): string => {
  const { item, date } = c;
  const original = originalDue(c);
  const words = item.task?.timeText ?? '';
  const reading = original === null ? 'chưa ấn định hạn' : `hạn ${date(original)}`;
  return words === '' ? reading : `${words} (${reading})`;
};

const adjustedTerm = (c: Context): FactRow[] => {
  const original = originalDue(c);
  const { facts: { dueOn }, date } = c;
  return dueOn && original !== null && dueOn !== original ? [['Thời hạn điều chỉnh', date(dueOn)]] : [];
};

const milestoneRow = ({ item, facts, date }: Context): FactRow[] =>
  item.notice.milestone === undefined ? [] : [['Mốc tiến độ', `${item.notice.milestone}${facts.milestoneDueOn ? ` (hạn ${date(facts.milestoneDueOn)})` : ''}`]];

const coordinatingText = ({ item }: Context): string => {
  const text = item.task?.coordinatingText.trim() ?? '';
  return text === '' ? 'không' : text.replace(/^Các /u, 'các ');
};

/** The same block in every mail (docs/domain.md, "Style of messages"); of a confidential task only code and date. */
export const factBlock = (c: Context, todo: string, isListAttached = false): Block => ({
  type: 'facts',
  rows: [
    ['Mã nhiệm vụ', c.code],
    ['Nội dung', c.title],
    ['Đơn vị chủ trì', c.lead],
    ['Đơn vị phối hợp', `${coordinatingText(c)}${isListAttached ? ' (danh sách kèm theo)' : ''}`],
    ['Thời hạn theo Kế hoạch', planTerm(c)],
    ...adjustedTerm(c),
    ...milestoneRow(c),
    ['Tình trạng', statusText(c)],
    ['Việc cần làm', todo],
    ['Người liên hệ', `${roleName('officer')}, ${c.supervisor}`],
  ],
});

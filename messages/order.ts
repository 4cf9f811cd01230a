import type { NoticeKind } from '../domain/notice';
import { unitOf } from '../domain/plan';
import type { NoticeItem } from './input';

/** What must be done first stands first: what is late, what ends today, what waits for the receiver, what comes, then news. */
const RANK: Readonly<Record<NoticeKind, number>> = {
  overdue: 0, 'due-today': 1, 'letter-draft': 2, 'decision-late': 3, 'approval-late': 4, returned: 5, 'approval-request': 6, 'assignment-rejected': 7,
  'acknowledgement-missing': 8, 'milestone-overdue': 9, 'milestone-due-today': 10, assigned: 11, 'due-soon': 12, 'milestone-due-soon': 13, reminder: 14,
  'progress-request': 15, 'due-date-missing': 16, 'delivery-failed': 17, 'calendar-missing': 18, 'overdue-flag': 19, 'overdue-monthly': 20,
  'extension-granted': 21, 'status-changed': 22, handover: 23, 'plan-withdrawn': 24, confirmed: 25, 'assigned-coordinator': 26,
};

/** Sorts as text: rank, then the most days late or the fewest left, then the code. */
const sortKey = ({ notice }: NoticeItem): string => {
  const days = notice.facts.workingDays ?? 9999;
  const isLate = notice.kind === 'overdue' || notice.kind.startsWith('overdue-') || notice.kind === 'letter-draft';
  return [String(RANK[notice.kind]).padStart(2, '0'), String(isLate ? 99_999 - days : days).padStart(5, '0'), notice.task ?? '', notice.milestone ?? ''].join('|');
};

/** What a notice is about, for whichever position of the unit: its key ends in the position. */
const matter = ({ notice: { key, to } }: NoticeItem): string => `${key.endsWith(to) ? key.slice(0, -to.length) : key}${unitOf(to)}`;

/** In the order of handling. One matter is said once, even where the address holds several positions of a unit that are told of it. */
export const ordered = (items: readonly NoticeItem[]): NoticeItem[] => {
  const seen = new Set<string>();
  const once = items.filter((item) => !seen.has(matter(item)) && seen.add(matter(item)));
  return once.map((item) => ({ item, key: sortKey(item) })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
};

const LISTED: readonly NoticeKind[] = ['overdue-flag', 'overdue-monthly', 'assigned-coordinator', 'plan-withdrawn'];
const FOR_LEAD: readonly NoticeKind[] = ['confirmed', 'status-changed', 'extension-granted', 'handover'];

/** Led tasks, and what waits for the receiver's decision, are said in full; the rest is one line in a list. */
export const isInFull = ({ notice }: NoticeItem): boolean =>
  !LISTED.includes(notice.kind) && (!FOR_LEAD.includes(notice.kind) || notice.facts.lead === unitOf(notice.to));

import type { NoticeKind } from '../domain/notice';
import { unitOf } from '../domain/plan';
import type { NoticeItem } from './input';

/** What must be done first stands first: what is late, what ends today, what waits for the receiver, what comes, then news. */
const RANK: Readonly<Record<NoticeKind, number>> = {
  overdue: 0, 'due-today': 1, 'letter-draft': 2, 'decision-late': 3, 'approval-late': 4, returned: 5, 'approval-request': 6, 'extension-request': 7,
  'assignment-rejected': 8, 'obstacle-raised': 9, 'acknowledgement-missing': 10, 'consultation-missed': 11, 'consultation-due-soon': 12,
  'consultation-request': 13, 'milestone-overdue': 14, 'milestone-due-today': 15, assigned: 16, 'due-soon': 17, 'milestone-due-soon': 18, reminder: 19,
  'progress-request': 20, 'due-date-missing': 21, 'delivery-failed': 22, 'calendar-missing': 23, 'overdue-flag': 24, 'overdue-monthly': 25,
  'inputs-status': 26, 'extension-granted': 27, 'extension-refused': 28, 'obstacle-answered': 29, 'status-changed': 30, handover: 31,
  'input-received': 32, 'plan-withdrawn': 33, confirmed: 34, 'letter-rejected': 36, 'date-committed': 37,
  'assigned-coordinator': 35,
  'one-time-code': 38, 'new-link': 39,
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

const LISTED: readonly NoticeKind[] = [
  'overdue-flag', 'overdue-monthly', 'assigned-coordinator', 'plan-withdrawn', 'input-received', 'letter-rejected',
  'date-committed',
];
const FOR_LEAD: readonly NoticeKind[] = ['confirmed', 'status-changed', 'extension-granted', 'extension-refused', 'handover'];

/** Led tasks, and what waits for the receiver's decision, are said in full; the rest is one line in a list. */
export const isInFull = ({ notice }: NoticeItem): boolean =>
  !LISTED.includes(notice.kind) &&
  notice.facts.isEnd !== true &&
  (!FOR_LEAD.includes(notice.kind) || notice.facts.lead === unitOf(notice.to));

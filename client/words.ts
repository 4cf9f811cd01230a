import type { Act, Via } from '../domain/acts';
import type { NoticeKind, RungId } from '../domain/notice';
import type { Role } from '../domain/plan';
import type { TaskStateName, Timeliness } from '../domain/task';
import type { Answer, ObstacleState } from '../domain/matters';
import { ACT_NAMES, ANSWER_NAMES, KIND_NAMES, OBSTACLE_NAMES, ROLE_NAMES, RUNG_NAMES, SILENCE_NAMES, STATE_NAMES, TIMELINESS_NAMES } from '../domain/words';

/** Vietnamese first, English second: the words of lists and pages. */
export type Word = readonly [vi: string, en: string];
/** What reads the same in both. */
export const bothWays = (text: string): Word => [text, text];
export const joined = (parts: readonly Word[]): Word => [parts.map(([vi]) => vi).join(''), parts.map(([, en]) => en).join('')];
export const then = (before: Word, word: Word): Word => joined([before, word]);

const pairs = <K extends string>(vi: Readonly<Record<K, string>>, en: Readonly<Record<K, string>>): Readonly<Record<K, Word>> => {
  const both: Partial<Record<K, Word>> = {};
  for (const key in vi) both[key] = [vi[key], en[key]];
  return both as Record<K, Word>;
};

const STATES_EN: Readonly<Record<TaskStateName, string>> = {
  assigned: 'Assigned', in_progress: 'In progress', submitted: 'Submitted', completed: 'Completed', suspended: 'Suspended', discontinued: 'Discontinued',
  merged: 'Merged', carried_over: 'Carried over',
};
const TIMELINESS_EN: Readonly<Record<Timeliness, string>> = {
  'in-time': 'In time', 'due-soon': 'Due soon', 'due-today': 'Due today', 'overdue-1': 'Overdue, level 1', 'overdue-2': 'Overdue, level 2',
  'overdue-3': 'Overdue, level 3', 'overdue-4': 'Overdue, level 4', 'awaiting-in-time': 'Awaiting confirmation, in time',
  'awaiting-late': 'Awaiting confirmation, late', 'completed-on-time': 'Completed on time', 'completed-late': 'Completed late', none: 'No date',
};
const ACTS_EN: Readonly<Record<Act, string>> = {
  acknowledge: 'Acknowledged', 'reject-assignment': 'Asked to adjust the assignment', 'report-progress': 'Reported progress',
  prepare: 'Prepared for the leader', submit: 'Submitted', confirm: 'Confirmed', return: 'Returned', 'grant-extension': 'Extension granted',
  'set-due-date': 'Due date set', amend: 'Amended', 'approve-letter': 'Letter approved', 'reject-letter': 'Letter rejected', reassign: 'Reassigned',
  suspend: 'Suspended', resume: 'Resumed', discontinue: 'Discontinued', merge: 'Merged', 'carry-over': 'Carried over', remind: 'Reminded',
  'open-consultation': 'Consultation opened', 'give-input': 'Input given', 'respond-to-input': 'Answered an input', 'close-consultation': 'Consultation closed',
  'request-extension': 'Extension requested', 'give-opinion': 'Opinion given on an extension', 'refuse-extension': 'Extension refused',
  'enter-event': 'Event entered',
  'raise-obstacle': 'Obstacle raised', 'acknowledge-obstacle': 'Obstacle acknowledged', 'consolidate-obstacle': 'Obstacle consolidated',
  'decide-obstacle': 'Obstacle decided', delegate: 'Delegated', forward: 'Forwarded', undo: 'Taken back',
  'enter-document': 'Document entered',
};
const ROLES_EN: Readonly<Record<Role, string>> = {
  officer: 'Officer', head: 'Head of division', leader: 'Leader', clerk: 'Clerk',
};
const KINDS_EN: Readonly<Record<NoticeKind, string>> = {
  assigned: 'Assigned', 'assigned-coordinator': 'Assigned to coordinate', 'acknowledgement-missing': 'Acknowledgement missing', 'due-soon': 'Due soon',
  'due-today': 'Due today', overdue: 'Overdue', 'overdue-flag': 'Overdue flag', 'overdue-monthly': 'Overdue, monthly',
  'milestone-due-soon': 'Milestone due soon', 'milestone-due-today': 'Milestone due today', 'milestone-overdue': 'Milestone overdue',
  'approval-request': 'Approval requested', 'approval-late': 'Approval late', returned: 'Returned', confirmed: 'Confirmed',
  'extension-granted': 'Extension granted', 'letter-draft': 'Draft letter', handover: 'Handover', reminder: 'Reminder',
  'due-date-missing': 'Due date missing', 'progress-request': 'Progress requested', 'assignment-rejected': 'Assignment rejected',
  'status-changed': 'Status changed', 'decision-late': 'Decision late', 'calendar-missing': 'Calendar missing', 'delivery-failed': 'Delivery failed',
  'plan-withdrawn': 'Plan withdrawn', 'one-time-code': 'One-time code', 'new-link': 'New link', 'consultation-request': 'Input requested',
  'consultation-due-soon': 'Input due soon', 'consultation-missed': 'Input missing',
  'input-received': 'Input received', 'inputs-status': 'State of inputs', 'extension-request': 'Extension requested', 'extension-refused': 'Extension refused',
  'obstacle-raised': 'Obstacle raised', 'obstacle-answered': 'Obstacle answered',
  'letter-rejected': 'Letter rejected', 'date-committed': 'Date committed to',
};
const RUNGS_EN: Readonly<Record<RungId, string>> = {
  'T-60': '60 working days before', 'T-20': '20 working days before', 'T-10': '10 working days before', 'T-5': '5 working days before',
  'T-3': '3 working days before', 'T-1': '1 working day before', 'T-0': 'Due date', L1: 'Overdue, level 1', L2: 'Overdue, level 2',
  L3: 'Overdue, level 3, draft letter', L4: 'Overdue, level 4, draft report', LM: 'Monthly line of overdue tasks', 'A+4': 'Acknowledgement missing',
  'A+5': 'Acknowledgement missing, to the leader',
};

const ANSWERS_EN: Readonly<Record<Answer, string>> = {
  agree: 'Agree', 'agree-with-comments': 'Agree, with comments', disagree: 'Disagree', 'not-our-function': 'Not our function',
  'ask-more-time': 'Ask for more time',
};
const OBSTACLES_EN: Readonly<Record<ObstacleState, string>> = {
  raised: 'Waits to be acknowledged', acknowledged: 'Acknowledged, being consolidated', consolidated: 'Consolidated, waits for a decision', decided: 'Decided',
};

export const ANSWER_WORDS = pairs(ANSWER_NAMES, ANSWERS_EN);
export const SILENCE_WORDS = pairs(SILENCE_NAMES, { deemed: 'No answer (deemed agreed)', 'closed-early': 'No answer (closed before its date)' });
export const OBSTACLE_WORDS = pairs(OBSTACLE_NAMES, OBSTACLES_EN);
export const STATE_WORDS = pairs(STATE_NAMES, STATES_EN);
export const TIMELINESS_WORDS = pairs(TIMELINESS_NAMES, TIMELINESS_EN);
export const ACT_WORDS = pairs(ACT_NAMES, ACTS_EN);
export const ROLE_WORDS = pairs(ROLE_NAMES, ROLES_EN);
export const NOTICE_WORDS = pairs(KIND_NAMES, KINDS_EN);
const RUNG_WORDS: Readonly<Record<string, Word>> = pairs(RUNG_NAMES, RUNGS_EN);
export const rungWord = (rung: string): Word => wordOf(RUNG_WORDS, rung);

/** Of a date in a year whose calendar is not decreed yet. */
export const PROVISIONAL: Word = ['dự kiến', 'provisional'];

export const VIA_WORDS: Readonly<Record<Via, Word>> = {
  link: ['qua đường dẫn', 'by link'],
  cli: ['nhập thay', 'entered on behalf'],
  system: ['hệ thống', 'by the system'],
};

export const MESSAGE_STATE_WORDS: Readonly<Record<string, Word>> = {
  frozen: ['Chờ gửi', 'Waiting'],
  body_started: ['Đang gửi', 'Sending'],
  accepted: ['Đã gửi', 'Accepted'],
  rejected: ['Bị từ chối', 'Rejected'],
  ambiguous: ['Chưa rõ kết quả', 'Ambiguous'],
  delivered: ['Đã nhận', 'Delivered'],
  bounced: ['Trả lại', 'Bounced'],
  superseded: ['Đã thay thế', 'Superseded'],
  failed: ['Không gửi được', 'Failed'],
};

export const CLASS_WORDS: Readonly<Record<string, Word>> = {
  digest: ['Thư tổng hợp ngày', 'Daily digest'],
  act: ['Thư theo việc', 'Caused by an act'],
  urgent: ['Thư khẩn', 'Urgent'],
  code: ['Mã xác nhận', 'Code'],
};

/** Unknown words stand as they are: a list never fails over one. */
export const wordOf = (words: Readonly<Record<string, Word>>, key: string): Word => words[key] ?? bothWays(key);

import type { Act, Via } from '../domain/acts';
import type { NoticeKind, RungId } from '../domain/notice';
import type { Role, TaskKind, Timing } from '../domain/plan';
import type { TaskStateName, Timeliness } from '../domain/task';

/** Vietnamese first, English second: the words of lists and pages (docs/domain.md, glossary). */
export type Word = readonly [vi: string, en: string];

export const STATE_WORDS: Readonly<Record<TaskStateName, Word>> = {
  assigned: ['Đã giao, chờ tiếp nhận', 'Assigned'],
  in_progress: ['Đang thực hiện', 'In progress'],
  submitted: ['Đã trình, chờ xác nhận', 'Submitted'],
  completed: ['Hoàn thành', 'Completed'],
  suspended: ['Tạm dừng', 'Suspended'],
  discontinued: ['Dừng thực hiện', 'Discontinued'],
  merged: ['Lồng ghép', 'Merged'],
  carried_over: ['Chuyển tiếp', 'Carried over'],
};

export const TIMELINESS_WORDS: Readonly<Record<Timeliness, Word>> = {
  'in-time': ['Trong hạn', 'In time'],
  'due-soon': ['Sắp đến hạn', 'Due soon'],
  'due-today': ['Đến hạn hôm nay', 'Due today'],
  'overdue-1': ['Quá hạn mức 1', 'Overdue, level 1'],
  'overdue-2': ['Quá hạn mức 2', 'Overdue, level 2'],
  'overdue-3': ['Quá hạn mức 3', 'Overdue, level 3'],
  'overdue-4': ['Quá hạn mức 4', 'Overdue, level 4'],
  'awaiting-in-time': ['Chờ xác nhận, trình trong hạn', 'Awaiting confirmation, in time'],
  'awaiting-late': ['Chờ xác nhận, trình quá hạn', 'Awaiting confirmation, late'],
  'completed-on-time': ['Hoàn thành đúng hạn', 'Completed on time'],
  'completed-late': ['Hoàn thành quá hạn', 'Completed late'],
  none: ['Không xác định hạn', 'No date'],
};

export const ACT_WORDS: Readonly<Record<Act, Word>> = {
  acknowledge: ['Xác nhận tiếp nhận', 'Acknowledged'],
  'reject-assignment': ['Đề nghị điều chỉnh phân công', 'Asked to adjust the assignment'],
  'report-progress': ['Báo cáo tiến độ', 'Reported progress'],
  prepare: ['Chuẩn bị trình lãnh đạo', 'Prepared for the leader'],
  submit: ['Trình kết quả', 'Submitted'],
  confirm: ['Xác nhận hoàn thành', 'Confirmed'],
  return: ['Trả lại', 'Returned'],
  'grant-extension': ['Gia hạn', 'Extension granted'],
  'set-due-date': ['Ấn định thời hạn', 'Due date set'],
  amend: ['Đính chính', 'Amended'],
  'approve-letter': ['Duyệt văn bản đôn đốc', 'Letter approved'],
  'reject-letter': ['Không duyệt văn bản đôn đốc', 'Letter rejected'],
  reassign: ['Điều chỉnh đơn vị chủ trì', 'Reassigned'],
  suspend: ['Tạm dừng', 'Suspended'],
  resume: ['Tiếp tục', 'Resumed'],
  discontinue: ['Dừng thực hiện', 'Discontinued'],
  merge: ['Lồng ghép', 'Merged'],
  'carry-over': ['Chuyển tiếp', 'Carried over'],
  remind: ['Nhắc việc', 'Reminded'],
};

export const ROLE_WORDS: Readonly<Record<Role, Word>> = {
  officer: ['Đầu mối', 'Officer'],
  head: ['Lãnh đạo phòng', 'Head of division'],
  leader: ['Lãnh đạo đơn vị', 'Leader'],
  clerk: ['Văn thư', 'Clerk'],
};

export const VIA_WORDS: Readonly<Record<Via, Word>> = {
  link: ['qua đường dẫn', 'by link'],
  cli: ['nhập thay', 'entered on behalf'],
  system: ['hệ thống', 'by the system'],
};

export const KIND_WORDS: Readonly<Record<TaskKind, Word>> = {
  document: ['Văn bản', 'Document'],
  'document-then-programme': ['Văn bản rồi triển khai', 'Document, then programme'],
  programme: ['Chương trình', 'Programme'],
  investment: ['Đầu tư', 'Investment'],
};

export const TIMING_WORDS: Readonly<Record<Timing, Word>> = {
  deadline: ['Có thời hạn', 'Deadline'],
  period: ['Giai đoạn', 'Period'],
  recurring: ['Định kỳ', 'Recurring'],
  continuous: ['Thường xuyên', 'Continuous'],
  event: ['Theo sự kiện', 'On an event'],
  milestones: ['Theo mốc', 'Milestones'],
  conditional: ['Có điều kiện', 'Conditional'],
  'by-reference': ['Theo văn bản khác', 'By reference'],
  'open-ended': ['Không ấn định hạn', 'Open-ended'],
};

const RUNG_WORDS: Readonly<Partial<Record<RungId, Word>>> = {
  'T-0': ['Nhắc ngày đến hạn', 'Reminder on the due date'],
  L1: ['Quá hạn mức 1', 'Overdue, level 1'],
  L2: ['Quá hạn mức 2', 'Overdue, level 2'],
  L3: ['Quá hạn mức 3, dự thảo văn bản đôn đốc', 'Overdue, level 3, draft letter'],
  L4: ['Quá hạn mức 4, dự thảo báo cáo UBND tỉnh', 'Overdue, level 4, draft report'],
  LM: ['Tổng hợp quá hạn hằng tháng', 'Monthly line of overdue tasks'],
  'A+4': ['Nhắc xác nhận tiếp nhận', 'Acknowledgement missing'],
  'A+5': ['Nhắc xác nhận tiếp nhận, gửi lãnh đạo', 'Acknowledgement missing, to the leader'],
};

/** What a rung says, in words; `T-20` becomes "Nhắc trước hạn 20 ngày làm việc". */
export const rungWord = (rung: string): Word => {
  const known = RUNG_WORDS[rung as RungId];
  if (known) return known;
  const days = /^T-(\d+)$/.exec(rung)?.[1];
  return days === undefined ? [rung, rung] : [`Nhắc trước hạn ${days} ngày làm việc`, `Reminder ${days} working days before`];
};

export const NOTICE_WORDS: Readonly<Record<NoticeKind, Word>> = {
  assigned: ['Giao nhiệm vụ', 'Assigned'],
  'assigned-coordinator': ['Phân công phối hợp', 'Assigned to coordinate'],
  'acknowledgement-missing': ['Chưa xác nhận tiếp nhận', 'Acknowledgement missing'],
  'due-soon': ['Sắp đến hạn', 'Due soon'],
  'due-today': ['Đến hạn hôm nay', 'Due today'],
  overdue: ['Quá hạn', 'Overdue'],
  'overdue-flag': ['Báo quá hạn cho đơn vị giám sát', 'Overdue flag'],
  'overdue-monthly': ['Tổng hợp quá hạn hằng tháng', 'Overdue, monthly'],
  'milestone-due-soon': ['Mốc sắp đến hạn', 'Milestone due soon'],
  'milestone-due-today': ['Mốc đến hạn hôm nay', 'Milestone due today'],
  'milestone-overdue': ['Mốc quá hạn', 'Milestone overdue'],
  'approval-request': ['Kính trình kết quả', 'Approval requested'],
  'approval-late': ['Kết quả trình chưa được xem xét', 'Approval late'],
  returned: ['Trả lại', 'Returned'],
  confirmed: ['Đã xác nhận hoàn thành', 'Confirmed'],
  'extension-granted': ['Gia hạn', 'Extension granted'],
  'letter-draft': ['Dự thảo văn bản chờ duyệt', 'Draft letter'],
  handover: ['Bàn giao', 'Handover'],
  reminder: ['Nhắc việc', 'Reminder'],
  'due-date-missing': ['Chưa ấn định thời hạn', 'Due date missing'],
  'progress-request': ['Đề nghị báo cáo tiến độ', 'Progress requested'],
  'assignment-rejected': ['Đề nghị điều chỉnh phân công', 'Assignment rejected'],
  'status-changed': ['Thay đổi tình trạng', 'Status changed'],
  'decision-late': ['Chậm quyết định', 'Decision late'],
  'calendar-missing': ['Thiếu lịch làm việc', 'Calendar missing'],
  'delivery-failed': ['Không gửi được', 'Delivery failed'],
  'plan-withdrawn': ['Thu hồi kế hoạch', 'Plan withdrawn'],
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
export const wordOf = (words: Readonly<Record<string, Word>>, key: string): Word => words[key] ?? [key, key];

import type { Act } from './acts';
import type { Answer, ObstacleState } from './matters';
import type { NoticeKind, RungId } from './notice';
import type { Role } from './plan';
import type { TaskStateName, Timeliness } from './task';

/** Vietnamese names of what the rules know, in the words of docs/domain.md ("Glossary", "Statuses"). Capitalised for lists. */
export const STATE_NAMES: Readonly<Record<TaskStateName, string>> = {
  assigned: 'Đã giao, chờ tiếp nhận', in_progress: 'Đang thực hiện', submitted: 'Đã trình, chờ xác nhận', completed: 'Hoàn thành', suspended: 'Tạm dừng',
  discontinued: 'Dừng thực hiện', merged: 'Lồng ghép', carried_over: 'Chuyển tiếp sang kế hoạch khác',
};

export const TIMELINESS_NAMES: Readonly<Record<Timeliness, string>> = {
  'in-time': 'Trong hạn', 'due-soon': 'Sắp đến hạn', 'due-today': 'Đến hạn hôm nay', 'overdue-1': 'Quá hạn mức 1', 'overdue-2': 'Quá hạn mức 2',
  'overdue-3': 'Quá hạn mức 3', 'overdue-4': 'Quá hạn mức 4', 'awaiting-in-time': 'Chờ xác nhận, trình trong hạn', 'awaiting-late': 'Chờ xác nhận, trình quá hạn',
  'completed-on-time': 'Hoàn thành đúng hạn', 'completed-late': 'Hoàn thành quá hạn', none: 'Không xác định hạn',
};

export const RUNG_NAMES: Readonly<Record<RungId, string>> = {
  'T-60': 'Nhắc trước hạn 60 ngày làm việc', 'T-20': 'Nhắc trước hạn 20 ngày làm việc', 'T-10': 'Nhắc trước hạn 10 ngày làm việc',
  'T-5': 'Nhắc trước hạn 05 ngày làm việc', 'T-3': 'Nhắc trước hạn 03 ngày làm việc', 'T-1': 'Nhắc trước hạn 01 ngày làm việc', 'T-0': 'Nhắc ngày đến hạn',
  L1: 'Quá hạn mức 1', L2: 'Quá hạn mức 2 (đôn đốc lần 2)', L3: 'Quá hạn mức 3 (công văn đôn đốc)', L4: 'Quá hạn mức 4 (báo cáo UBND tỉnh)',
  LM: 'Tổng hợp quá hạn hằng tháng', 'A+4': 'Nhắc xác nhận tiếp nhận', 'A+5': 'Nhắc xác nhận tiếp nhận, báo cáo lãnh đạo đơn vị',
};

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  officer: 'Đầu mối theo dõi', head: 'Lãnh đạo phòng', leader: 'Lãnh đạo đơn vị', clerk: 'Văn thư',
};

export const ACT_NAMES: Readonly<Record<Act, string>> = {
  acknowledge: 'Xác nhận tiếp nhận', 'reject-assignment': 'Đề nghị điều chỉnh phân công', 'report-progress': 'Báo cáo tiến độ', prepare: 'Chuẩn bị trình lãnh đạo',
  submit: 'Trình kết quả', confirm: 'Xác nhận hoàn thành', return: 'Trả lại để bổ sung, hoàn thiện', 'grant-extension': 'Gia hạn', 'set-due-date': 'Ấn định thời hạn',
  amend: 'Đính chính', 'approve-letter': 'Duyệt văn bản đôn đốc', 'reject-letter': 'Không duyệt văn bản đôn đốc', reassign: 'Điều chỉnh đơn vị chủ trì',
  suspend: 'Tạm dừng', resume: 'Tiếp tục thực hiện', discontinue: 'Dừng thực hiện', merge: 'Lồng ghép', 'carry-over': 'Chuyển tiếp sang kế hoạch khác', remind: 'Nhắc việc',
  'open-consultation': 'Lấy ý kiến phối hợp', 'give-input': 'Góp ý', 'respond-to-input': 'Tiếp thu, giải trình ý kiến',
  'close-consultation': 'Kết thúc lấy ý kiến',
  'request-extension': 'Đề nghị gia hạn', 'give-opinion': 'Cho ý kiến về đề nghị gia hạn', 'refuse-extension': 'Không chấp thuận gia hạn',
  'enter-event': 'Ghi nhận sự kiện làm căn cứ tính thời hạn', 'raise-obstacle': 'Phản ánh khó khăn, vướng mắc',
  'acknowledge-obstacle': 'Tiếp nhận khó khăn, vướng mắc',
  'consolidate-obstacle': 'Tổng hợp khó khăn, vướng mắc, trình UBND tỉnh', 'decide-obstacle': 'Quyết định về khó khăn, vướng mắc', delegate: 'Ủy quyền',
  forward: 'Chuyển người khác xử lý', undo: 'Rút lại thao tác vừa thực hiện',
  'enter-document': 'Bổ sung số, ngày văn bản',
};

export const KIND_NAMES: Readonly<Record<NoticeKind, string>> = {
  assigned: 'Giao nhiệm vụ', 'assigned-coordinator': 'Phân công phối hợp', 'acknowledgement-missing': 'Chưa xác nhận tiếp nhận', 'due-soon': 'Sắp đến hạn',
  'due-today': 'Đến hạn hôm nay', overdue: 'Quá hạn', 'overdue-flag': 'Theo dõi nhiệm vụ quá hạn', 'overdue-monthly': 'Tổng hợp quá hạn hằng tháng',
  'milestone-due-soon': 'Mốc sắp đến hạn', 'milestone-due-today': 'Mốc đến hạn hôm nay', 'milestone-overdue': 'Mốc quá hạn', 'approval-request': 'Kính trình kết quả',
  'approval-late': 'Kết quả chờ xem xét', returned: 'Trả lại để bổ sung, hoàn thiện', confirmed: 'Đã xác nhận hoàn thành', 'extension-granted': 'Gia hạn',
  'letter-draft': 'Dự thảo văn bản chờ duyệt', handover: 'Chuyển giao, chuyển xử lý', reminder: 'Nhắc việc', 'due-date-missing': 'Chưa ấn định thời hạn',
  'progress-request': 'Đề nghị báo cáo tiến độ', 'assignment-rejected': 'Đề nghị điều chỉnh phân công', 'status-changed': 'Thay đổi tình trạng',
  'decision-late': 'Việc chờ quyết định', 'calendar-missing': 'Thiếu lịch làm việc', 'delivery-failed': 'Không gửi được thông báo',
  'plan-withdrawn': 'Thu hồi kế hoạch', 'one-time-code': 'Mã xác nhận', 'new-link': 'Đường dẫn mới',
  'consultation-request': 'Xin ý kiến phối hợp', 'consultation-due-soon': 'Sắp hết hạn góp ý', 'consultation-missed': 'Đã hết hạn góp ý',
  'input-received': 'Đã tiếp nhận ý kiến',
  'inputs-status': 'Tình hình góp ý', 'extension-request': 'Đề nghị gia hạn', 'extension-refused': 'Không chấp thuận gia hạn',
  'obstacle-raised': 'Khó khăn, vướng mắc', 'obstacle-answered': 'Trả lời khó khăn, vướng mắc',
  'letter-rejected': 'Văn bản đôn đốc không được duyệt', 'date-committed': 'Cam kết ngày hoàn thành',
};

export const ANSWER_NAMES: Readonly<Record<Answer, string>> = {
  agree: 'Thống nhất', 'agree-with-comments': 'Thống nhất, có góp ý', disagree: 'Không thống nhất', 'not-our-function': 'Không thuộc chức năng, nhiệm vụ',
  'ask-more-time': 'Đề nghị gia hạn góp ý',
};
/** How a unit that said nothing is recorded: never as consent. */
export const SILENCE_NAMES = { deemed: 'Không trả lời (coi như thống nhất)', 'closed-early': 'Chưa trả lời (kết thúc trước hạn của đơn vị)' } as const;
export const OBSTACLE_NAMES: Readonly<Record<ObstacleState, string>> = {
  raised: 'Chờ tiếp nhận', acknowledged: 'Đã tiếp nhận, đang tổng hợp', consolidated: 'Đã tổng hợp, chờ UBND tỉnh quyết định', decided: 'Đã có quyết định',
};

/** What `amend` mends, and what any other notice names as a field. */
export const FIELD_NAMES: Readonly<Record<string, string>> = {
  title: 'nội dung', window: 'thời gian thực hiện', coordinating: 'đơn vị phối hợp', deliverable: 'sản phẩm dự kiến', dueOn: 'thời hạn', lead: 'đơn vị chủ trì',
};

/** An unknown name stands as it is: a page never fails over one word. */
const lookup = (names: Readonly<Record<string, string>>) => (name: string): string => (Object.hasOwn(names, name) ? names[name]! : name);

export const stateName = lookup(STATE_NAMES);
export const timelinessName = lookup(TIMELINESS_NAMES);
export const roleName = lookup(ROLE_NAMES);
export const actName = lookup(ACT_NAMES);
export const kindName = lookup(KIND_NAMES);
export const fieldName = lookup(FIELD_NAMES);

/** `L2`, or with its occurrence `2019:L2`, as notices list them: "Mốc 2019: quá hạn mức 2 (đôn đốc lần 2)". */
export const rungName = (label: string): string => {
  const cut = label.lastIndexOf(':');
  const name = lookup(RUNG_NAMES)(label.slice(cut + 1));
  return cut < 0 ? name : `Mốc ${label.slice(0, cut)}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
};

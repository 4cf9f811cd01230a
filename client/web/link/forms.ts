import type { Act } from '../../../domain/acts';
import { AMEND_FORM } from './amend-form';
import { type ActForm, date, DOCUMENT, must, NEEDED_DOCUMENT, pick, REASON, text } from './form-fields';
import { JOINT_FORMS } from './joint-forms';

/** The fields of every act, in the order in which a page shows them. A new act is a row. */
export const ACT_FORMS: Readonly<Partial<Record<Act, ActForm>>> = {
  acknowledge: {
    isPlain: true, button: ['Xác nhận tiếp nhận', 'Acknowledge'],
    fields: [
      text(
        'deliverable', ['Sản phẩm dự kiến', 'Expected deliverable'],
        { ...must, hint: ['Ví dụ: Quyết định của UBND tỉnh; báo cáo kết quả.', 'For example a decision, a report.'] }
      ),
      text('contact', ['Đầu mối theo dõi (không bắt buộc)', 'Contact (optional)']),
    ],
  },
  'report-progress': {
    button: ['Báo cáo tiến độ', 'Report progress'],
    fields: [
      text('text', ['Tình hình thực hiện, khó khăn', 'Progress and difficulties'], must),
      { name: 'percent', label: ['Tỷ lệ hoàn thành, % (không bắt buộc)', 'Per cent done (optional)'], type: 'number' },
      date(
        'commitTo', ['Ngày cam kết hoàn thành (không bắt buộc)', 'Date committed to (optional)'],
        { hint: ['Chỉ một lần, không quá 20 ngày làm việc.', 'Once, at most 20 working days ahead.'] }
      ),
      pick('milestone', ['Mốc đã hoàn thành (không bắt buộc)', 'Milestone reached (optional)'], 'milestone', {}),
    ],
  },
  prepare: {
    button: ['Chuẩn bị, trình lãnh đạo đơn vị', 'Prepare for the leader'],
    fields: [
      {
        name: 'of', label: ['Trình lãnh đạo về', 'What is prepared'], type: 'choice', ...must,
        choices: [['submit', ['Kết quả thực hiện', 'The result']], ['request-extension', ['Đề nghị gia hạn', 'A request for an extension']]],
      },
      text('summary', ['Tóm tắt kết quả', 'Summary of the result'], { hint: ['Khi trình kết quả.', 'For a result.'] }),
      date('to', ['Đề nghị gia hạn đến ngày', 'Extension until'], { hint: ['Khi đề nghị gia hạn, cùng lý do.', 'For an extension, with the reason.'] }),
      text('reason', ['Lý do đề nghị gia hạn', 'Reason of the extension']), DOCUMENT,
    ],
  },
  submit: {
    isPlain: true, button: ['Trình kết quả', 'Submit the result'],
    fields: [
      text(
        'summary', ['Tóm tắt kết quả', 'Summary of the result'], { hint: ['Để trống nếu dùng bản đã được chuẩn bị.', 'Leave empty to use the prepared one.'] }
      ),
      DOCUMENT,
    ],
  },
  'reject-assignment': { button: ['Đề nghị điều chỉnh phân công', 'Ask to adjust the assignment'], fields: [REASON] },
  confirm: { isPlain: true, button: ['Xác nhận hoàn thành', 'Confirm completion'], fields: [DOCUMENT] },
  return: {
    isPlain: true, button: ['Trả lại', 'Return'],
    fields: [
      REASON,
      date(
        'correctBy', ['Hoàn thiện, trình lại trước ngày', 'To be corrected by'],
        { hint: ['Bắt buộc khi trả lại kết quả.', 'Needed where a result is returned.'] }
      ),
    ],
  },
  'approve-letter': {
    isPlain: true, button: ['Duyệt văn bản đôn đốc', 'Approve the letter'],
    fields: [
      pick('rung', ['Văn bản nào', 'Which one'], 'letter', { required: 'where-offered' }),
      text('text', ['Nội dung văn bản, sửa nếu cần', 'Text of the letter, to be edited where needed'], {
        isDraft: true, hint: ['Để nguyên hoặc để trống: văn bản được gửi đúng như dự thảo.', 'Left as it is, or empty: the letter leaves as drafted.'],
      }),
      { name: 'number', label: ['Số văn bản (không bắt buộc)', 'Number of the document (optional)'], type: 'line' },
    ],
  },
  'reject-letter': {
    isPlain: true, button: ['Không duyệt văn bản đôn đốc', 'Do not approve the letter'],
    fields: [
      pick('rung', ['Văn bản nào', 'Which one'], 'letter', { required: 'where-offered' }),
      text('reason', ['Lý do (không bắt buộc)', 'Reason (optional)']),
    ],
  },
  'grant-extension': { button: ['Gia hạn', 'Grant an extension'], fields: [date('to', ['Gia hạn đến ngày', 'Until'], must), NEEDED_DOCUMENT] },
  'set-due-date': { isPlain: true, button: ['Ấn định thời hạn', 'Set the due date'], fields: [date('dueOn', ['Thời hạn', 'Due date'], must), DOCUMENT] },
  remind: {
    button: ['Nhắc việc', 'Remind'],
    fields: [
      text('text', ['Nội dung (không bắt buộc)', 'Text (optional)']),
      {
        name: 'escalate', type: 'choice',
        label: ['Thực hiện ngay bước đôn đốc tiếp theo (không bắt buộc)', 'Bring the next rung forward (optional)'],
        choices: [['yes', ['Có, thay cho việc nhắc', 'Yes, instead of a reminder']]],
      },
    ],
  },
  amend: AMEND_FORM,
  reassign: {
    button: ['Điều chỉnh đơn vị chủ trì', 'Reassign'],
    fields: [{ name: 'lead', label: ['Đơn vị chủ trì mới', 'New lead'], type: 'choice', from: 'unit', ...must }, NEEDED_DOCUMENT],
  },
  suspend: { button: ['Tạm dừng', 'Suspend'], fields: [NEEDED_DOCUMENT] },
  resume: { isPlain: true, button: ['Tiếp tục thực hiện', 'Resume'], fields: [NEEDED_DOCUMENT] },
  discontinue: { button: ['Dừng thực hiện', 'Discontinue'], fields: [NEEDED_DOCUMENT] },
  merge: { button: ['Lồng ghép', 'Merge'], fields: [NEEDED_DOCUMENT] },
  'carry-over': { button: ['Chuyển tiếp sang kế hoạch khác', 'Carry over'], fields: [NEEDED_DOCUMENT] },
  ...JOINT_FORMS,
};

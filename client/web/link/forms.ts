import type { Act } from '../../../domain/acts';
import { ANSWERS } from '../../../domain/consultation';
import { ANSWER_NAMES } from '../../../domain/words';
import type { Word } from '../../words';

/** What a choice is made from, where it depends on the task and the position: `offers.ts` knows. */
export type OfferKind = 'unit' | 'colleague' | 'seat' | 'answered-unit' | 'obstacle' | 'file';

/**
 * One field as a person fills it in. `text`: several lines; `line`: one; `choice`: one of `choices`, or of what `from` offers; `document`: number and date. `required`: the form is not taken
 * without it; the rules may ask for more.
 */
export type FormField = {
  readonly name: string;
  readonly label: Word;
  readonly type: 'text' | 'line' | 'date' | 'number' | 'document' | 'choice';
  readonly from?: OfferKind;
  readonly required?: boolean;
  readonly hint?: Word;
  readonly choices?: readonly (readonly [value: string, label: Word])[];
};
/** `isPlain`: a step that stands open on the page; the rest is folded away. */
export type ActForm = { readonly button: Word; readonly fields: readonly FormField[]; readonly isPlain?: boolean; readonly note?: Word };

const text = (name: string, label: Word, more: Partial<FormField> = {}): FormField => ({ name, label, type: 'text', ...more });
const date = (name: string, label: Word, more: Partial<FormField> = {}): FormField => ({ name, label, type: 'date', ...more });
const must = { required: true } as const;
const DOCUMENT: FormField = { name: 'document', label: ['Văn bản', 'Document'], type: 'document' };
const NEEDED_DOCUMENT: FormField = { ...DOCUMENT, ...must };
const pick = (name: string, label: Word, from: OfferKind, more: Partial<FormField> = must): FormField => ({ name, label, type: 'choice', from, ...more });
const YES_NO = [['yes', ['Có', 'Yes']], ['no', ['Không', 'No']]] as const;
const ANSWERS_EN: Readonly<Record<(typeof ANSWERS)[number], string>> = {
  agree: 'Agree', 'agree-with-comments': 'Agree, with comments', disagree: 'Disagree', 'not-our-function': 'Not our function', 'ask-more-time': 'Ask for more time',
};
const REASON = text('reason', ['Lý do', 'Reason'], must);

/** The fields of every act that is possible by link, in the order in which a page shows them. A new act is a row. */
export const ACT_FORMS: Readonly<Partial<Record<Act, ActForm>>> = {
  acknowledge: {
    isPlain: true, button: ['Xác nhận tiếp nhận', 'Acknowledge'],
    fields: [
      text('deliverable', ['Sản phẩm dự kiến', 'Expected deliverable'], { ...must, hint: ['Ví dụ: Quyết định của UBND tỉnh; báo cáo kết quả.', 'For example a decision, a report.'] }),
      text('contact', ['Đầu mối theo dõi (không bắt buộc)', 'Contact (optional)']),
    ],
  },
  'report-progress': {
    button: ['Báo cáo tiến độ', 'Report progress'],
    fields: [
      text('text', ['Tình hình thực hiện, khó khăn', 'Progress and difficulties'], must),
      { name: 'percent', label: ['Tỷ lệ hoàn thành, % (không bắt buộc)', 'Per cent done (optional)'], type: 'number' },
      date('commitTo', ['Ngày cam kết hoàn thành (không bắt buộc)', 'Date committed to (optional)'], { hint: ['Chỉ một lần, không quá 20 ngày làm việc.', 'Once, at most 20 working days ahead.'] }),
      { name: 'milestone', label: ['Mốc đã hoàn thành (không bắt buộc)', 'Milestone reached (optional)'], type: 'line' },
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
    fields: [text('summary', ['Tóm tắt kết quả', 'Summary of the result'], { hint: ['Để trống nếu dùng bản đã được chuẩn bị.', 'Leave empty to use the prepared one.'] }), DOCUMENT],
  },
  'reject-assignment': { button: ['Đề nghị điều chỉnh phân công', 'Ask to adjust the assignment'], fields: [REASON] },
  confirm: { isPlain: true, button: ['Xác nhận hoàn thành', 'Confirm completion'], fields: [DOCUMENT] },
  return: {
    isPlain: true, button: ['Trả lại', 'Return'],
    fields: [REASON, date('correctBy', ['Hoàn thiện, trình lại trước ngày', 'To be corrected by'], { hint: ['Bắt buộc khi trả lại kết quả.', 'Needed where a result is returned.'] })],
  },
  'approve-letter': {
    isPlain: true, button: ['Duyệt văn bản đôn đốc', 'Approve the letter'],
    fields: [
      text('text', ['Nội dung sửa đổi (không bắt buộc)', 'Changed text (optional)']),
      { name: 'number', label: ['Số văn bản (không bắt buộc)', 'Number of the document (optional)'], type: 'line' },
    ],
  },
  'reject-letter': { isPlain: true, button: ['Không duyệt văn bản đôn đốc', 'Do not approve the letter'], fields: [text('reason', ['Lý do (không bắt buộc)', 'Reason (optional)'])] },
  'grant-extension': { button: ['Gia hạn', 'Grant an extension'], fields: [date('to', ['Gia hạn đến ngày', 'Until'], must), NEEDED_DOCUMENT] },
  'set-due-date': { isPlain: true, button: ['Ấn định thời hạn', 'Set the due date'], fields: [date('dueOn', ['Thời hạn', 'Due date'], must), DOCUMENT] },
  remind: { button: ['Nhắc việc', 'Remind'], fields: [text('text', ['Nội dung (không bắt buộc)', 'Text (optional)'])] },
  amend: {
    button: ['Đính chính', 'Amend'],
    fields: [
      { name: 'field', label: ['Mục cần đính chính', 'What to amend'], type: 'choice', ...must, choices: [['title', ['Nội dung nhiệm vụ', 'Title']], ['deliverable', ['Sản phẩm dự kiến', 'Deliverable']]] },
      text('value', ['Nội dung đúng', 'Corrected text'], must), REASON, DOCUMENT,
    ],
  },
  reassign: { button: ['Điều chỉnh đơn vị chủ trì', 'Reassign'], fields: [{ name: 'lead', label: ['Đơn vị chủ trì mới', 'New lead'], type: 'choice', from: 'unit', ...must }, NEEDED_DOCUMENT] },
  suspend: { button: ['Tạm dừng', 'Suspend'], fields: [NEEDED_DOCUMENT] },
  resume: { isPlain: true, button: ['Tiếp tục thực hiện', 'Resume'], fields: [NEEDED_DOCUMENT] },
  discontinue: { button: ['Dừng thực hiện', 'Discontinue'], fields: [NEEDED_DOCUMENT] },
  merge: { button: ['Lồng ghép', 'Merge'], fields: [NEEDED_DOCUMENT] },
  'carry-over': { button: ['Chuyển tiếp sang kế hoạch khác', 'Carry over'], fields: [NEEDED_DOCUMENT] },
  'give-input': {
    isPlain: true, button: ['Gửi ý kiến', 'Send the input'],
    fields: [
      { name: 'answer', label: ['Ý kiến', 'Answer'], type: 'choice', ...must, choices: ANSWERS.map((answer) => [answer, [ANSWER_NAMES[answer], ANSWERS_EN[answer]]] as const) },
      text('text', ['Nội dung góp ý', 'Comments'], { hint: ['Bắt buộc khi không thống nhất.', 'Needed where you disagree.'] }),
      date('dueOn', ['Đề nghị gia hạn góp ý đến ngày', 'More time until'], {
        hint: ['Chỉ khi đề nghị gia hạn góp ý; một lần, không quá 05 ngày làm việc.', 'Only where you ask for more time; once, at most five working days.'],
      }),
    ],
  },
  'open-consultation': {
    button: ['Lấy ý kiến các đơn vị phối hợp', 'Ask the coordinating units'],
    note: ['Gửi đến tất cả các đơn vị phối hợp của nhiệm vụ; để trống ngày thì hạn là 10 ngày làm việc.', 'Goes to all coordinating units; without a date they have ten working days.'],
    fields: [
      text('subject', ['Nội dung lấy ý kiến', 'Subject'], must), date('dueOn', ['Hạn góp ý (không bắt buộc)', 'Due date (optional)']), DOCUMENT,
      text('link', ['Nơi xem dự thảo (không bắt buộc)', 'Where the draft is to be read (optional)']), pick('file', ['Tệp dự thảo đã gửi lên trang (không bắt buộc)', 'File of this page (optional)'], 'file', {}),
    ],
  },
  'respond-to-input': {
    button: ['Tiếp thu, giải trình', 'Respond to an input'],
    fields: [
      pick('unit', ['Đơn vị góp ý', 'Unit'], 'answered-unit'), { name: 'taken', label: ['Tiếp thu', 'Taken'], type: 'choice', ...must, choices: YES_NO },
      text('text', ['Nội dung tiếp thu, giải trình', 'What is taken, or why not'], must),
    ],
  },
  'close-consultation': { button: ['Kết thúc lấy ý kiến', 'Close the consultation'], fields: [] },
  'request-extension': {
    button: ['Đề nghị gia hạn', 'Ask for an extension'],
    fields: [
      date('to', ['Đề nghị gia hạn đến ngày', 'Until'], { hint: ['Để trống cùng lý do nếu dùng bản đã được chuẩn bị.', 'Leave empty with the reason to use the prepared one.'] }),
      text('reason', ['Lý do, khối lượng đã thực hiện', 'Reason, and what was done']), DOCUMENT,
    ],
  },
  'give-opinion': {
    isPlain: true, button: ['Cho ý kiến về đề nghị gia hạn', 'Give an opinion on the extension'],
    fields: [{ name: 'support', label: ['Nhất trí với đề nghị gia hạn', 'Support'], type: 'choice', ...must, choices: YES_NO }, text('text', ['Nội dung (không bắt buộc)', 'Text (optional)'])],
  },
  'refuse-extension': { isPlain: true, button: ['Không chấp thuận gia hạn', 'Refuse the extension'], fields: [REASON] },
  'enter-event': { isPlain: true, button: ['Nhập sự kiện', 'Enter the event'], fields: [date('date', ['Ngày của sự kiện', 'Day of the event'], must), NEEDED_DOCUMENT] },
  'raise-obstacle': {
    button: ['Phản ánh khó khăn, vướng mắc', 'Raise an obstacle'],
    fields: [text('text', ['Khó khăn, vướng mắc', 'Obstacle'], must), text('proposal', ['Đề xuất, kiến nghị (không bắt buộc)', 'Proposal (optional)'])],
  },
  'acknowledge-obstacle': {
    isPlain: true, button: ['Tiếp nhận khó khăn, vướng mắc', 'Acknowledge the obstacle'],
    fields: [pick('obstacle', ['Khó khăn, vướng mắc số', 'Obstacle'], 'obstacle'), text('text', ['Nội dung (không bắt buộc)', 'Text (optional)'])],
  },
  'consolidate-obstacle': {
    isPlain: true, button: ['Tổng hợp, trình UBND tỉnh', 'Consolidate the obstacle'],
    fields: [pick('obstacle', ['Khó khăn, vướng mắc số', 'Obstacle'], 'obstacle'), text('text', ['Nội dung tổng hợp (không bắt buộc)', 'Text (optional)'])],
  },
  'decide-obstacle': {
    isPlain: true, button: ['Quyết định về khó khăn, vướng mắc', 'Decide on the obstacle'],
    fields: [pick('obstacle', ['Khó khăn, vướng mắc số', 'Obstacle'], 'obstacle'), text('text', ['Nội dung quyết định', 'Decision'], must), NEEDED_DOCUMENT],
  },
  forward: { button: ['Chuyển người khác xử lý', 'Forward'], fields: [pick('to', ['Chức danh nhận', 'To'], 'seat')] },
  delegate: {
    button: ['Ủy quyền', 'Delegate'],
    fields: [pick('to', ['Người được ủy quyền', 'Deputy'], 'colleague'), date('from', ['Từ ngày', 'From'], must), date('until', ['Đến hết ngày', 'Until'], must)],
  },
  undo: {
    button: ['Rút lại thao tác vừa thực hiện', 'Take back'],
    note: ['Rút lại xác nhận tiếp nhận hoặc ý kiến góp ý trong vòng 15 phút.', 'Takes back an acknowledgement or an input within fifteen minutes.'], fields: [],
  },
};

/** What the inputs of a field are called in the form. */
export const inputsOf = ({ name, type }: FormField): readonly string[] => (type === 'document' ? [`${name}Number`, `${name}Date`] : [name]);

import type { Act } from '../../../domain/acts';
import { ANSWERS } from '../../../domain/matters';
import { ANSWER_WORDS } from '../../words';
import { type ActForm, date, many, DOCUMENT, must, NEEDED_DOCUMENT, pick, REASON, text, YES_NO } from './form-fields';

/** What several units do together on a task: inputs, extensions, obstacles; and what happens within one. */
export const JOINT_FORMS = {
  'give-input': {
    isPlain: true, button: ['Gửi ý kiến', 'Send the input'],
    fields: [
      {
        name: 'answer', label: ['Ý kiến', 'Answer'], type: 'choice', ...must,
        choices: ANSWERS.map((answer) => [answer, ANSWER_WORDS[answer]] as const),
      },
      text('text', ['Nội dung góp ý', 'Comments'], { hint: ['Bắt buộc khi không thống nhất.', 'Needed where you disagree.'] }),
      date('dueOn', ['Đề nghị gia hạn góp ý đến ngày', 'More time until'], {
        hint: ['Chỉ khi đề nghị gia hạn góp ý; một lần, không quá 05 ngày làm việc.', 'Only where you ask for more time; once, at most five working days.'],
      }),
    ],
  },
  'open-consultation': {
    button: ['Lấy ý kiến các đơn vị phối hợp', 'Ask the coordinating units'],
    note: [
      'Dự thảo: nhập số và ngày văn bản, nơi xem, hoặc gửi tệp (đến 10 MB) ở mục "Gửi tệp dự thảo" bên dưới trước rồi chọn tại đây.',
      'The draft: a document, where it is to be read, or a file (up to 10 MB) that is added below first and then chosen here.',
    ],
    fields: [
      text('subject', ['Nội dung lấy ý kiến', 'Subject'], must),
      many(
        'to', ['Chọn đơn vị (để trống: tất cả đơn vị phối hợp)', 'Choose units (none: all coordinating units)'],
        'coordinating', {
          hasDates: true,
          hint: [
            'Đơn vị có hạn góp ý riêng: nhập ngày bên cạnh đơn vị đã chọn.',
            'A unit with a date of its own: enter it beside the unit.',
          ],
        },
      ),
      pick('beforeDue', ['Hạn góp ý, tính lùi từ thời hạn nhiệm vụ (không bắt buộc)', 'Due, counted back from the due date of the task (optional)'], 'back-date', {}),
      date('dueOn', ['Hoặc hạn góp ý là ngày khác (không bắt buộc)', 'Or due on another day (optional)'], {
        hint: ['Để trống cả hai: 10 ngày làm việc kể từ hôm nay.', 'Neither: ten working days from today.'],
      }),
      pick('file', ['Tệp dự thảo đã gửi lên trang (không bắt buộc)', 'File of this page (optional)'], 'file', {}),
      text('link', ['Nơi xem dự thảo (không bắt buộc)', 'Where the draft is to be read (optional)']), DOCUMENT,
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
      date(
        'to', ['Đề nghị gia hạn đến ngày', 'Until'],
        { hint: ['Để trống cùng lý do nếu dùng bản đã được chuẩn bị.', 'Leave empty with the reason to use the prepared one.'] }
      ),
      text('reason', ['Lý do, khối lượng đã thực hiện', 'Reason, and what was done']), DOCUMENT,
    ],
  },
  'give-opinion': {
    isPlain: true, button: ['Cho ý kiến về đề nghị gia hạn', 'Give an opinion on the extension'],
    fields: [
      { name: 'support', label: ['Nhất trí với đề nghị gia hạn', 'Support'], type: 'choice', ...must, choices: YES_NO },
      text('text', ['Nội dung (không bắt buộc)', 'Text (optional)']),
    ],
  },
  'refuse-extension': { isPlain: true, button: ['Không chấp thuận gia hạn', 'Refuse the extension'], fields: [REASON] },
  'enter-event': {
    isPlain: true, button: ['Nhập sự kiện', 'Enter the event'], fields: [date('date', ['Ngày của sự kiện', 'Day of the event'], must), NEEDED_DOCUMENT],
  },
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
    fields: [
      pick('to', ['Người được ủy quyền', 'Deputy'], 'colleague'), date('from', ['Từ ngày', 'From'], must), date('until', ['Đến hết ngày', 'Until'], must),
    ],
  },
  'enter-document': {
    button: ['Bổ sung số, ngày văn bản', 'Enter the document'],
    note: [
      'Số, ngày văn bản được ghi vào việc đã thực hiện; nội dung đã ghi nhận không thay đổi.',
      'Number and date are added to what was done; what was recorded stays.',
    ],
    fields: [pick('of', ['Của việc nào', 'Of which act'], 'undocumented'), NEEDED_DOCUMENT],
  },
  undo: {
    button: ['Rút lại thao tác vừa thực hiện', 'Take back'],
    note: ['Rút lại xác nhận tiếp nhận hoặc ý kiến góp ý trong vòng 15 phút.', 'Takes back an acknowledgement or an input within fifteen minutes.'], fields: [],
  },
} as const satisfies Readonly<Partial<Record<Act, ActForm>>>;

import { countForPerson, type MessageNotice, type MessageRow, needsPerson, type ReceiptRow, type Undelivered, type UndeliveredMessage, type WayRow } from '../ledger/board';
import type { ListedOddMail, OddReason } from '../ledger/odd-mails';
import type { SeenUnsealed } from '../ledger/unsealed';
import { instantText } from './history-text';
import { ACT_WORDS, MESSAGE_STATE_WORDS, rungWord, type Word, wordOf } from './words';

export { countForPerson, needsPerson };
export type { Undelivered, UndeliveredMessage };

export const CHANNEL_WORDS: Readonly<Record<string, Word>> = { email: ['Thư điện tử', 'Mail'], sms: ['Tin nhắn', 'SMS'] };

/** How an attempt ended. */
export const OUTCOME_WORDS: Readonly<Record<string, Word>> = {
  accepted: ['Nơi nhận đã tiếp nhận', 'Accepted'], rejected: ['Bị từ chối', 'Refused for good'], deferred: ['Nơi nhận hẹn lại', 'Refused for now'],
  'not-sent': ['Chưa gửi được gì', 'Nothing was sent'], ambiguous: ['Chưa rõ kết quả', 'Ambiguous'],
};
const RECEIPT_WORDS: Readonly<Record<string, Word>> = { delivered: ['Đã đến người nhận', 'Delivered'], failed: ['Không đến được', 'Failed'], delayed: ['Còn chậm', 'Delayed'] };
const DELIVERY_WORDS: Readonly<Record<string, Word>> = {
  planned: ['Chờ gửi', 'Planned'], held: ['Đang giữ lại', 'Held'], claimed: ['Đang gửi', 'In a message'], sent: ['Đã gửi', 'Sent'], dropped: ['Không gửi', 'Left out'], failed: ['Không gửi được', 'Failed'],
};
/** Why a notice was decided. */
const PLANNED_WORDS: Readonly<Record<string, Word>> = {
  start: ['khởi động kế hoạch', 'start of the plan'], 'rung-day': ['đến ngày nhắc', 'the day of its rung'], 'catch-up': ['nhắc gộp các mốc đã qua', 'catching up'],
  'flag-as-of-right': ['theo dõi nhiệm vụ quá hạn', 'flag of the supervisor'], 'hold-ended': ['hết thời gian tạm giữ nhắc việc', 'end of the silence'],
  'approver-clock': ['chờ quyết định đã lâu', 'a decision is waited for'], 'monthly-line': ['tổng hợp hằng tháng', 'monthly line'], 'letter-approved': ['văn bản đã được duyệt', 'the letter was approved'],
  'continuous-row': ['hỏi tiến độ nhiệm vụ thường xuyên', 'progress of a continuous row'],
  'calendar-edge': ['lịch làm việc sắp hết dữ liệu', 'end of the calendar'],
  'brought-forward': ['đôn đốc sớm theo yêu cầu', 'brought forward by hand'],
  'no-holder': ['chức danh chưa có người', 'nobody holds the position'], 'empty-seat': ['chức danh đang trống', 'empty seat'], 'no-address': ['chưa có địa chỉ', 'no address'],
  rejected: ['nơi nhận từ chối', 'refused'], bounced: ['bị trả lại', 'bounced'], 'not-delivered': ['gửi nhiều lần không được', 'not delivered'], unclear: ['chưa rõ kết quả', 'unclear'],
  unsaid: ['chưa lập được nội dung thông báo', 'a notice could not be written'],
  'still-waiting': ['hết giờ làm việc vẫn chưa gửi được', 'still waiting at the end of the day'],
};
/** Why a notice is not in a message of a channel, or left it. */
const LEFT_OUT_WORDS: Readonly<Record<string, Word>> = {
  'task-closed': ['nhiệm vụ đã kết thúc', 'the task is closed'], 'state-changed': ['tình trạng nhiệm vụ đã thay đổi', 'the state has changed'], 'due-date-changed': ['thời hạn đã thay đổi', 'the due date has changed'],
  'lead-changed': ['đơn vị chủ trì đã thay đổi', 'the lead has changed'], committed: ['đơn vị đã cam kết thời hạn', 'a date was committed'], 'milestone-closed': ['mốc đã hoàn thành', 'the milestone is closed'],
  'already-decided': ['đã có quyết định', 'decided already'], 'day-over': ['đã qua ngày nhắc', 'its day is over'], 'plan-withdrawn': ['kế hoạch đã thu hồi', 'the plan was withdrawn'], 'no-gateway': ['chưa có tổng đài tin nhắn', 'no gateway'],
  'no-phone': ['chưa có số điện thoại', 'no phone'], 'no-email': ['chưa có địa chỉ thư', 'no mail address'], 'no-text': ['không có mẫu cho kênh này', 'no text for this channel'], 'no-plan': ['không tìm thấy kế hoạch', 'no plan'],
  'asked-for-less': ['người nhận đề nghị không nhắn tin', 'asked for fewer messages'], 'not-needed': ['đã gửi bằng thư cho người thay', 'not needed'], fallback: ['thay cho kênh không gửi được', 'instead of the way that failed'],
  'no-holder': ['chưa có người giữ chức danh', 'nobody holds the position'], 'no-address': ['chưa có địa chỉ', 'no address'], 'start-held': ['chờ cho phép gửi', 'waits for a release'],
  'ledger-restored': ['có thể đã gửi trước khi khôi phục sổ cái', 'may have been sent before the restore'], bounced: ['bị trả lại', 'bounced'], 'next-day': ['chuyển sang thư ngày hôm sau', "in the next day's message"],
  'code-expired': ['mã đã hết hạn', 'the code has expired'],
};

const inBrackets = (text: string | null): string => (text === null || text === '' ? '' : ` (${text})`);
const lower = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
type Lang = 0 | 1;

/** A server's own words stand as they are. */
export const leftOutText = (reason: string | null, lang: Lang = 0): string | null => (reason === null ? null : wordOf(LEFT_OUT_WORDS, reason)[lang]);

/** Why it was decided, with its rung or the act that caused it. */
export const plannedText = ({ planned, rung, milestone }: Pick<MessageNotice, 'planned' | 'rung' | 'milestone'>, lang: Lang = 0): string => {
  const act = planned.startsWith('act:') ? planned.slice(4) : undefined;
  const why = act === undefined ? wordOf(PLANNED_WORDS, planned)[lang] : `${lang === 0 ? 'việc' : 'act'}: ${lower(wordOf(ACT_WORDS, act)[lang])}`;
  const which = rung === null ? milestone : `${milestone === null ? '' : `${milestone}, `}${lower(rungWord(rung)[lang])}`;
  return `${why}${inBrackets(which)}`;
};

/** `Tin nhắn: không gửi (chưa có số điện thoại)`. */
export const wayText = ({ channel, state, reason }: Omit<WayRow, 'message'>, lang: Lang = 0): string =>
  `${wordOf(CHANNEL_WORDS, channel)[lang]}: ${lower(wordOf(DELIVERY_WORDS, state)[lang])}${inBrackets(leftOutText(reason, lang))}`;
export const deliveryText = ({ state, reason }: Pick<WayRow, 'state' | 'reason'>, lang: Lang = 0): string => `${wordOf(DELIVERY_WORDS, state)[lang]}${inBrackets(leftOutText(reason, lang))}`;

/** `08:05 22/10/2018: Đã đến người nhận`. */
export const receiptText = ({ at, status, detail }: ReceiptRow, lang: Lang = 0): string => `${instantText(at)}: ${wordOf(RECEIPT_WORDS, status)[lang]}${inBrackets(detail)}`;

/** What is awaited, in words; undefined for a message that needs nothing. */
export const awaitsText = ({ awaits, nextTryAt, failedOverAt }: Pick<MessageRow, 'awaits' | 'nextTryAt' | 'failedOverAt'>, lang: Lang = 0): string | undefined => {
  const at = nextTryAt === null ? '' : ` ${instantText(nextTryAt)}`;
  const again: Word = [`tự gửi lại lúc${at}`, `tried again at${at}`];
  const words: Readonly<Record<string, Word>> = {
    attempt: again, post: again, receipt: [`chờ nơi nhận báo kết quả đến${at}`, `a receipt is waited for until${at}`],
    person: ['chờ người quyết định', 'waits for a person'], channel: ['chuyển sang kênh khác', 'goes by the next channel'],
  };
  if (awaits !== null) return words[awaits]?.[lang];
  if (failedOverAt !== null) return (['đã chuyển sang kênh khác', 'went to the next channel'] as const)[lang];
  return nextTryAt === null ? undefined : words['attempt']?.[lang];
};

/** What a person does about a message that did not arrive, or that nobody has to do anything. */
export const nextStepText = (m: UndeliveredMessage, lang: Lang = 0): string => {
  const awaited = awaitsText(m, lang);
  if (m.awaits === 'person') return ([`Hỏi người nhận. Nếu chưa nhận được: chạy "dondoc outbox retry ${m.key}".`, `Ask the receiver. If it did not arrive: run "dondoc outbox retry ${m.key}".`] as const)[lang];
  if (m.isUnderWay) return (['Đang gửi bằng kênh khác; dòng này tự hết khi gửi được.', 'It goes by the other channel; this line ends when it arrives.'] as const)[lang];
  if (!needsPerson(m)) return lang === 0 ? `Không cần làm gì: ${awaited ?? 'chuyển sang kênh khác ở lượt gửi tới'}.` : `Nothing to do: ${awaited ?? 'it goes by the other channel at the next slot'}.`;
  return (['Báo cho người nhận bằng cách khác (điện thoại, văn thư) và sửa địa chỉ trong danh bạ. ', 'Tell the receiver by another way and mend the address in the directory. '] as const)[lang]
    + (m.state === 'bounced' || m.state === 'failed' ? ([`Sau đó gửi lại: chạy "dondoc outbox retry ${m.key}".`, `Then send it again: run "dondoc outbox retry ${m.key}".`] as const)[lang] : '')
    + (m.state === 'rejected' ? ([`Hộp thư đã hoạt động lại: chạy "dondoc outbox retry ${m.key}".`, `If the mailbox works again: run "dondoc outbox retry ${m.key}".`] as const)[lang] : '');
};

export const UNPLACED_WORDS: Readonly<Record<string, Word>> = {
  'no-holder': ['chưa có người giữ chức danh này và các chức danh cấp trên trong đơn vị', 'nobody holds this position or one above it'],
  'no-address': ['người giữ chức danh chưa có địa chỉ thư điện tử hoặc số điện thoại', 'the holder has no address'],
  'no-plan': ['không tìm thấy kế hoạch của thông báo này trong sổ cái', 'the plan of this notice is not in the ledger'],
};
/** Why a mail of the mailbox was not read. */
export const ODD_MAIL_WORDS: Readonly<Record<OddReason, Word>> = {
  unreadable: ['không phải là thư đọc được', 'it is no mail that can be read'],
  'too-slow': ['đọc quá lâu so với giới hạn của một thư', 'it takes longer than one mail may'],
  'too-large': ['cần nhiều bộ nhớ hơn giới hạn của một thư', 'it takes more memory than one mail may'],
  unwritable: ['có ký tự mà sổ cái không lưu được', 'the ledger cannot hold what it says'],
};
/** `thư số 12 của hộp thư, đến 08:00 22/10/2018, 3 KB`. */
export const oddMailText = ({ uid, arrivedAt, size }: ListedOddMail, lang: Lang = 0): string => {
  const at = arrivedAt === null ? [] : [lang === 0 ? `đến ${instantText(arrivedAt)}` : `arrived ${instantText(arrivedAt)}`];
  const long = size === null ? [] : [`${Math.ceil(size / 1024)} KB`];
  return [lang === 0 ? `Thư số ${uid} (UID) của hộp thư` : `Mail ${uid} (UID) of the mailbox`, ...at, ...long].join(', ');
};
export const ODD_MAIL_STEP: Word = [
  'Mở hộp thư của hệ thống và xem thư này trực tiếp; phần mềm không đọc lại. Dòng này tự hết sau 30 ngày.',
  'Open the mailbox and look at it; it is not read again. This line ends after 30 days.',
];

/** Why an act was undone. */
export const UNSEALED_WORDS: Readonly<Record<SeenUnsealed['why'], Word>> = {
  missing: ['không có dấu xác thực của hệ thống', 'it carries no seal of this installation'],
  wrong: ['dấu xác thực không khớp với nội dung', 'its seal was made for something else'],
  used: ['lần bấm này đã được ghi nhận trước đó', 'this press was taken before'],
  'unknown-key': ['dấu xác thực bằng khóa mà máy chủ không biết', 'it is sealed with a key that the workers do not know'],
};
/** `CN18-05: Hoàn thành, 08:00 22/10/2018`. */
export const unsealedText = ({ task, act, decidedAt }: SeenUnsealed, lang: Lang = 0): string =>
  `${task}: ${wordOf(ACT_WORDS, act)[lang]}, ${instantText(decidedAt)}`;
export const UNSEALED_STEP: Word = [
  'Việc này không qua đường dẫn hoặc lệnh của hệ thống nên đã bị hủy; nhiệm vụ giữ nguyên. Báo người quản trị xem ai truy cập được máy chủ Temporal. Dòng này tự hết sau 30 ngày.',
  'It came through no page or command of this installation and was undone. Have the administrator look who reaches Temporal. This line ends after 30 days.',
];

/** What a person does about them where the directory is not to blame. */
export const UNPLACED_STEPS: Readonly<Record<string, Word>> = { 'no-plan': ['Báo người quản trị hệ thống kiểm tra kế hoạch.', 'Ask the administrator to look at the plan.'] };
export const stateText = (m: Pick<MessageRow, 'state'>, lang: Lang = 0): string => wordOf(MESSAGE_STATE_WORDS, m.state)[lang];

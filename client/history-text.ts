import { ACTS } from '../domain/acts';
import type { TaskEvent } from '../domain/task';
import { isPosition, roleOf, unitOf } from '../domain/plan';
import { ANSWER_NAMES, SILENCE_NAMES } from '../domain/words';
import { dateAt, dmy, type Instant, isoInstant } from '../domain/time';
import type { HistoryRow } from '../ledger/board';
import type { Reply } from '../ledger/replies';
import { ACT_WORDS, ROLE_WORDS, rungWord, STATE_WORDS, VIA_WORDS, type Word } from './words';

const OUTCOME_WORDS: Readonly<Record<string, Word>> = {
  sent: ['đã gửi', 'sent'],
  held: ['tạm giữ', 'held'],
  released: ['gửi sau thời gian tạm giữ', 'released'],
  'caught-up': ['gộp vào một lần nhắc', 'caught up'],
  recorded: ['chỉ ghi nhận, không gửi', 'recorded, not sent'],
};
const CHASED_WORDS: Readonly<Record<string, Word>> = {
  letter: ['văn bản đôn đốc', 'a letter'],
  assignment: ['đề nghị điều chỉnh phân công', 'a rejected assignment'],
  submission: ['kết quả đã trình', 'a submission'],
  prepared: ['hồ sơ chuẩn bị trình', 'a prepared submission'],
  extension: ['đề nghị gia hạn', 'a request for an extension'],
  obstacle: ['khó khăn, vướng mắc', 'an obstacle'],
};
const FIELD_WORDS: Readonly<Record<string, Word>> = {
  deliverable: ['sản phẩm', 'deliverable'], contact: ['đầu mối', 'contact'], reason: ['lý do', 'reason'], text: ['nội dung', 'text'], summary: ['tóm tắt', 'summary'], value: ['nội dung mới', 'new value'],
  subject: ['nội dung lấy ý kiến', 'subject'], proposal: ['đề xuất', 'proposal'], link: ['dự thảo tại', 'draft at'],
};
const isAct = (act: string): act is (typeof ACTS)[number] => (ACTS as readonly string[]).includes(act);

/** What happened, in words. */
export const whatHappened = ({ event }: HistoryRow): Word => {
  switch (event.type) {
    case 'acted': return isAct(event.act) ? ACT_WORDS[event.act] : [event.act, event.act];
    case 'assigned': return event.isLate ? ['Giao nhiệm vụ (khởi động muộn)', 'Assigned (late start)'] : ['Giao nhiệm vụ', 'Assigned'];
    case 'rung': return rungHappened(event.rung, event.milestone, event.outcome);
    case 'hold-ended': return ['Hết thời gian tạm giữ nhắc việc', 'Reminders resume'];
    case 'chased': return [
      `Nhắc lần ${event.step}: chờ quyết định về ${CHASED_WORDS[event.what]?.[0]}`,
      `Chased (${event.step}): decision on ${CHASED_WORDS[event.what]?.[1]}`,
    ];
    case 'progress-requested': return ['Đề nghị báo cáo tiến độ', 'Progress requested'];
    case 'inputs-chased': return chasedInputs(event);
    case 'inputs-told': return [`Báo đơn vị chủ trì tình hình góp ý (lần lấy ý kiến ${event.no})`, `The lead is told what has come (consultation ${event.no})`];
    case 'consultation-closed': return [`Hết thời gian lấy ý kiến (lần ${event.no})`, `The time of consultation ${event.no} is over`];
    case 'calendar-ended': return [`Lịch làm việc hết dữ liệu từ năm ${event.year}`, `The calendar ends before ${event.year}`];
  }
};

const INPUT_STEPS: readonly Word[] = [
  ['còn 03 ngày làm việc', '3 working days left'], ['còn 01 ngày làm việc', '1 working day left'], ['quá hạn 01 ngày làm việc', '1 working day late'],
  ['quá hạn 03 ngày làm việc', '3 working days late'],
];
const chasedInputs = ({ step, units }: Extract<TaskEvent, { type: 'inputs-chased' }>): Word => {
  const [vi, en] = INPUT_STEPS[step - 1] ?? ['', ''];
  return [`Nhắc góp ý, ${vi} (${units.length} đơn vị)`, `Inputs chased, ${en} (${units.length} units)`];
};

const rungHappened = (rung: string, milestone: string | undefined, outcome: string): Word => {
  const [vi, en] = rungWord(rung);
  const [outcomeVi, outcomeEn] = OUTCOME_WORDS[outcome] ?? [outcome, outcome];
  return [
    `${vi}${milestone === undefined ? '' : `, mốc ${milestone}`} (${outcomeVi})`,
    `${en}${milestone === undefined ? '' : `, milestone ${milestone}`} (${outcomeEn})`,
  ];
};

/** `Lãnh đạo đơn vị, Sở Kế hoạch và Đầu tư`; the id where a name is not known. */
export const positionText = (position: string, names: ReadonlyMap<string, string>): string =>
  isPosition(position) ? `${ROLE_WORDS[roleOf(position)][0]}, ${names.get(unitOf(position)) ?? unitOf(position)}` : position;

/** Who did it and by which way. */
export const whoDid = (row: HistoryRow, names: ReadonlyMap<string, string>): string => {
  if (row.position === null) return 'Hệ thống';
  const who = row.position === 'admin' ? 'Quản trị' : positionText(row.position, names);
  const deputy = row.onBehalfOf === null ? '' : `, KT. ${positionText(row.onBehalfOf, names)}`;
  const via = row.via in VIA_WORDS ? VIA_WORDS[row.via as keyof typeof VIA_WORDS][0] : row.via;
  return `${who}${row.personName === null ? '' : ` (${row.personName})`}${deputy}, ${via}${proofOf(row)}`;
};

/** Units that said nothing, with how that is recorded: never as consent. */
const silentUnits = (silence: Readonly<Record<string, 'deemed' | 'closed-early'>> | undefined): string[] =>
  Object.entries(silence ?? {}).map(([unit, how]) => `${unit}: ${SILENCE_NAMES[how]}`);

/** How a decision by link was proved; a code by mail is the weaker one, and said to be so. */
const proofOf = ({ event }: HistoryRow): string => {
  const proof = event.type === 'acted' ? event.actor.proof : undefined;
  return proof === undefined ? '' : proof === 'sms' ? ', mã xác nhận qua điện thoại' : ', mã xác nhận qua thư điện tử (mức xác thực thấp hơn)';
};

/** Fields, documents and free texts of an act, one line each: what a reader wants to know beside the act's name. */
export const details = (row: HistoryRow): readonly string[] => {
  if (row.event.type === 'consultation-closed') return silentUnits(row.event.silence);
  if (row.event.type !== 'acted') return [];
  const { fields, result, actor } = row.event;
  const document = 'document' in fields && fields.document ? fields.document : actor.basis;
  return [
    ...Object.entries(row.texts).map(([name, text]) => `${FIELD_WORDS[name]?.[0] ?? name}: ${text ?? '(đã xóa)'}`),
    ...plainFields(fields),
    ...('file' in fields && fields.file ? [`tệp: ${fields.file.name}`] : []),
    ...(document === undefined ? [] : [`văn bản số ${document.number} ngày ${dmy(document.date)}`]),
    ...(result.state === undefined ? [] : [`tình trạng: ${STATE_WORDS[result.state][0]}`]),
    ...(result.dueOn === undefined ? [] : [`thời hạn: ${dmy(result.dueOn)}`]),
    ...(result.obstacle === undefined ? [] : [`khó khăn, vướng mắc số ${result.obstacle}`]),
    ...(result.isLateInput ? ['góp ý muộn'] : []), ...silentUnits(result.silence),
    ...(result.undone === undefined ? [] : [`rút lại: ${ACT_WORDS[result.undone][0].toLowerCase()}`]),
  ];
};

/** A note that came by mail: what it is, from whose seat it seems to come, and what was written. Nobody has checked it, and nothing follows from it. */
export const REPLY_WORD = 'Thư trả lời (chưa xác thực)';
export const replyFrom = ({ position }: Reply, names: ReadonlyMap<string, string>): string =>
  position === null ? 'Từ địa chỉ khác với địa chỉ đã nhận thông báo' : `Từ địa chỉ của ${positionText(position, names)}`;
export const replyDetails = ({ text, isOfDigest }: Reply): readonly string[] =>
  [...(isOfDigest ? ['trả lời thư tổng hợp nhiều việc'] : []), ...(text?.split('\n') ?? ['(đã xóa)'])];

/** A task's history with its answers by mail among it, each by the time when it was written down. */
export const withReplies = <A, B>(rows: readonly (readonly [Instant, A])[], replies: readonly (readonly [Instant, B])[]): readonly (A | B)[] =>
  [...rows, ...replies].sort(([a], [b]) => a - b).map(([, row]) => row);

const PLAIN: Readonly<Record<string, string>> = {
  percent: 'tỷ lệ hoàn thành (%)', commitTo: 'ngày cam kết', milestone: 'mốc', correctBy: 'hoàn thiện trước ngày', rung: 'mức', number: 'số văn bản',
  lead: 'đơn vị chủ trì mới', to: 'đến', dueOn: 'hạn', answer: 'ý kiến', unit: 'đơn vị', taken: 'tiếp thu', support: 'đồng ý', from: 'từ ngày',
  until: 'đến hết ngày',
  date: 'ngày diễn ra sự kiện', beforeDue: 'trước hạn (ngày làm việc)',
};
const VALUES: Readonly<Record<string, string>> = { ...ANSWER_NAMES, yes: 'có', no: 'không' };
const plainValue = (value: string | number): string | number =>
  typeof value === 'number' ? value : /^\d{4}-\d{2}-\d{2}$/.test(value) ? dmy(value) : Object.hasOwn(VALUES, value) ? VALUES[value] ?? value : value;
const plainFields = (fields: object): string[] =>
  Object.entries(fields).flatMap(([name, value]: [string, unknown]) => {
    const label = PLAIN[name];
    if (label === undefined || (typeof value !== 'string' && typeof value !== 'number')) return [];
    return [`${label}: ${plainValue(value)}`];
  });

/** `08:00 22/10/2018`. */
export const instantText = (at: Instant): string => `${isoInstant(at).slice(11, 16)} ${dmy(dateAt(at))}`;

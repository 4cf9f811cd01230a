import { ACTS } from '../domain/acts';
import type { TaskEvent } from '../domain/task';
import { isPosition, roleOf, unitOf } from '../domain/plan';
import { dateAt, dmy, type Instant, isoInstant } from '../domain/time';
import type { HistoryRow } from '../ledger/board';
import type { Reply } from '../ledger/replies';
import { ACT_WORDS, bothWays, joined, ROLE_WORDS, rungWord, then, VIA_WORDS, type Word } from './words';

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

/** Of these a leader sends the paper, or does not. */
const DRAFTED: Word = ['đã lập dự thảo, chờ duyệt', 'drafted, to be approved'];
const isDraft = (rung: string, outcome: string): boolean => outcome === 'sent' && (rung === 'L3' || rung === 'L4');

const rungHappened = (rung: string, milestone: string | undefined, outcome: string): Word => {
  const [vi, en] = rungWord(rung);
  const [outcomeVi, outcomeEn] = isDraft(rung, outcome) ? DRAFTED : (OUTCOME_WORDS[outcome] ?? [outcome, outcome]);
  return [
    `${vi}${milestone === undefined ? '' : `, mốc ${milestone}`} (${outcomeVi})`,
    `${en}${milestone === undefined ? '' : `, milestone ${milestone}`} (${outcomeEn})`,
  ];
};

/** `Lãnh đạo đơn vị, Sở Kế hoạch và Đầu tư`; the id where a name is not known. */
export const positionWord = (position: string, names: ReadonlyMap<string, string>): Word => {
  if (!isPosition(position)) return bothWays(position);
  const [unit, [vi, en]] = [names.get(unitOf(position)) ?? unitOf(position), ROLE_WORDS[roleOf(position)]];
  return [`${vi}, ${unit}`, `${en}, ${unit}`];
};
export const positionText = (position: string, names: ReadonlyMap<string, string>): string => positionWord(position, names)[0];

const SYSTEM: Word = ['Hệ thống', 'The system'];
const ADMIN: Word = ['Quản trị', 'Administrator'];

/** Who did it and by which way. */
export const whoDid = (row: HistoryRow, names: ReadonlyMap<string, string>): Word => {
  if (row.position === null) return SYSTEM;
  const who = row.position === 'admin' ? ADMIN : positionWord(row.position, names);
  const person = row.personName === null ? [] : [bothWays(` (${row.personName})`)];
  const deputy = row.onBehalfOf === null ? [] : [then([', KT. ', ', for '], positionWord(row.onBehalfOf, names))];
  const via = row.via in VIA_WORDS ? VIA_WORDS[row.via as keyof typeof VIA_WORDS] : bothWays(row.via);
  return joined([who, ...person, ...deputy, bothWays(', '), via, ...proofOf(row)]);
};

const PROOFS: Readonly<Record<'sms' | 'email', Word>> = {
  sms: [', mã xác nhận qua điện thoại', ', code by phone'],
  email: [', mã xác nhận qua thư điện tử (mức xác thực thấp hơn)', ', code by mail (weaker)'],
};
/** How a decision by link was proved; a code by mail is the weaker one, and said to be so. */
const proofOf = ({ event }: HistoryRow): Word[] => {
  const proof = event.type === 'acted' ? event.actor.proof : undefined;
  return proof === undefined ? [] : [PROOFS[proof]];
};

/** A note that came by mail: what it is, from whose seat it says that it comes, and what was written. Nobody has checked it, and nothing follows from it. */
export const REPLY_WORD = 'Thư trả lời (chưa xác thực)';
export const replyFrom = ({ position }: Reply, names: ReadonlyMap<string, string>): string =>
  position === null
    ? 'Địa chỉ gửi khác với địa chỉ đã nhận thông báo (chưa xác thực)'
    : `Địa chỉ gửi ghi là của ${positionText(position, names)} (chưa xác thực)`;
export const replyDetails = ({ text, isOfDigest }: Reply): readonly string[] =>
  [...(isOfDigest ? ['trả lời thư tổng hợp nhiều việc'] : []), ...(text?.split('\n') ?? ['(đã xóa)'])];

/** A task's history with its answers by mail among it, each by the time when it was written down. */
export const withReplies = <A, B>(rows: readonly (readonly [Instant, A])[], replies: readonly (readonly [Instant, B])[]): readonly (A | B)[] =>
  [...rows, ...replies].sort(([a], [b]) => a - b).map(([, row]) => row);

/** `08:00 22/10/2018`. */
export const instantText = (at: Instant): string => `${isoInstant(at).slice(11, 16)} ${dmy(dateAt(at))}`;

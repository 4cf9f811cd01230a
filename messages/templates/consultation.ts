import { dmy } from '../../domain/time';
import { ANSWER_NAMES, SILENCE_NAMES } from '../../domain/words';
import type { Block } from '../document';
import type { Context } from '../context';
import { documentName } from '../facts';
import { paragraph, type Section } from '../section';
import { subjectOf } from '../subject';
import { asSentence, capitalised, listed, workingDaysText } from '../words';

const dueOf = (c: Context): string => dmy(c.facts.inputDueOn ?? c.facts.decidedOn);
const subjectText = (c: Context): Block[] => {
  const text = c.text('subject');
  return text === undefined ? [] : [paragraph(`Nội dung xin ý kiến: ${asSentence(text)}`)];
};

const draft = (c: Context): Block[] => {
  const { document, file } = c.facts;
  const link = c.text('link');
  const parts = [...(document ? [documentName(document)] : []), ...(file ? [`tệp ${c.text('fileName') ?? 'đính kèm nhiệm vụ'} (tải tại đường dẫn trong thư này)`] : [])];
  return [...(parts.length === 0 ? [] : [paragraph(`Dự thảo: ${listed(parts)}.`)]), ...(link === undefined ? [] : [paragraph(`Xem dự thảo tại: ${link}`)])];
};

const WAYS = '(1) Thống nhất; (2) Thống nhất, có góp ý; (3) Không thống nhất, nêu lý do; (4) Không thuộc chức năng, nhiệm vụ; (5) Đề nghị gia hạn góp ý';
const silence = (c: Context): string =>
  `${c.facts.closesOn ? `Sau ngày ${dmy(c.facts.closesOn)}` : 'Quá thời hạn'} không có ý kiến thì được ghi nhận là "${SILENCE_NAMES.deemed}".`;

/** M06. */
export const consultationRequest = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `${c.lead} xin ý kiến`, title: c.title, after: ` (trước ngày ${dueOf(c)})` }),
  basis: 'short',
  statement: `để có cơ sở hoàn thiện kết quả nhiệm vụ ${c.code}, ${c.lead} đề nghị ${c.you} nghiên cứu, có ý kiến bằng một trong các hình thức: ${WAYS}.`,
  todo: `Nghiên cứu, có ý kiến trước ngày ${dueOf(c)}`, body: [...subjectText(c), ...draft(c), paragraph(`Thời hạn: trước ngày ${dueOf(c)}. ${silence(c)}`)],
  request: `Đề nghị ${c.you} xem dự thảo và gửi ý kiến tại`, action: 'Gửi ý kiến', brief: `${c.lead} xin ý kiến, trước ngày ${dueOf(c)}`,
});

/** M07. */
export const consultationDueSoon = (c: Context): Section => {
  const left = c.facts.workingDays ? `còn ${workingDaysText(c.facts.workingDays)} hết hạn góp ý` : 'sắp hết hạn góp ý';
  return {
    subject: subjectOf({ tag: c.code, before: `${capitalised(left)} (${dueOf(c)})`, title: c.title }),
    basis: 'short',
    statement: `${c.lead} đã xin ý kiến ${c.you} về nhiệm vụ ${c.code}; ${left} (hạn ${dueOf(c)}). ` +
      `Đến nay chưa nhận được ý kiến của ${c.you}.`,
    todo: `Có ý kiến trước ngày ${dueOf(c)}`, body: [...subjectText(c), ...draft(c)], request: `Đề nghị ${c.you} gửi ý kiến tại`, action: 'Gửi ý kiến',
    after: [silence(c)],
    brief: `${capitalised(left)} (hạn ${dueOf(c)})`,
  };
};

/** M07b, to the officer and to the leader of a silent unit. */
export const consultationMissed = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `Đã hết hạn góp ý (hạn ${dueOf(c)})`, title: c.title, after: ` (ngày ${dmy(c.facts.decidedOn)})` }),
  basis: 'short',
  statement: `thời hạn góp ý về nhiệm vụ ${c.code} do ${c.lead} chủ trì là ngày ${dueOf(c)}, đã quá ${workingDaysText(c.facts.workingDays ?? 0)}. ` +
    `Đến nay chưa nhận được ý kiến của ${c.you}.`,
  todo: 'Gửi ý kiến', body: [...subjectText(c), ...draft(c)], request: `Đề nghị ${c.you} gửi ý kiến tại`, action: 'Gửi ý kiến', after: [silence(c)],
  brief: `Đã hết hạn góp ý (hạn ${dueOf(c)}), chưa có ý kiến`,
});

const answer = (c: Context): string => (c.facts.answer === undefined ? 'đã có ý kiến' : ANSWER_NAMES[c.facts.answer]);
const lateMark = (c: Context): string => (c.facts.isLateInput ? ' (góp ý muộn)' : '');

/** M08: a receipt for whoever answered; news for the lead. */
export const inputReceived = (c: Context): Section => {
  const unit = c.facts.unit === undefined ? c.you : c.name(c.facts.unit);
  const text = c.text('text');
  const on = dmy(c.facts.decidedOn);
  const words = `${answer(c)}${c.facts.answer === 'ask-more-time' ? ` đến ngày ${dueOf(c)}` : ''}${lateMark(c)}`;
  return {
    subject: subjectOf({ tag: c.code, before: `Đã tiếp nhận ý kiến của ${unit}`, title: c.title, after: ` (ngày ${on})` }),
    basis: 'short', statement: `ngày ${on}, hệ thống đã tiếp nhận ý kiến của ${unit} về nhiệm vụ ${c.code}: ${words}.`,
    todo: c.isLead ? 'Tổng hợp, tiếp thu, giải trình' : 'Không; trân trọng cảm ơn',
    body: [...subjectText(c), ...(text === undefined ? [] : [paragraph(`Ý kiến: ${asSentence(text)}`)])],
    request: c.isLead ? `Đề nghị ${c.you} tiếp thu, giải trình ý kiến tại` : 'Nội dung đã gửi xem tại', action: 'Xem ý kiến',
    brief: `${unit}: ${words}`,
  };
};

const unitsLine = (c: Context, label: string, units: readonly string[]): Block[] =>
  (units.length === 0 ? [] : [paragraph(`${label} (${units.length}): ${listed(units.map(c.name))}.`)]);

const SILENT = `Đơn vị không trả lời khi đã quá hạn được ghi nhận là "${SILENCE_NAMES.deemed}"; ý kiến đến sau vẫn được tiếp nhận, ghi là muộn.`;

/** To the lead, three days before the date and at the end: what came, what came late, who is silent. */
export const inputsStatus = (c: Context): Section => {
  const { received = [], late = [], missing = [], isConsultationClosed = false } = c.facts;
  const counts = `đã trả lời ${received.length}/${received.length + missing.length} đơn vị`;
  const title = isConsultationClosed ? 'Kết thúc lấy ý kiến' : 'Tình hình góp ý';
  return {
    subject: subjectOf({ tag: c.code, before: `${title}: ${counts}`, title: c.title, after: ` (ngày ${dmy(c.facts.decidedOn)})` }),
    basis: 'short',
    statement: isConsultationClosed ? `việc lấy ý kiến về nhiệm vụ ${c.code} kết thúc ngày ${dmy(c.facts.decidedOn)}: ${counts}.`
      : `việc lấy ý kiến về nhiệm vụ ${c.code} có hạn ${dueOf(c)}: ${counts}.`,
    todo: isConsultationClosed ? 'Tổng hợp, tiếp thu, giải trình ý kiến' : 'Theo dõi, liên hệ các đơn vị chưa trả lời',
    body: [
      ...subjectText(c), ...unitsLine(c, 'Đã trả lời', received.filter((unit) => !late.includes(unit))), ...unitsLine(c, 'Trả lời muộn', late),
      ...unitsLine(c, isConsultationClosed ? 'Không trả lời' : 'Chưa trả lời', missing),
    ],
    request: `Đề nghị ${c.you} xem bảng tổng hợp ý kiến tại`, action: 'Xem bảng tổng hợp', brief: `${title}: ${counts}`,
    after: isConsultationClosed && missing.length > 0 ? [SILENT] : [],
  };
};

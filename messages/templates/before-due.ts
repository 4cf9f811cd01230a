import type { RungId } from '../../domain/notice';
import { dmy } from '../../domain/time';
import type { Context } from '../context';
import { paragraph, type Section } from '../section';
import { dayOffSentence, nextStep, passedSteps } from '../steps';
import { subjectOf } from '../subject';
import { ownWords } from './ends';
import { asSentence, workingDaysText } from '../words';

const todoBefore = (rung: RungId | undefined): string => {
  switch (rung) {
    case 'T-60': return 'Rà soát tiến độ, các bước còn lại, khó khăn, vướng mắc';
    case 'T-20': return 'Hoàn thiện dự thảo, hồ sơ trình; rà soát ý kiến của các đơn vị phối hợp';
    case 'T-10': return 'Hoàn thiện, trình kết quả; nếu khó hoàn thành, đề nghị gia hạn trước hạn';
    default: return 'Trình kết quả; cập nhật tiến độ, khó khăn, vướng mắc hoặc đề nghị gia hạn';
  }
};

const requestBefore = ({ you, item }: Context): string => {
  switch (item.notice.rung) {
    case 'T-60': return `Đề nghị ${you} rà soát tiến độ, các bước còn lại, khó khăn, vướng mắc và cập nhật tại`;
    case 'T-20': return `Đề nghị ${you} rà soát tiến độ, hoàn thiện hồ sơ trình và cập nhật tình hình tại`;
    case 'T-10': return `Đề nghị ${you} hoàn thiện, trình kết quả. Nếu khó hoàn thành, đề nghị gửi đề nghị gia hạn trước hạn tại`;
    default: return `Đề nghị ${you} trình kết quả hoặc cập nhật tiến độ, khó khăn, vướng mắc tại`;
  }
};

const left = (c: Context): string => workingDaysText(c.facts.workingDays ?? 0);

/** M03. */
export const dueSoon = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `Còn ${left(c)} đến hạn ${c.due}`, title: c.title }),
  basis: 'short', statement: `nhiệm vụ ${c.code} do ${c.you} chủ trì còn ${left(c)} (hạn ${c.due}).`,
  todo: todoBefore(c.item.notice.rung),
  body: [...[...dayOffSentence(c), ...passedSteps(c)].map(paragraph), ...ownWords(c)],
  request: requestBefore(c), action: 'Cập nhật tiến độ',
  after: nextStep(c), brief: `Còn ${left(c)} (hạn ${c.due})`,
});

/** M04: where the due date is a day off, the day on which the term ends is named; read on a later day of the term it says the date alone. */
export const dueToday = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `Đến hạn${c.isToday ? ' hôm nay' : ''} ${c.due}`, title: c.title }),
  basis: 'short', statement: `nhiệm vụ ${c.code} do ${c.you} chủ trì đến hạn ${c.isToday ? `HÔM NAY (hạn ${c.due})` : c.due}; hệ thống chưa nhận được kết quả.`,
  todo: 'Trình kết quả hoặc đề nghị gia hạn', body: [...dayOffSentence(c), ...passedSteps(c)].map(paragraph),
  request: `Đề nghị ${c.you} trình kết quả hoặc đề nghị gia hạn tại`, action: 'Trình kết quả', after: nextStep(c), brief: `Đến hạn${c.isToday ? ' hôm nay' : ''} ${c.due}`,
});

const label = (c: Context): string => `mốc ${c.item.notice.milestone ?? ''}`;
const milestoneDue = (c: Context): string => (c.facts.milestoneDueOn ? c.date(c.facts.milestoneDueOn) : c.due);
const CONSEQUENCE = 'Mốc chậm được ghi vào nhật ký của nhiệm vụ; thời hạn cuối của nhiệm vụ không thay đổi.';

const milestone = (c: Context, words: { subject: string; statement: string; action: string }): Section => ({
  subject: subjectOf({ tag: c.code, before: words.subject, title: c.title }),
  basis: 'short', statement: words.statement, todo: `Báo cáo kết quả ${label(c)}`, body: passedSteps(c).map(paragraph),
  request: `Đề nghị ${c.you} báo cáo kết quả ${label(c)} tại`, action: words.action, after: [CONSEQUENCE], brief: words.subject,
});

/** M03 for a milestone. */
export const milestoneDueSoon = (c: Context): Section => milestone(c, {
  subject: `Sắp đến hạn ${label(c)} (hạn ${milestoneDue(c)})`, action: 'Báo cáo tiến độ',
  statement: `${label(c)} của nhiệm vụ ${c.code} do ${c.you} chủ trì sắp đến hạn (hạn ${milestoneDue(c)}).`,
});

/** M04 for a milestone. */
export const milestoneDueToday = (c: Context): Section => milestone(c, {
  subject: `Đến hạn${c.isToday ? ' hôm nay' : ''} ${label(c)} (${milestoneDue(c)})`, action: 'Báo cáo tiến độ',
  statement: `${label(c)} của nhiệm vụ ${c.code} do ${c.you} chủ trì đến hạn ${c.isToday ? `HÔM NAY (hạn ${milestoneDue(c)})` : milestoneDue(c)}; hệ thống chưa nhận được kết quả.`,
});

/** M05 for a milestone: levels 1 and 2 only, and never "quá hạn" of the task. */
export const milestoneOverdue = (c: Context): Section => {
  const times = c.item.notice.rung === 'L2' ? ', nhắc lần 2' : '';
  return milestone(c, {
    subject: `Chậm ${label(c)} (hạn ${milestoneDue(c)}${times})`, action: 'Báo cáo kết quả',
    statement: `${label(c)} của nhiệm vụ ${c.code} do ${c.you} chủ trì có hạn ${milestoneDue(c)}. Đến ngày ${dmy(c.facts.decidedOn)} hệ thống chưa nhận được kết quả.`,
  });
};

/** One reminder outside the ladder, by a person of the host unit. */
export const reminder = (c: Context): Section => {
  const text = c.text('text');
  return {
    subject: subjectOf({ tag: c.code, before: 'Nhắc việc', title: c.title, after: c.facts.dueOn ? ` (hạn ${c.due})` : '' }),
    basis: 'short',
    statement: `nhiệm vụ ${c.code} do ${c.you} chủ trì có thời hạn: ${c.due}. ${c.name(c.input.plan.hostUnit)} trân trọng nhắc ${c.you} về việc thực hiện nhiệm vụ.`,
    todo: 'Cập nhật tiến độ hoặc trình kết quả', body: text === undefined ? [] : [paragraph(`Nội dung: ${asSentence(text)}`)],
    request: `Đề nghị ${c.you} cập nhật tiến độ hoặc trình kết quả tại`, action: 'Cập nhật tiến độ', after: nextStep(c), brief: `Nhắc việc (hạn ${c.due})`,
  };
};

/** Half-yearly, for a row without an end. */
export const progressRequest = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: 'Đề nghị báo cáo tiến độ', title: c.title, after: ` (ngày ${dmy(c.facts.decidedOn)})` }),
  basis: 'short', statement: `nhiệm vụ ${c.code} do ${c.you} chủ trì được thực hiện thường xuyên. ` +
    `Để theo dõi tình hình thực hiện, ${c.supervisor} đề nghị ${c.you} báo cáo tiến độ.`,
  todo: 'Báo cáo tiến độ thực hiện trong kỳ', request: `Đề nghị ${c.you} báo cáo kết quả trong kỳ, khó khăn, vướng mắc (nếu có) tại`, action: 'Báo cáo tiến độ',
  brief: 'Đề nghị báo cáo tiến độ trong kỳ',
});

import { unitOf } from '../../domain/plan';
import { dmy } from '../../domain/time';
import type { Context } from '../context';
import { approvedLetter } from '../letters/blocks';
import { paragraph, type Section } from '../section';
import { nextStep, passedSteps } from '../steps';
import { subjectOf } from '../subject';
import { ownWords } from './ends';
import { workingDaysText } from '../words';

const days = (c: Context): string => workingDaysText(c.facts.workingDays ?? 0);
const late = (c: Context): string =>
  `nhiệm vụ ${c.code} do ${c.isLead ? c.you : c.lead} chủ trì có thời hạn hoàn thành ${c.due}. Đến ngày ${dmy(c.facts.decidedOn)} nhiệm vụ đã quá hạn ${days(c)}; ` +
  'hệ thống chưa nhận được kết quả hoặc văn bản đề nghị điều chỉnh thời hạn.';
const answer = (c: Context): string => (c.facts.next ? ` trước ngày ${c.date(c.facts.next.on)}` : '');

/** M05-1: facts only. */
const firstLevel = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `Quá hạn ${days(c)}`, title: c.title, after: ` (hạn ${c.due})` }),
  basis: 'short', statement: late(c), todo: 'Báo cáo kết quả hoặc nguyên nhân, thời gian hoàn thành',
  body: [...passedSteps(c).map(paragraph), ...ownWords(c)],
  request: `Đề nghị ${c.you} báo cáo kết quả hoặc nguyên nhân chậm, thời gian hoàn thành dự kiến tại`, action: 'Báo cáo kết quả', after: nextStep(c),
  brief: `Quá hạn ${days(c)} (hạn ${c.due}), mức 1`,
});

/** M05-2 to the lead: asks for the cause and a new date. */
const secondLevel = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `Đôn đốc lần 2: quá hạn ${days(c)}`, title: c.title, join: ' - ' }),
  basis: 'short', statement: late(c), todo: `Báo cáo kết quả, nguyên nhân chậm và ngày cam kết hoàn thành${answer(c)}`,
  body: [...passedSteps(c).map(paragraph), ...ownWords(c)],
  request: `Đề nghị ${c.you} báo cáo kết quả thực hiện, nguyên nhân chậm, khó khăn, vướng mắc và thời gian hoàn thành dự kiến${answer(c)} tại`,
  action: 'Báo cáo, giải trình',
  after: nextStep(c),
  brief: `Đôn đốc lần 2: quá hạn ${days(c)} (hạn ${c.due}), mức 2`,
});

/** M05-2 to the supervisor's section. */
const secondLevelToSupervisor = (c: Context): Section => ({
  ...secondLevel(c), todo: 'Theo dõi, làm việc với đơn vị chủ trì', request: `Đề nghị ${c.you} theo dõi, làm việc với ${c.lead} để nắm nguyên nhân. Chi tiết tại`,
  action: 'Xem nhiệm vụ', after: nextStep(c), brief: `${c.lead}: quá hạn ${days(c)} (hạn ${c.due}), mức 2`,
});

/** L3 to the lead: the letter that the supervisor's leader approved. */
const thirdLevel = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `Công văn đôn đốc: quá hạn ${days(c)}`, title: c.title }),
  basis: 'short', statement: `${c.supervisor} gửi ${c.you} công văn đôn đốc thực hiện nhiệm vụ ${c.code}, có thời hạn hoàn thành ${c.due}, đã quá hạn ${days(c)}.`,
  todo: 'Báo cáo bằng văn bản kết quả, nguyên nhân chậm, thời gian hoàn thành', body: [approvedLetter(c, 'L3')],
  request: `Đề nghị ${c.you} báo cáo kết quả thực hiện, nguyên nhân chậm và thời gian hoàn thành tại`, action: 'Báo cáo kết quả', after: nextStep(c),
  brief: `Công văn đôn đốc: quá hạn ${days(c)} (hạn ${c.due}), mức 3`,
});

/** L4 to the authority's office, upwards. */
const fourthLevel = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `Kính báo cáo: nhiệm vụ quá hạn ${days(c)}`, title: c.title, after: ` (hạn ${c.due})` }),
  basis: 'short', statement: `${c.supervisor} kính báo cáo nhiệm vụ ${c.code} do ${c.lead} chủ trì, có thời hạn hoàn thành ${c.due}, đã quá hạn ${days(c)}.`,
  todo: `Xem xét, trình ${c.authority} cho ý kiến chỉ đạo`, body: [approvedLetter(c, 'L4')],
  request: `Kính đề nghị ${c.you} xem xét, trình ${c.authority} cho ý kiến chỉ đạo tại`, action: 'Xem báo cáo', brief: `${c.lead}: quá hạn ${days(c)} (hạn ${c.due}), mức 4`,
});

/** L4 to the lead, where the host unit leads: it is told what was reported. */
const fourthLevelToLead = (c: Context): Section => ({
  ...thirdLevel(c), subject: subjectOf({ tag: c.code, before: `Báo cáo ${c.authority}: nhiệm vụ quá hạn ${days(c)}`, title: c.title }),
  statement: `nhiệm vụ ${c.code} do ${c.you} chủ trì, có thời hạn hoàn thành ${c.due}, đã quá hạn ${days(c)}; ${c.supervisor} đã báo cáo ${c.authority}.`,
  body: [approvedLetter(c, 'L4')], brief: `Đã báo cáo ${c.authority}: quá hạn ${days(c)} (hạn ${c.due}), mức 4`,
});

/** M05-1 and M05-2, and the two that leave when a letter of L3 or L4 is approved. */
export const overdue = (c: Context): Section => {
  switch (c.item.notice.rung) {
    case 'L2': return c.isLead ? secondLevel(c) : secondLevelToSupervisor(c);
    case 'L3': return thirdLevel(c);
    case 'L4': return unitOf(c.to) === c.facts.lead ? fourthLevelToLead(c) : fourthLevel(c);
    default: return firstLevel(c);
  }
};

const LEVEL: Readonly<Record<string, string>> = { L1: 'mức 1', L2: 'mức 2', L3: 'mức 3, dự thảo công văn đôn đốc chờ duyệt', L4: 'mức 4, dự thảo báo cáo chờ duyệt' };

/** A line of M13: what the supervisor is told as of right. */
export const overdueFlag = (c: Context): Section => {
  const level = LEVEL[c.item.notice.rung ?? 'L1'] ?? 'mức 1';
  return {
    subject: subjectOf({ tag: c.code, before: `Theo dõi: quá hạn ${days(c)} (${level.slice(0, 5)})`, title: c.title, after: ` (hạn ${c.due})` }),
    basis: 'short', statement: late(c), todo: 'Theo dõi, đôn đốc đơn vị chủ trì', body: passedSteps(c).map(paragraph),
    request: `Đề nghị ${c.you} theo dõi, đôn đốc ${c.lead} thực hiện. Chi tiết tại`, action: 'Xem nhiệm vụ', after: nextStep(c),
    brief: `${c.lead}: quá hạn ${days(c)} (hạn ${c.due}), ${level}`,
  };
};

/** The monthly line of M13 after L4. */
export const overdueMonthly = (c: Context): Section => ({
  ...overdueFlag(c), subject: subjectOf({ tag: c.code, before: `Tổng hợp tháng: quá hạn ${days(c)}`, title: c.title, after: ` (hạn ${c.due})` }),
  brief: `${c.lead}: quá hạn ${days(c)} (hạn ${c.due}), tổng hợp hằng tháng`,
});

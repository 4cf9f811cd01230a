import type { RungId } from '../domain/notice';
import { leaderName, type Context } from './context';
import { rungName, uncapitalised } from './words';

/** What happens on the day of the next rung, as the receiver of this notice reads it. */
const consequence = (c: Context, rung: RungId): string => {
  const leader = uncapitalised(leaderName(c.input.units, c.facts.lead));
  switch (rung) {
    case 'T-60': case 'T-20': case 'T-10': case 'T-3': case 'T-1': return 'hệ thống sẽ nhắc lại';
    case 'T-5': case 'T-0': return `hệ thống sẽ báo cáo ${leader}`;
    case 'L1': return `hệ thống sẽ ghi nhận quá hạn mức 1 và báo cáo ${c.supervisor}`;
    case 'L2': return `hệ thống sẽ đôn đốc lần 2 và báo cáo ${leader}`;
    case 'L3': return `${c.supervisor} sẽ xem xét ban hành công văn đôn đốc`;
    case 'L4': return `${c.supervisor} sẽ xem xét báo cáo ${c.authority}`;
    case 'LM': case 'A+4': case 'A+5': return 'hệ thống sẽ tiếp tục tổng hợp, báo cáo';
  }
};

/** "Nếu đến ngày dd/mm/yyyy chưa có kết quả, hệ thống sẽ báo cáo lãnh đạo Sở."; nothing where no rung follows. */
export const nextStep = (c: Context): string[] => {
  const { next } = c.facts;
  return next === undefined ? [] : [`Nếu đến ngày ${c.date(next.on)} chưa có kết quả, ${consequence(c, next.rung)}.`];
};

/** The rungs that a catch-up stands for, in words; empty for an ordinary notice. */
export const passedNames = (c: Context): string => (c.item.notice.passed ?? []).map((label) => uncapitalised(rungName(label))).join('; ');

/** A catch-up names every rung that passed. */
export const passedSteps = (c: Context): string[] => {
  const passed = passedNames(c);
  return passed === '' ? [] : [`Thông báo này gộp các bước đã qua: ${passed}.`];
};

/** Reminders count to the last working day before a due date on a day off: the receiver is told on which day the term really ends. */
export const dayOffSentence = (c: Context): string[] => {
  const { dueOn, effectiveDueOn } = c.facts;
  if (!dueOn || !effectiveDueOn || dueOn === effectiveDueOn) return [];
  return [`Hạn ${c.date(dueOn)} là ngày nghỉ; thời hạn kết thúc ngày ${c.date(effectiveDueOn)}.`];
};

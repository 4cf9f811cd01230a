import { unitOf } from '../../domain/plan';
import { dmy } from '../../domain/time';
import type { Context } from '../context';
import { documentName } from '../facts';
import { draftLetter } from '../letters/blocks';
import { paragraph, type Section } from '../section';
import { nextStep, passedSteps } from '../steps';
import { subjectOf } from '../subject';
import { asSentence, capitalised, uncapitalised, workingDaysText } from '../words';

const by = (c: Context): string => (c.facts.answerBy === undefined ? '' : ` trước ngày ${dmy(c.facts.answerBy)}`);
const typed = (c: Context, label: string, name: string) => { const text = c.text(name); return text === undefined ? [] : [paragraph(`${label}: ${asSentence(text)}`)]; };
const document = (c: Context) => (c.facts.document === undefined ? [] : [paragraph(`Văn bản kèm theo: ${documentName(c.facts.document)}.`)]);

/** A request for an extension before the lead's leader. */
const extensionPrepared = (c: Context): Section => {
  const to = c.facts.requestedOn === undefined ? c.due : c.date(c.facts.requestedOn);
  const todo = `Xem xét, gửi đề nghị gia hạn${by(c)}`;
  return {
    subject: subjectOf({ tag: c.code, before: `Kính trình: dự thảo đề nghị gia hạn đến ${to}`, title: c.title }),
    basis: 'short',
    statement: `${c.position(`${c.facts.lead}/officer`)} kính trình ${c.you} dự thảo đề nghị gia hạn nhiệm vụ ${c.code} từ ${c.due} đến ${to}.`, todo,
    body: [...typed(c, 'Lý do', 'reason'), ...document(c)], request: `Kính đề nghị ${c.you} ${uncapitalised(todo)} tại`, action: 'Xem xét, gửi đề nghị',
    brief: `Dự thảo đề nghị gia hạn đến ${to}${c.facts.answerBy ? `, xử lý${by(c)}` : ''}`,
  };
};

/** M09: from the lead's officer to its leader (`prepared`), or from the lead to the supervisor. */
export const approvalRequest = (c: Context): Section => {
  if (c.facts.of === 'request-extension') return extensionPrepared(c);
  const isInside = c.facts.waiting === 'prepared';
  const from = isInside ? c.position(`${c.facts.lead}/officer`) : c.lead;
  const todo = isInside ? `Xem xét, trình kết quả${by(c)}` : `Xem xét, xác nhận hoàn thành hoặc trả lại${by(c)}`;
  const on = dmy(c.facts.submittedOn ?? c.facts.decidedOn);
  return {
    subject: subjectOf({
      tag: c.code, before: `Kính trình: ${isInside ? 'dự thảo ' : ''}kết quả nhiệm vụ`, title: c.title, after: by(c) === '' ? '' : ` (${by(c).trim()})`,
    }),
    basis: 'short', statement: `${from} kính trình ${c.you} kết quả nhiệm vụ ${c.code} ngày ${on}.`, todo,
    body: [...typed(c, 'Tóm tắt kết quả', 'summary'), ...document(c)],
    request: `Kính đề nghị ${c.you} ${uncapitalised(todo)} tại`, action: isInside ? 'Xem xét, trình' : 'Xem xét, xác nhận',
    after: isInside ? [] : ['Trong thời gian chờ xác nhận, nhiệm vụ được ghi nhận "chờ xác nhận".'],
    brief: `${c.lead} trình kết quả ngày ${on}${c.facts.answerBy ? `, xử lý${by(c)}` : ''}`,
  };
};

const WAITING = {
  submission: { what: 'kết quả nhiệm vụ', todo: 'Xem xét, xác nhận hoàn thành hoặc trả lại' },
  prepared: { what: 'dự thảo kết quả', todo: 'Xem xét, trình kết quả' },
  assignment: { what: 'đề nghị điều chỉnh phân công', todo: 'Xem xét, điều chỉnh hoặc giữ nguyên phân công' },
  letter: { what: 'dự thảo văn bản đôn đốc', todo: 'Xem xét, duyệt hoặc không duyệt dự thảo văn bản' },
  extension: { what: 'đề nghị gia hạn', todo: 'Xem xét, xử lý đề nghị gia hạn' },
  obstacle: { what: 'khó khăn, vướng mắc', todo: 'Xem xét, xử lý khó khăn, vướng mắc' },
} as const;

const late = (c: Context, before: string): Section => {
  const isExtension = c.facts.of === 'request-extension';
  const { what, todo } = isExtension ? { what: 'dự thảo đề nghị gia hạn', todo: 'Xem xét, gửi đề nghị gia hạn' } : WAITING[c.facts.waiting ?? 'submission'];
  const since = dmy(c.facts.waitingSince ?? c.facts.decidedOn);
  return {
    subject: subjectOf({ tag: c.code, before, title: c.title, after: ` (từ ngày ${since})` }),
    basis: 'short',
    statement: `${what} ${what === 'kết quả nhiệm vụ' ? '' : 'của nhiệm vụ '}${c.code} do ${c.lead} chủ trì chờ xem xét từ ngày ${since}. ` +
      `Đến ngày ${dmy(c.facts.decidedOn)} chưa có quyết định.`,
    todo, request: `Kính đề nghị ${c.you} ${uncapitalised(todo)} tại`, action: 'Xem xét, quyết định',
    brief: `${capitalised(what)} (${c.lead}) chờ xem xét từ ngày ${since}`,
  };
};

/** M09 again, when the approver's clock has run: a submission or what was prepared. */
export const approvalLate = (c: Context): Section =>
  c.facts.of === 'request-extension' ? late(c, 'Kính trình lại: dự thảo đề nghị gia hạn chưa được xem xét') :
  late(c, c.facts.waiting === 'prepared' ? 'Kính trình lại: dự thảo kết quả chưa được xem xét' : 'Kính trình lại: kết quả chưa được xem xét');

const LATE_SUBJECTS: Readonly<Partial<Record<string, string>>> = {
  assignment: 'Kính trình lại: đề nghị điều chỉnh phân công chưa được xử lý', extension: 'Kính trình lại: đề nghị gia hạn chưa được xử lý',
};

/** An obstacle that the host unit has not acknowledged, or not consolidated, in its time. */
const obstacleLate = (c: Context): Section => {
  const isRaised = c.facts.obstacleState === 'raised';
  const step = isRaised ? 'tiếp nhận' : 'tổng hợp';
  const base = late(c, `Khó khăn, vướng mắc số ${c.facts.obstacle ?? 1} chưa được ${step}`);
  const on = dmy(c.facts.obstacleOn ?? c.facts.waitingSince ?? c.facts.decidedOn);
  const unit = c.facts.unit === undefined ? c.lead : c.name(c.facts.unit);
  const todo = isRaised ? 'Tiếp nhận khó khăn, vướng mắc' : 'Tổng hợp, trình UBND tỉnh';
  return {
    ...base, todo, action: isRaised ? 'Tiếp nhận' : 'Tổng hợp',
    statement: `khó khăn, vướng mắc số ${c.facts.obstacle ?? 1} của nhiệm vụ ${c.code}, do ${unit} phản ánh ngày ${on}, ` +
      `đến ngày ${dmy(c.facts.decidedOn)} chưa được ${step}.`,
    request: `Kính đề nghị ${c.you} ${uncapitalised(todo)} tại`,
    brief: `Khó khăn, vướng mắc số ${c.facts.obstacle ?? 1} (${unit}) chưa được ${step}, từ ngày ${on}`,
  };
};

/** A letter, a rejected assignment, a request for an extension, an obstacle that waits. */
export const decisionLate = (c: Context): Section =>
  c.facts.waiting === 'obstacle' ? obstacleLate(c) : late(c,
    LATE_SUBJECTS[c.facts.waiting ?? 'letter'] ?? 'Kính trình lại: dự thảo văn bản đôn đốc chưa được duyệt');

/** M10; on a rejected assignment: it stands. */
export const returned = (c: Context): Section => {
  const until = c.facts.correctBy === undefined ? '' : ` trước ngày ${dmy(c.facts.correctBy)}`;
  const isAssignment = c.facts.state === 'assigned';
  const todo = isAssignment ? 'Tiếp nhận và thực hiện nhiệm vụ theo phân công' : `Bổ sung, hoàn thiện, trình lại${until}`;
  return {
    subject: subjectOf({
      tag: c.code,
      before: isAssignment ? 'Giữ nguyên phân công' : 'Trả lại để bổ sung, hoàn thiện',
      title: c.title,
      after: until === '' ? '' : ` (${until.trim()})`,
    }),
    basis: 'short',
    statement: isAssignment
      ? `${c.supervisor} đã xem xét đề nghị điều chỉnh phân công nhiệm vụ ${c.code}; phân công theo Kế hoạch được giữ nguyên.`
      : `${c.supervisor} trả lại kết quả nhiệm vụ ${c.code} do ${c.isLead ? c.you : c.lead} trình để bổ sung, hoàn thiện.`,
    todo,
    body: typed(c, 'Lý do', 'reason'),
    request: `Đề nghị ${c.you} ${uncapitalised(todo)} tại`,
    action: isAssignment ? 'Xác nhận tiếp nhận' : 'Trình lại',
    after: [`Thời hạn của nhiệm vụ không thay đổi: ${c.due}.`, ...nextStep(c)],
    brief: isAssignment ? 'Giữ nguyên phân công' : `Trả lại để bổ sung, hoàn thiện${until}`,
  };
};

/** M11. */
export const confirmed = (c: Context): Section => {
  const lateDays = c.facts.workingDaysLate ?? 0;
  const result = lateDays > 0 ? 'quá hạn' : 'đúng hạn';
  const on = dmy(c.facts.completedOn ?? c.facts.decidedOn);
  const paper = c.facts.document === undefined ? '' : ` (${documentName(c.facts.document)})`;
  return {
    subject: subjectOf({
      tag: c.code,
      before: `Đã xác nhận hoàn thành (${result})`,
      title: c.title,
      after: ` (ngày ${on})`,
    }),
    basis: 'short',
    statement:
      `${c.supervisor} đã xác nhận nhiệm vụ ${c.code} do ${c.isLead ? c.you : c.lead} chủ trì hoàn thành ${result}, ngày hoàn thành ${on}${paper}` +
      `${lateDays > 0 ? `; quá hạn ${workingDaysText(lateDays)}` : ''}.${unitOf(c.to) === c.facts.supervisor ? '' : ` Trân trọng cảm ơn sự phối hợp của ${c.you}.`}`,
    todo: 'Không; nhiệm vụ đã kết thúc theo dõi',
    request: 'Chi tiết tại',
    action: 'Xem nhiệm vụ',
    brief: `Đã xác nhận hoàn thành ${result}, ngày ${on}`,
  };
};

/** M05-3, M05-4: the draft before the supervisor's leader. */
export const letterDraft = (c: Context): Section => {
  const rung = c.item.notice.rung === 'L4' ? 'L4' : 'L3';
  const days = workingDaysText(c.facts.workingDays ?? 0);
  const paper = rung === 'L3' ? 'dự thảo công văn đôn đốc' : `dự thảo báo cáo ${c.authority}`;
  return {
    subject: rung === 'L3'
      ? subjectOf({ tag: c.code, before: `Kính báo cáo: nhiệm vụ quá hạn ${days}, dự thảo công văn đôn đốc`, title: c.title, join: ' - ' })
      : subjectOf({ tag: c.code, before: `Kính trình dự thảo báo cáo ${c.authority} về nhiệm vụ quá hạn`, title: c.title, join: ' - ' }),
    basis: 'short',
    statement: `nhiệm vụ ${c.code} do ${c.lead} chủ trì có thời hạn hoàn thành ${c.due}, đến ngày ${dmy(c.facts.decidedOn)} đã quá hạn ${days}, ` +
      `đã được nhắc việc, đôn đốc, chưa có kết quả. Kính trình ${c.you} ${paper}.`,
    todo: `Xem xét, duyệt hoặc không duyệt ${paper}`, body: [...passedSteps(c).map(paragraph), draftLetter(c, rung)],
    request: `Kính đề nghị ${c.you} xem xét, duyệt hoặc không duyệt ${paper} tại`, action: 'Xem xét, duyệt',
    after: ['Văn bản chỉ được gửi sau khi được duyệt.'], brief: `${c.lead}: quá hạn ${days} (hạn ${c.due}), ${paper} chờ duyệt`,
  };
};

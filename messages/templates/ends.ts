import { unitOf } from '../../domain/plan';
import { dmy } from '../../domain/time';
import type { Context } from '../context';
import { paragraph, type Section, type Template } from '../section';
import { subjectOf } from '../subject';
import { asSentence } from '../words';

/**
 * Who follows a task, and was told that something about it was late, hears that it is over: nothing is asked of them
 * any more.
 */
export const forInformation =
  (template: Template): Template =>
  (c) => {
    const section = template(c);
    if (c.facts.isEnd !== true || c.isLead || unitOf(c.to) === c.facts.previousLead) return section;
    return {
      ...section,
      todo: 'Không; việc đã được báo trước đây kết thúc',
      request: `Trân trọng thông báo để ${c.you} biết. Chi tiết tại`,
      action: 'Xem nhiệm vụ',
      after: [],
    };
  };

/** The drafted letter does not leave. Why is the supervisor's own matter. */
export const letterRejected = (c: Context): Section => {
  const what = c.item.notice.rung === 'L4' ? `dự thảo báo cáo ${c.authority}` : 'dự thảo công văn đôn đốc';
  const reason = c.isLead ? undefined : c.text('reason');
  const on = dmy(c.facts.decidedOn);
  return {
    subject: subjectOf({
      tag: c.code,
      before: `Không ban hành ${what.replace('dự thảo ', '')}`,
      title: c.title,
      after: ` (ngày ${on})`,
    }),
    basis: 'short',
    statement: `ngày ${on}, ${what} về nhiệm vụ ${c.code} do ${c.isLead ? c.you : c.lead} chủ trì không được duyệt; văn bản không được gửi.`,
    todo: c.isLead
      ? 'Tiếp tục thực hiện, báo cáo kết quả; thời hạn không thay đổi'
      : 'Theo dõi, đôn đốc đơn vị chủ trì',
    body: reason === undefined ? [] : [paragraph(`Lý do: ${asSentence(reason)}`)],
    request: `Trân trọng thông báo để ${c.you} biết. Chi tiết tại`,
    action: 'Xem nhiệm vụ',
    after: [`Thời hạn của nhiệm vụ không thay đổi: ${c.due}.`],
    brief: `${c.lead}: ${what} không được duyệt`,
  };
};

/**
 * To the supervisor: the date by which the lead means to be ready. The overdue ladder is silent until then, flags are
 * not.
 */
export const dateCommitted = (c: Context): Section => {
  const until = dmy(c.facts.commitTo ?? c.facts.decidedOn);
  const text = c.text('text');
  const percent = c.facts.percent === undefined ? '' : `, đã đạt ${c.facts.percent}%`;
  return {
    subject: subjectOf({ tag: c.code, before: `${c.lead} cam kết hoàn thành ngày ${until}`, title: c.title }),
    basis: 'short',
    statement: `ngày ${dmy(c.facts.decidedOn)}, ${c.lead} cam kết hoàn thành nhiệm vụ ${c.code} vào ngày ${until} (hạn ${c.due})${percent}.`,
    todo: 'Theo dõi việc thực hiện cam kết',
    body: text === undefined ? [] : [paragraph(`Tình hình: ${asSentence(text)}`)],
    request: `Đề nghị ${c.you} theo dõi. Chi tiết tại`,
    action: 'Xem nhiệm vụ',
    after: [
      `Đến hết ngày ${until}, hệ thống không gửi thông báo quá hạn cho đơn vị chủ trì; ${c.you} vẫn được báo khi nhiệm vụ quá hạn. Thời hạn không thay đổi.`,
    ],
    brief: `${c.lead} cam kết hoàn thành ngày ${until} (hạn ${c.due})`,
  };
};

/** What the person who brought a step forward has to say. */
export const ownWords = (c: Context) => {
  const text = c.facts.act === 'remind' ? c.text('text') : undefined;
  return text === undefined ? [] : [paragraph(`Nội dung: ${asSentence(text)}`)];
};

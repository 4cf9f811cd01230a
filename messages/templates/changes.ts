import { dmy } from '../../domain/time';
import type { Context } from '../context';
import { documentName } from '../facts';
import { paragraph, type Section } from '../section';
import { nextStep } from '../steps';
import { subjectOf } from '../subject';
import { actName, asSentence, fieldName, listed } from '../words';

const paper = (c: Context): string => (c.facts.document === undefined ? '' : ` theo ${documentName(c.facts.document)}`);

/** M12b. */
export const extensionGranted = (c: Context): Section => {
  const old = c.facts.previousDueOn === undefined ? '' : ` (hạn cũ ${dmy(c.facts.previousDueOn)})`;
  const number = c.facts.document === undefined ? '' : ` (văn bản số ${c.facts.document.number})`;
  const times = (c.facts.extensionNo ?? 1) > 1 ? ` lần ${c.facts.extensionNo}` : '';
  return {
    subject: subjectOf({ tag: c.code, before: `Gia hạn${times} đến ${c.due}${number}`, title: c.title }),
    basis: 'short', statement: `nhiệm vụ ${c.code} do ${c.isLead ? c.you : c.lead} chủ trì được gia hạn${times} đến ${c.due}${old}${paper(c)}.`,
    todo: `Thực hiện đúng thời hạn điều chỉnh ${c.due}`, request: `Đề nghị ${c.you} tổ chức thực hiện đúng thời hạn điều chỉnh. Chi tiết tại`, action: 'Xem nhiệm vụ',
    after: nextStep(c), brief: `Gia hạn${times} đến ${c.due}${old}`,
  };
};

const amended = (c: Context): string => {
  const { field, value } = c.facts;
  const [startsOn, dueOn] = value?.split('..') ?? [];
  const units = field === 'coordinating' ? listed((c.item.task?.coordinating ?? []).map(c.name)) : undefined;
  const now = c.text('value') ?? units ?? (startsOn && dueOn ? `từ ${dmy(startsOn)} đến ${c.date(dueOn)}` : undefined);
  return `${fieldName(field ?? 'title')} của nhiệm vụ ${c.code} được đính chính${paper(c)}${now === undefined || now === '' ? '' : `, nay là: ${now}`}.`;
};

const changed = (c: Context): string => {
  const { act, dueOn, previousDueOn } = c.facts;
  const task = `nhiệm vụ ${c.code} do ${c.isLead ? c.you : c.lead} chủ trì`;
  switch (act) {
    case 'suspend': return `${task} tạm dừng thực hiện từ ngày ${dmy(c.facts.decidedOn)}${paper(c)}. Trong thời gian tạm dừng, hệ thống không nhắc việc và không tính quá hạn.`;
    case 'resume':
      return `${task} tiếp tục thực hiện từ ngày ${dmy(c.facts.decidedOn)}${paper(c)}${dueOn && previousDueOn ? `; thời hạn chuyển từ ${dmy(previousDueOn)} sang ${c.due}` : ''}.`;
    case 'discontinue': return `${task} dừng thực hiện${paper(c)}.`;
    case 'merge': return `${task} được lồng ghép vào nhiệm vụ khác${paper(c)}.`;
    case 'carry-over': return `${task} được chuyển tiếp sang kế hoạch khác${paper(c)}.`;
    case 'set-due-date': return `${task} được ấn định thời hạn ${c.due}${paper(c)}.`;
    case 'enter-event': return `${task} có thời hạn ${c.due}, tính từ sự kiện được ghi nhận${paper(c)}.`;
    case 'amend': return amended(c);
    default: return `${task} có thay đổi về tình trạng thực hiện${paper(c)}.`;
  }
};

const todoAfter = (c: Context): string => {
  switch (c.facts.act) {
    case 'resume': case 'set-due-date': case 'enter-event': case 'amend': return 'Thực hiện theo nội dung đã điều chỉnh';
    case 'suspend': return 'Tạm dừng thực hiện đến khi có thông báo tiếp tục';
    default: return 'Không; nhiệm vụ kết thúc theo dõi trong Kế hoạch này';
  }
};

/** Suspended, resumed, discontinued, merged, carried over, a date set, a slip mended: to the lead and the coordinating units. */
export const statusChanged = (c: Context): Section => {
  const { act, field } = c.facts;
  const what = act === 'amend' ? `Đính chính ${fieldName(field ?? 'title')}` : actName(act ?? 'status-changed');
  const reason = c.text('reason');
  const isRunning = act === 'resume' || act === 'set-due-date' || act === 'enter-event' || act === 'amend';
  const shown = act === undefined ? 'Thay đổi tình trạng' : what;
  const date = act === 'set-due-date' || act === 'enter-event' ? ` (hạn ${c.due})` : ` (ngày ${dmy(c.facts.decidedOn)})`;
  return {
    subject: subjectOf({ tag: c.code, before: shown, title: c.title, after: date }),
    basis: 'short', statement: changed(c), todo: todoAfter(c), body: reason === undefined ? [] : [paragraph(`Lý do: ${asSentence(reason)}`)],
    request: `Trân trọng thông báo để ${c.you} biết, thực hiện. Chi tiết tại`, action: 'Xem nhiệm vụ', after: isRunning && c.isLead ? nextStep(c) : [],
    brief: `${shown}${paper(c)}${date}`,
  };
};

/** To the supervisor: a row that waits for a date. */
export const dueDateMissing = (c: Context): Section => {
  const words = c.item.task?.timeText ?? '';
  return {
    subject: subjectOf({ tag: c.code, before: 'Chưa ấn định thời hạn', title: c.title, after: ` (ngày ${dmy(c.facts.decidedOn)})` }),
    basis: 'short',
    statement: `nhiệm vụ ${c.code} do ${c.lead} chủ trì chưa có thời hạn cụ thể${words === '' ? '' : ` (thời gian ghi tại Kế hoạch: "${words}")`}. ` +
      `Khi chưa có thời hạn, hệ thống không nhắc việc trước hạn.`,
    todo: 'Xác định thời hạn hoàn thành', request: `${c.ask === 'đề nghị' ? 'Đề nghị' : 'Kính đề nghị'} ${c.you} xác định thời hạn hoàn thành của nhiệm vụ tại`,
    action: 'Ấn định thời hạn', brief: `${c.lead}: chưa ấn định thời hạn`,
  };
};

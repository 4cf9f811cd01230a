import { isPosition } from '../../domain/plan';
import { dmy } from '../../domain/time';
import { codePurpose } from '../code-purpose';
import { type Context, shortBasis } from '../context';
import { documentName } from '../facts';
import { paragraph, type Section } from '../section';
import { subjectOf } from '../subject';
import { asSentence } from '../words';

/** To the host unit, at the edge of the calendar. */
export const calendarMissing = (c: Context): Section => {
  const year = c.facts.year ?? Number(c.facts.decidedOn.slice(0, 4));
  return {
    subject: subjectOf({ tag: c.code, before: `Thiếu lịch làm việc sau năm ${year}`, title: c.title }),
    basis: 'short',
    statement: `hệ thống theo dõi nhiệm vụ ${c.code} đến hết lịch làm việc đã nạp (năm ${year}). ` +
      `Chưa có lịch năm ${year + 1}, hệ thống không tính được các ngày nhắc tiếp theo.`,
    todo: `Nạp lịch làm việc năm ${year + 1}`, request: `Đề nghị ${c.you} chỉ đạo nạp lịch làm việc năm ${year + 1}. Chi tiết tại`, action: 'Xem nhiệm vụ',
    brief: `Chưa có lịch làm việc năm ${year + 1}`,
  };
};

const whom = (c: Context): string => {
  const { id } = c.item.notice.about;
  if (c.facts.by !== undefined) return c.position(c.facts.by);
  return isPosition(id) ? c.position(id) : 'người nhận';
};

/** To the host unit's officer: a person must act. Names the position, never an address. */
export const deliveryFailed = (c: Context): Section => {
  const reason = c.text('reason') ?? c.text('text');
  return {
    subject: subjectOf({ tag: c.code, before: `Không gửi được thông báo (ngày ${dmy(c.facts.decidedOn)})`, title: c.title }),
    basis: 'short', statement: `hệ thống không gửi được thông báo cho ${whom(c)} ngày ${dmy(c.facts.decidedOn)}.`,
    todo: 'Kiểm tra, cập nhật thông tin liên hệ; thông báo bằng cách khác', body: reason === undefined ? [] : [paragraph(`Nguyên nhân: ${asSentence(reason)}`)],
    request: `Đề nghị ${c.you} kiểm tra thông tin liên hệ của ${whom(c)} và thông báo bằng cách khác. Chi tiết tại`, action: 'Xem chi tiết',
    brief: `Không gửi được thông báo cho ${whom(c)}`,
  };
};

/** To every unit that had been told of the plan. */
export const planWithdrawn = (c: Context): Section => {
  const paper = c.facts.document === undefined ? '' : ` theo ${documentName(c.facts.document)}`;
  return {
    subject: subjectOf({ tag: c.code, before: `Thu hồi ${shortBasis(c.input.plan)}`, after: ` (ngày ${dmy(c.facts.decidedOn)})` }),
    basis: 'short', statement: `hệ thống dừng theo dõi, đôn đốc các nhiệm vụ của Kế hoạch từ ngày ${dmy(c.facts.decidedOn)}${paper}. Các đường dẫn đã gửi trước đó hết hiệu lực.`,
    todo: 'Không; các nhiệm vụ kết thúc theo dõi', request: `Trân trọng thông báo để ${c.you} biết. Chi tiết tại`, action: 'Xem chi tiết', brief: `Thu hồi Kế hoạch${paper}`,
  };
};

/** To the person who acts, where there is no phone: the code takes the place of the slot as the mail goes out. */
export const oneTimeCode = (c: Context): Section => {
  const what = `${codePurpose(c)}${c.facts.forTask === undefined ? '' : `, nhiệm vụ ${c.facts.forTask}`}`;
  return {
    subject: subjectOf({ tag: c.facts.forTask ?? c.code, before: 'Mã xác nhận, hiệu lực 10 phút' }),
    basis: 'short', statement: `mã xác nhận cho thao tác "${what}" đang thực hiện trên trang của hệ thống theo dõi, đôn đốc:`, todo: 'Nhập mã trên trang đang mở',
    body: [paragraph(c.item.slot)],
    request: 'Mã có hiệu lực 10 phút. Đề nghị không cung cấp mã này cho bất kỳ ai; nếu không thực hiện thao tác này, đề nghị báo cho đơn vị đôn đốc.',
    action: 'Nhập mã', brief: 'Mã xác nhận',
  };
};

/** To the position's own address, as somebody asked on the page of a link that had ended. */
export const newLink = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: 'Đường dẫn mới theo đề nghị', after: ` (ngày ${dmy(c.facts.decidedOn)})` }),
  basis: 'short', statement: 'hệ thống gửi đường dẫn mới theo đề nghị trên trang của một đường dẫn đã hết hiệu lực.',
  todo: 'Mở đường dẫn mới để xem các việc đang chờ',
  request: `Kính gửi ${c.you} đường dẫn mới tại`, action: 'Xem các việc đang chờ', after: ['Nếu không có đề nghị này, đề nghị bỏ qua thư.'],
  brief: 'Đường dẫn mới theo đề nghị',
});

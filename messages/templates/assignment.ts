import { type Context, leaderName } from '../context';
import { documentName } from '../facts';
import { paragraph, type Section } from '../section';
import { subjectOf } from '../subject';
import { asSentence, listed, uncapitalised } from '../words';
import { dmy } from '../../domain/time';

const leader = (c: Context): string => uncapitalised(leaderName(c.input.units, c.facts.lead));
const deadline = (c: Context): string => (c.facts.dueOn ? ` (hạn ${c.due})` : '');

const unitList = (c: Context) => {
  const units = c.item.task?.coordinating ?? [];
  return units.length === 0 ? [] : [paragraph(`Danh sách đơn vị phối hợp (${units.length} đơn vị): ${listed(units.map(c.name))}.`)];
};

/** M01; after a reassignment it names the document and who led before. */
export const assigned = (c: Context): Section => {
  const { answerBy, document, previousLead } = c.facts;
  const moved = document && previousLead ? [paragraph(`Nhiệm vụ được chuyển từ ${c.name(previousLead)} theo ${documentName(document)}.`)] : [];
  const by = answerBy === undefined ? 'trong 03 ngày làm việc' : `trước ngày ${dmy(answerBy)} (03 ngày làm việc)`;
  return {
    subject: subjectOf({ tag: c.code, before: 'Giao nhiệm vụ', title: c.title, after: deadline(c) }),
    basis: 'full', statement: `${c.supervisor} trân trọng thông báo nhiệm vụ do ${c.you} chủ trì:`,
    todo: `Xác nhận tiếp nhận, cử đầu mối theo dõi, nêu sản phẩm dự kiến ${by}`,
    body: [...moved, ...unitList(c)],
    request: `${c.ask === 'đề nghị' ? 'Đề nghị' : 'Kính đề nghị'} ${c.you} xác nhận tiếp nhận, cử đầu mối theo dõi và nêu sản phẩm dự kiến ${by} tại`,
    action: 'Xác nhận tiếp nhận',
    after: answerBy === undefined ? [] : [`Nếu sau ngày ${dmy(answerBy)} chưa có xác nhận, hệ thống sẽ nhắc lại và báo cáo ${leader(c)}.`],
    brief: `Chủ trì${deadline(c)}, xác nhận tiếp nhận ${by}`,
  };
};

/** M01b. */
export const assignedCoordinator = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: 'Phân công phối hợp', title: c.title, after: deadline(c) }),
  basis: 'full', statement: `${c.supervisor} trân trọng thông báo nhiệm vụ do ${c.lead} chủ trì, ${c.you} phối hợp thực hiện:`,
  todo: `Cử đầu mối phối hợp; góp ý, cung cấp thông tin khi ${c.lead} đề nghị`,
  request: `Đề nghị ${c.you} cử đầu mối phối hợp và thực hiện phần việc thuộc chức năng khi ${c.lead} đề nghị. Chi tiết tại`,
  action: 'Xem nhiệm vụ', brief: `Phối hợp với ${c.lead}${deadline(c)}`,
});

/** M02. */
export const acknowledgementMissing = (c: Context): Section => {
  const given = c.facts.assignedOn ? ` ngày ${dmy(c.facts.assignedOn)}` : '';
  const step = c.item.notice.rung === 'A+5' ? [] : [`Nếu đến ngày làm việc tiếp theo chưa có xác nhận, hệ thống sẽ báo cáo ${leader(c)}.`];
  return {
    subject: subjectOf({ tag: c.code, before: 'Chưa xác nhận tiếp nhận nhiệm vụ', title: c.title, after: c.facts.assignedOn ? ` (giao${given})` : '' }),
    basis: 'short', statement: `nhiệm vụ ${c.code} do ${c.you} chủ trì đã được thông báo${given}. Đến nay hệ thống chưa nhận được xác nhận tiếp nhận của ${c.you}.`,
    todo: 'Xác nhận tiếp nhận, cử đầu mối theo dõi, nêu sản phẩm dự kiến',
    request: `Đề nghị ${c.you} xác nhận tiếp nhận hoặc đề nghị điều chỉnh phân công tại`, action: 'Xác nhận tiếp nhận', after: step,
    brief: `Giao${given}, chưa xác nhận tiếp nhận`,
  };
};

/** "Chuyển người khác xử lý": to the position that shall handle it now. */
const forwarded = (c: Context): Section => {
  const from = c.facts.by === undefined ? '' : ` từ ${c.position(c.facts.by)}`;
  return {
    subject: subjectOf({ tag: c.code, before: 'Chuyển xử lý', title: c.title, after: ` (ngày ${dmy(c.facts.decidedOn)})` }),
    basis: 'short',
    statement: `ngày ${dmy(c.facts.decidedOn)}, việc xử lý nhiệm vụ ${c.code} do ${c.lead} chủ trì được chuyển${from} đến ${c.position(c.to)}. ` +
      'Đường dẫn đã gửi trước đó hết hiệu lực.',
    todo: 'Tiếp nhận, xử lý', request: `Đề nghị ${c.you} xem xét, xử lý tại`, action: 'Xem nhiệm vụ', brief: `Chuyển xử lý${from}`,
  };
};

/** M16, to the old and to the new lead; or from one position of a unit to another. */
export const handover = (c: Context): Section => {
  if (c.facts.act === 'forward') return forwarded(c);
  const { previousLead, document, assignedOn, decidedOn } = c.facts;
  const from = dmy(assignedOn ?? decidedOn);
  const old = previousLead === undefined ? '' : ` từ ${c.name(previousLead)}`;
  const basis = document === undefined ? '' : ` (${documentName(document)})`;
  const todo = c.isLead ? 'Tiếp nhận hồ sơ, kết quả đã thực hiện và các việc còn lại' : `Bàn giao hồ sơ, kết quả đã thực hiện và các việc còn lại cho ${c.lead}`;
  return {
    subject: subjectOf({ tag: c.code, before: `Chuyển đơn vị chủ trì từ ngày ${from}`, title: c.title }),
    basis: 'short', statement: `từ ngày ${from}, nhiệm vụ ${c.code} được chuyển${old} sang ${c.lead} chủ trì${basis}. Các đường dẫn đã gửi trước đó hết hiệu lực.`,
    todo, request: `Đề nghị ${c.you} ${uncapitalised(todo)}. Chi tiết tại`, action: 'Xem nhiệm vụ', brief: `Chuyển${old} sang ${c.lead} từ ngày ${from}`,
  };
};

/** To the supervisor: "đề nghị điều chỉnh phân công". */
export const assignmentRejected = (c: Context): Section => {
  const by = c.facts.answerBy === undefined ? '' : ` trước ngày ${dmy(c.facts.answerBy)}`;
  const reason = c.text('reason');
  return {
    subject: subjectOf({ tag: c.code, before: `${c.lead} đề nghị điều chỉnh phân công`, title: c.title }),
    basis: 'short', statement: `nhiệm vụ ${c.code} được giao ${c.lead} chủ trì. Ngày ${dmy(c.facts.decidedOn)}, ${c.lead} đề nghị điều chỉnh phân công.`,
    todo: `Xem xét: điều chỉnh đơn vị chủ trì hoặc giữ nguyên phân công${by}`,
    body: reason === undefined ? [] : [paragraph(`Lý do: ${asSentence(reason)}`)],
    request: `Đề nghị ${c.you} xem xét, xử lý đề nghị nêu trên${by} tại`, action: 'Xem xét đề nghị',
    after: ['Trong thời gian chờ, thời hạn của nhiệm vụ không thay đổi.'],
    brief: `${c.lead} đề nghị điều chỉnh phân công, xử lý${by === '' ? ' sớm' : by}`,
  };
};

import { dmy } from '../../domain/time';
import { OBSTACLE_NAMES } from '../../domain/words';
import type { Block } from '../document';
import type { Context } from '../context';
import { documentName } from '../facts';
import { paragraph, type Section } from '../section';
import { subjectOf } from '../subject';
import { asSentence, uncapitalised } from '../words';

const typed = (c: Context, label: string, name: string): Block[] => {
  const text = c.text(name);
  return text === undefined ? [] : [paragraph(`${label}: ${asSentence(text)}`)];
};
const asked = (c: Context): string => (c.facts.requestedOn === undefined ? c.due : c.date(c.facts.requestedOn));
const times = (c: Context): string => ((c.facts.extensionNo ?? 1) > 1 ? ` lần ${c.facts.extensionNo}` : '');

const opinion = (c: Context): Block[] => {
  const { support } = c.facts;
  if (support === undefined) return [];
  const text = c.text('opinion');
  const words = `Ý kiến của ${c.name(c.input.plan.hostUnit)}: ${support === 'yes' ? 'đồng ý' : 'không đồng ý'}`;
  return [paragraph(text === undefined ? `${words}.` : `${words}; ${asSentence(text)}`)];
};

/** M12: to the host unit for its opinion, then to the authority's office for the decision. */
export const extensionRequest = (c: Context): Section => {
  const isOpinion = c.facts.awaits === 'opinion';
  const todo = isOpinion ? 'Xem xét, cho ý kiến về đề nghị gia hạn' : 'Xem xét, trình UBND tỉnh quyết định đề nghị gia hạn';
  return {
    subject: subjectOf({ tag: c.code, before: `Kính trình: đề nghị gia hạn${times(c)} từ ${c.due} đến ${asked(c)}`, title: c.title }),
    basis: 'short', statement: `nhiệm vụ ${c.code} do ${c.lead} chủ trì có thời hạn ${c.due}. ${c.lead} đề nghị gia hạn${times(c)} đến ${asked(c)}.`,
    todo, body: [...typed(c, 'Lý do', 'reason'), ...(c.facts.document ? [paragraph(`Văn bản kèm theo: ${documentName(c.facts.document)}.`)] : []),
      ...opinion(c)],
    request: `Kính đề nghị ${c.you} ${uncapitalised(todo)} tại`, action: isOpinion ? 'Cho ý kiến' : 'Xem xét, quyết định',
    after: ['Trong thời gian chờ, thời hạn của nhiệm vụ không thay đổi.'], brief: `${c.lead} đề nghị gia hạn${times(c)} từ ${c.due} đến ${asked(c)}`,
  };
};

/** M12c. */
export const extensionRefused = (c: Context): Section => ({
  subject: subjectOf({ tag: c.code, before: `Không chấp thuận gia hạn${times(c)} (hạn vẫn là ${c.due})`, title: c.title }),
  basis: 'short', statement: `đề nghị gia hạn${times(c)} nhiệm vụ ${c.code} đến ${asked(c)} không được chấp thuận; thời hạn vẫn là ${c.due}.`,
  todo: `Thực hiện đúng thời hạn ${c.due}`, body: typed(c, 'Lý do', 'reason'), request: `Đề nghị ${c.you} tổ chức thực hiện theo thời hạn. Chi tiết tại`,
  action: 'Xem nhiệm vụ',
  brief: `Không chấp thuận gia hạn, hạn vẫn là ${c.due}`,
});

const numbered = (c: Context): string => `khó khăn, vướng mắc số ${c.facts.obstacle ?? 1}`;
const raiser = (c: Context): string => (c.facts.unit === undefined ? c.lead : c.name(c.facts.unit));
const contents = (c: Context): Block[] => [...typed(c, 'Nội dung', 'text'), ...typed(c, 'Đề xuất', 'proposal')];

/** M15: to the host unit; consolidated, to the authority's office. */
export const obstacleRaised = (c: Context): Section => {
  const isForDecision = c.facts.obstacleState === 'consolidated';
  const on = dmy(c.facts.obstacleOn ?? c.facts.decidedOn);
  const todo = isForDecision ? 'Xem xét, trình UBND tỉnh quyết định' : 'Tiếp nhận trong 03 ngày làm việc, tổng hợp trong 10 ngày làm việc';
  return {
    subject: subjectOf({ tag: c.code, before: `${raiser(c)} phản ánh khó khăn, vướng mắc`, title: c.title, after: ` (ngày ${on})` }),
    basis: 'short', statement: `ngày ${on}, ${raiser(c)} phản ánh ${numbered(c)} khi thực hiện nhiệm vụ ${c.code} do ${c.lead} chủ trì.`,
    todo, body: [...contents(c), ...typed(c, `Tổng hợp của ${c.name(c.input.plan.hostUnit)}`, 'opinion')],
    request: `${isForDecision ? 'Kính đề nghị' : 'Đề nghị'} ${c.you} ${uncapitalised(todo)} tại`, action: isForDecision ? 'Xem xét, quyết định' : 'Tiếp nhận',
    after: ['Thời hạn của nhiệm vụ không thay đổi.'], brief: `${raiser(c)} phản ánh ${numbered(c)}${isForDecision ? ', chờ quyết định' : ''}`,
  };
};

/** To the raiser at each step, to all units concerned when it is decided. */
export const obstacleAnswered = (c: Context): Section => {
  const state = c.facts.obstacleState ?? 'decided';
  const paper = c.facts.document === undefined ? '' : ` tại ${documentName(c.facts.document)}`;
  const words = `${OBSTACLE_NAMES[state].charAt(0).toLowerCase()}${OBSTACLE_NAMES[state].slice(1)}`;
  return {
    subject: subjectOf({ tag: c.code, before: `Trả lời ${numbered(c)}: ${words}`, title: c.title, after: ` (ngày ${dmy(c.facts.decidedOn)})` }),
    basis: 'short', statement: `${numbered(c)} do ${raiser(c)} phản ánh khi thực hiện nhiệm vụ ${c.code}: ${words}${paper}.`,
    todo: state === 'decided' ? 'Thực hiện theo văn bản' : 'Không; chờ kết quả xử lý', body: typed(c, 'Nội dung trả lời', 'text'),
    request: `Trân trọng thông báo để ${c.you} biết. Chi tiết tại`, action: 'Xem nhiệm vụ',
    brief: `${numbered(c).charAt(0).toUpperCase()}${numbered(c).slice(1)}: ${words}${paper}`,
  };
};

import type { NoticeKind } from '../domain/notice';
import { unitOf } from '../domain/plan';
import { dmy } from '../domain/time';
import { confidentialLine, isConfidential } from './confidential';
import { type Context, fullBasis, positionName, shortBasis } from './context';
import type { Block, ListItem, MailDocument } from './document';
import { withoutDiacritics } from './gsm7';
import type { MessageInput } from './input';
import { isInFull } from './order';
import { paragraph } from './section';
import { passedNames } from './steps';
import { shortTitle } from './subject';
import { TEMPLATES } from './templates';
import { kindName, listed, twoDigits } from './words';

const kindOf = (c: Context): NoticeKind => c.item.notice.kind;
const all = (contexts: readonly Context[], ...kinds: NoticeKind[]): boolean => contexts.every((c) => kinds.includes(kindOf(c)));
const count = (contexts: readonly Context[], kind: NoticeKind): number => contexts.filter((c) => kindOf(c) === kind).length;

const assignedSubject = (led: number, coordinated: number): string => {
  if (led === 0) return `Phân công phối hợp: ${twoDigits(coordinated)} nhiệm vụ`;
  return `Giao nhiệm vụ: ${twoDigits(led)} nhiệm vụ chủ trì${coordinated === 0 ? '' : `, ${twoDigits(coordinated)} nhiệm vụ phối hợp`}`;
};

const isFlag = (c: Context): boolean => kindOf(c) === 'overdue-flag' || kindOf(c) === 'overdue-monthly';

/** M13, the supervisor's list on days with flags: what is overdue first, then how much else waits. */
const flagSubject = (input: MessageInput, contexts: readonly Context[]): string => {
  const flags = contexts.filter(isFlag).length;
  const others = contexts.length - flags;
  return `[${input.plan.code}] Tình hình ngày ${dmy(input.on)}: ${flags} quá hạn ghi nhận trong ngày${others === 0 ? '' : `, ${others} việc khác cần xử lý`}`;
};

/** A start, the urgent kinds and a list with flags name what they bring; every other collection is the day's list. */
const subject = (input: MessageInput, contexts: readonly Context[]): string => {
  const tag = `[${input.plan.code}]`;
  if (input.class === 'act' && all(contexts, 'assigned', 'assigned-coordinator')) {
    return `${tag} ${assignedSubject(count(contexts, 'assigned'), count(contexts, 'assigned-coordinator'))} (ngày ${dmy(input.on)})`;
  }
  if (input.class === 'urgent' && all(contexts, 'due-today') && contexts.every((c) => c.isToday)) return `${tag} Đến hạn hôm nay ${dmy(input.on)}: ${twoDigits(contexts.length)} nhiệm vụ`;
  if (input.class === 'urgent' && all(contexts, 'letter-draft')) return `${tag} Kính trình ${twoDigits(contexts.length)} dự thảo văn bản đôn đốc (ngày ${dmy(input.on)})`;
  if (contexts.some(isFlag)) return flagSubject(input, contexts);
  return `${tag} Việc ngày ${dmy(input.on)}: ${contexts.length} việc cần xử lý`;
};

const intro = (input: MessageInput, contexts: readonly Context[]): string => {
  const { you, supervisor, facts, to } = contexts[0]!;
  if (all(contexts, 'assigned', 'assigned-coordinator')) {
    return `Căn cứ ${fullBasis(input.plan)}; thực hiện nhiệm vụ đôn đốc được giao, ${supervisor} trân trọng thông báo các nhiệm vụ giao ${you} chủ trì, phối hợp thực hiện:`;
  }
  const ask = unitOf(to) === input.plan.authorityOffice || facts.waiting === 'letter' ? 'kính đề nghị' : 'đề nghị';
  return `Theo ${shortBasis(input.plan)}, ngày ${dmy(input.on)} có ${contexts.length} việc ${ask} ${you} xem xét, xử lý. Các việc được xếp theo thứ tự cần làm trước.`;
};

const line = (c: Context): ListItem => {
  if (isConfidential(c)) return { text: confidentialLine(c) };
  const title = c.title === '' ? '' : ` - ${shortTitle(c.title)}`;
  const isOther = c.facts.supervisor !== c.input.plan.hostUnit;
  const watched = kindOf(c).startsWith('overdue-') && isOther ? ` (do ${c.supervisor} giám sát)` : '';
  const passed = passedNames(c);
  return { text: `${c.code}${title}: ${TEMPLATES[kindOf(c)](c).brief}${watched}${passed === '' ? '' : ` (các bước đã qua: ${passed})`}`, url: c.url };
};

/** So many matters are said in one mail, in full or in one list; the rest are counted, with the way to them. */
export const MOST_SAID = 20;
const others = (input: MessageInput, said: number, all: number, what: string): ListItem[] =>
  all <= said ? [] : [{ text: `… và ${all - said} ${what} khác, xem tại`, url: `${input.publicUrl}/t/${input.pageSlot}` }];

const list = (input: MessageInput, heading: string, contexts: readonly Context[]): Block[] => contexts.length === 0 ? [] : [
  { type: 'heading', text: heading }, { type: 'list', items: [...contexts.slice(0, MOST_SAID).map(line), ...others(input, MOST_SAID, contexts.length, 'nội dung')] },
];

/** M13: what became overdue stands first, then the monthly lines; both by lead. */
const supervisorList = (input: MessageInput, contexts: readonly Context[]): Block[] => {
  const byLead = (kind: NoticeKind): Context[] =>
    contexts.filter((c) => kindOf(c) === kind).map((c) => ({ c, key: withoutDiacritics(c.lead) })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ c }) => c);
  const flags = [...byLead('overdue-flag'), ...byLead('overdue-monthly')];
  return list(input, `Tình hình ngày ${dmy(input.on)}: ${flags.length} nhiệm vụ quá hạn ghi nhận trong ngày`, flags);
};

type Sections = (c: Context, isAlone: boolean) => Block[];

/** Several matters in one mail: led tasks and decisions in full, the rest as lists, at the end the way to everything that is open. */
export const digestOf = (input: MessageInput, contexts: readonly Context[], sections: Sections): Pick<MailDocument, 'subject' | 'blocks' | 'sender'> => {
  const full = contexts.filter((c) => isInFull(c.item));
  const rest = contexts.filter((c) => !isInFull(c.item));
  const coordinated = rest.filter((c) => kindOf(c) === 'assigned-coordinator');
  const news = rest.filter((c) => !['assigned-coordinator', 'overdue-flag', 'overdue-monthly'].includes(kindOf(c)));
  const receivers = new Set(contexts.map((c) => unitOf(c.to)));
  const senders = new Set(contexts.map((c) => c.facts.supervisor));
  const [sender] = senders;
  const positions = listed([...new Set(input.positions)].map((position) => positionName(input.units, position)));
  return {
    subject: subject(input, contexts),
    blocks: [
      paragraph(intro(input, contexts)),
      ...full.slice(0, MOST_SAID).flatMap((c, i): Block[] => [
        { type: 'heading', text: `${i + 1}. ${c.code}${isConfidential(c) ? '' : `: ${TEMPLATES[kindOf(c)](c).brief}`}` }, ...sections(c, false),
      ]),
      ...(full.length > MOST_SAID ? [{ type: 'list' as const, items: others(input, MOST_SAID, full.length, 'việc cần xử lý') }] : []),
      ...supervisorList(input, rest),
      ...list(input, `${kindName('assigned-coordinator')} (${coordinated.length} nhiệm vụ)`, coordinated),
      ...list(input, `Thông báo (${news.length} nội dung)`, news),
      { type: 'request', text: `Toàn bộ việc của ${positions} xem tại`, url: `${input.publicUrl}/t/${input.pageSlot}`, label: 'Xem toàn bộ việc' },
    ],
    ...(senders.size === 1 && sender !== undefined && !receivers.has(sender) ? { sender: contexts[0]!.supervisor } : {}),
  };
};

import { unitOf, type Position } from '../domain/plan';
import { dmy } from '../domain/time';
import { attachmentsOf } from './attachments';
import { confidentialBlocks, confidentialSubject, isConfidential } from './confidential';
import { type Context, contextOf, fullBasis, positionName, shortBasis, unitName } from './context';
import { digestOf } from './digest';
import type { Block, MailDocument } from './document';
import { factBlock } from './facts';
import { toHtml } from './html';
import type { MessageInput, RenderedMail } from './input';
import { ordered } from './order';
import { paragraph, type Section } from './section';
import { TEMPLATES } from './templates';
import { toText } from './text';
import { capitalised, listed } from './words';

export const CLOSING = 'Trân trọng./.';

const basis = (c: Context, section: Section): string =>
  section.basis === 'full'
    ? `Căn cứ ${fullBasis(c.input.plan)}; thực hiện nhiệm vụ đôn đốc được giao, ${section.statement}`
    : `Theo ${shortBasis(c.input.plan)}, ${section.statement}`;

/** What is attached is named, so that nobody looks for it in vain. */
const filesSaid = ({ item: { files = [] } }: Context): Block[] => (files.length === 0 ? [] : [paragraph(`Tệp kèm theo thư này: ${listed(files.map((f) => f.filename))}.`)]);

/** A notice in full, with its basis (`isAlone`) or, under a heading of a digest, without it. */
export const sectionBlocks = (c: Context, isAlone: boolean): Block[] => {
  if (isConfidential(c)) return confidentialBlocks(c);
  const section = TEMPLATES[c.item.notice.kind](c);
  if (c.item.notice.kind === 'one-time-code') return [paragraph(capitalised(section.statement)), ...(section.body ?? []), paragraph(section.request)];
  const hasList = c.item.notice.kind === 'assigned' && (c.item.task?.coordinating.length ?? 0) > 0;
  return [
    paragraph(isAlone ? basis(c, section) : capitalised(section.statement)),
    ...(c.item.task === null ? [] : [factBlock(c, section.todo, hasList)]),
    ...(section.body ?? []),
    ...filesSaid(c),
    { type: 'request', text: section.request, url: c.url, label: section.action },
    ...(section.after ?? []).map(paragraph),
  ];
};

/** The lead's own letters. */
const BY_LEAD: readonly string[] = ['approval-request', 'assignment-rejected', 'consultation-request', 'consultation-due-soon', 'consultation-missed'];

/** Who speaks: the supervisor; the lead where it asks its supervisor; nobody by name where a unit would speak to itself. */
const senderOf = (c: Context): string | undefined => {
  const { kind } = c.item.notice;
  if (c.facts.waiting === 'prepared') return c.position(`${c.facts.lead}/officer`);
  if (BY_LEAD.includes(kind)) return c.lead;
  if (kind === 'extension-request') return c.facts.support === undefined ? c.lead : c.name(c.input.plan.hostUnit);
  if (kind === 'obstacle-raised') return c.facts.obstacleState === 'consolidated' ? c.name(c.input.plan.hostUnit) : c.name(c.facts.unit ?? c.facts.lead);
  return unitOf(c.to) === c.facts.supervisor ? undefined : c.supervisor;
};

const unitsOf = (input: MessageInput): string[] => [...new Set(input.positions.map((position) => unitName(input.units, unitOf(position))))];
const addressees = (input: MessageInput, positions: readonly Position[]): string => listed([...new Set(positions)].map((position) => positionName(input.units, position)));

const footer = (input: MessageInput): string =>
  'Thư được gửi tự động từ hệ thống theo dõi, đôn đốc; không thay thế văn bản hành chính. ' +
  `Đường dẫn chỉ dành cho ${addressees(input, input.positions)}, hiệu lực đến hết ngày ${dmy(input.linksExpireOn)}; đề nghị không chuyển tiếp.`;

const single = (c: Context): Pick<MailDocument, 'subject' | 'blocks' | 'sender'> => {
  const sender = senderOf(c);
  return {
    subject: isConfidential(c) ? confidentialSubject(c) : TEMPLATES[c.item.notice.kind](c).subject, blocks: sectionBlocks(c, true), ...(sender === undefined ? {} : { sender }),
  };
};

const PLAN_ATTACHED = 'Kế hoạch được gửi kèm thư này.';

/** A task's mails keep one thread; digests have their own. */
const threadOf = (input: MessageInput, contexts: readonly Context[]): string => {
  const tasks = new Set(contexts.map((c) => c.item.notice.task));
  const only = contexts[0]!.item.notice.task;
  return tasks.size === 1 && only !== null ? only : `${input.plan.code}-digest`;
};

/**
 * One mail: a single matter under its own subject, several as a digest in the order of handling. The text and the HTML part say the same, both
 * in NFC; subject at most 120 characters where the values allow it. Pure: the same input gives the same bytes. Throws on an input without items.
 */
export const renderMail = (input: MessageInput): RenderedMail => {
  const contexts = ordered(input.items).map((item) => contextOf(input, item));
  const [first] = contexts;
  if (first === undefined) throw new RangeError('A message without items has nothing to say');
  const said = contexts.length === 1 ? single(first) : digestOf(input, contexts, sectionBlocks);
  const mail: MailDocument = {
    ...said, subject: said.subject.normalize('NFC'), greeting: `Kính gửi: ${listed(unitsOf(input))}`,
    blocks: input.planFile === undefined ? said.blocks : [...said.blocks, paragraph(PLAN_ATTACHED)], closing: CLOSING, footer: footer(input),
  };
  return { subject: mail.subject, text: toText(mail), html: toHtml(mail), attachments: attachmentsOf(input, contexts), thread: threadOf(input, contexts) };
};

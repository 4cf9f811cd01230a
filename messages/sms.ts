import { dmy } from '../domain/time';
import { type Context, contextOf } from './context';
import { isConfidential } from './confidential';
import { isPlainSms, smsValue } from './gsm7';
import type { MessageInput, RenderedSms } from './input';
import { ordered } from './order';
import { SMS_TEMPLATES, type SmsTemplate, type SmsTemplateId, type SmsValues, WORST_VALUES } from './sms-templates';

export const SMS_LIMIT = 160;
/** Length of the secret that takes the slot's place in an SMS link. */
export const SMS_CODE_LENGTH = 12;

const linkLength = (smsPublicUrl: string): number => `${smsPublicUrl}/t/`.length + SMS_CODE_LENGTH;
const filled = (text: string, values: SmsValues): string => text.replace(/\{(\w+)\}/gu, (_, name: keyof SmsValues) => values[name] ?? '');

/** Whether a template with the longest values and the configured host fits into one SMS. */
const fitsWithLink = (template: SmsTemplate, smsPrefix: string, smsPublicUrl: string): boolean =>
  isPlainSms(smsPublicUrl) && `${smsPrefix}: ${filled(template.text, WORST_VALUES)}: `.length + linkLength(smsPublicUrl) <= SMS_LIMIT;

/** Templates that are sent without their link because the host is too long: `doctor` names them. */
export const smsTemplatesWithoutLink = (smsPrefix: string, smsPublicUrl: string): SmsTemplateId[] =>
  (Object.keys(SMS_TEMPLATES) as SmsTemplateId[]).filter((id) => id !== 'confidential' && !fitsWithLink(SMS_TEMPLATES[id], smsPrefix, smsPublicUrl));

const waitingTemplate = (c: Context): SmsTemplateId => {
  switch (c.facts.waiting) {
    case 'prepared': return 'approval-late-prepared';
    case 'assignment': return 'decision-late-assignment';
    case 'letter': return 'decision-late-letter';
    default: return c.item.notice.kind === 'decision-late' ? 'decision-late-letter' : 'approval-late';
  }
};

/** The template of a notice; undefined for kinds and rungs that go by mail alone. */
const templateOf = (c: Context): SmsTemplateId | undefined => {
  const { kind, rung } = c.item.notice;
  switch (kind) {
    case 'assigned': case 'acknowledgement-missing': case 'due-today': return c.isLead ? kind : undefined;
    case 'due-soon': return c.isLead && (rung === 'T-5' || rung === 'T-3' || rung === 'T-1') ? kind : undefined;
    case 'overdue': return !c.isLead ? undefined : rung === 'L1' ? 'overdue-1' : rung === 'L2' ? 'overdue-2' : undefined;
    case 'letter-draft': return rung === 'L4' ? 'letter-draft-L4' : 'letter-draft-L3';
    case 'approval-late': case 'decision-late': return waitingTemplate(c);
    case 'returned': return c.facts.state === 'assigned' ? 'returned-assignment' : 'returned';
    default: return undefined;
  }
};

const valuesOf = (c: Context, id: SmsTemplateId): SmsValues => {
  const { facts, input } = c;
  const since = facts.waitingSince ?? facts.assignedOn ?? facts.decidedOn;
  const han = id === 'returned' && facts.correctBy ? dmy(facts.correctBy) : smsValue(c.due);
  return { nv: smsValue(c.code), dv: smsValue(input.units[facts.lead]?.smsName ?? facts.lead), han, n: String(facts.workingDays ?? 0), ngay: dmy(since) };
};

type Sendable = { readonly id: SmsTemplateId; readonly values: SmsValues; readonly slot: string };

/** The first form that fits: with the link, shorter with the link, without it but with the day of the mail, the bare words. */
const render = (input: MessageInput, { id, values, slot }: Sendable): RenderedSms => {
  const template: SmsTemplate = SMS_TEMPLATES[id];
  const { plan: { smsPrefix }, smsPublicUrl, on } = input;
  const texts = [template.text, ...(template.short === undefined ? [] : [template.short])].map((text) => `${smsValue(smsPrefix)}: ${filled(text, values)}`);
  const hasRoom = id !== 'confidential' && fitsWithLink(template, smsPrefix, smsPublicUrl);
  const linked = texts.find((text) => hasRoom && `${text}: `.length + linkLength(smsPublicUrl) <= SMS_LIMIT);
  if (linked !== undefined) return { text: `${linked}: ${smsPublicUrl}/t/${slot}`, hasLink: true };
  const tail = id === 'confidential' ? '.' : `. Xem thu dien tu ngay ${dmy(on)}`;
  const unlinked = texts.map((text) => `${text}${tail}`).find((text) => text.length <= SMS_LIMIT) ?? texts.at(-1)!.slice(0, SMS_LIMIT);
  return { text: unlinked, hasLink: false };
};

const sendable = (c: Context): Sendable | undefined => {
  const own = templateOf(c);
  if (own === undefined || !c.item.notice.channels.includes('sms')) return undefined;
  const id = isConfidential(c) ? 'confidential' : own;
  return { id, values: valuesOf(c, id), slot: c.item.slot };
};

/**
 * One SMS, at most 160 characters of one septet each, beginning with the plan's prefix: the notice's own text, or for several a text that
 * counts them and names the first. Null where nothing in the message goes by SMS. The link's slot counts as the 12 characters that replace it.
 */
export const renderSms = (input: MessageInput): RenderedSms | null => {
  const all = ordered(input.items).flatMap((item) => sendable(contextOf(input, item)) ?? []);
  const [first] = all;
  if (first === undefined) return null;
  if (all.length === 1) return render(input, first);
  return render(input, { id: 'many', values: { ...first.values, n: String(all.length), ngay: dmy(input.on) }, slot: input.pageSlot });
};

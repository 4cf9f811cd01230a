import { unitOf } from '../domain/plan';
import { dmy } from '../domain/time';
import { type Context, contextOf } from './context';
import { isConfidential } from './confidential';
import { codePurpose } from './code-purpose';
import { smsValue } from './gsm7';
import type { MessageInput, RenderedSms } from './input';
import { ordered } from './order';
import { filled, formsOf, lengthOf, parametersOf, SMS_LIMIT } from './sms-forms';
import type { SmsTemplateId, SmsValues } from './sms-templates';

const waitingTemplate = (c: Context): SmsTemplateId => {
  switch (c.facts.waiting) {
    case 'prepared': return 'approval-late-prepared';
    case 'assignment': return 'decision-late-assignment';
    case 'letter': return 'decision-late-letter';
    case 'extension': return 'decision-late-extension';
    case 'obstacle': return 'decision-late-obstacle';
    default: return c.item.notice.kind === 'decision-late' ? 'decision-late-letter' : 'approval-late';
  }
};

/** The template of a notice; undefined for kinds and rungs that go by mail alone. */
const templateOf = (c: Context): SmsTemplateId | undefined => {
  const { kind, rung } = c.item.notice;
  switch (kind) {
    case 'assigned':
    case 'acknowledgement-missing':
      return c.isLead ? kind : undefined;
    case 'due-today':
      return !c.isLead ? undefined : c.isToday ? kind : 'due-date';
    case 'due-soon':
      return c.isLead && (rung === 'T-5' || rung === 'T-3' || rung === 'T-1') ? kind : undefined;
    case 'overdue':
      return !c.isLead ? undefined : rung === 'L1' ? 'overdue-1' : rung === 'L2' ? 'overdue-2' : undefined;
    case 'letter-draft':
      return rung === 'L4' ? 'letter-draft-L4' : 'letter-draft-L3';
    case 'approval-late':
    case 'decision-late':
      return waitingTemplate(c);
    case 'consultation-missed':
      return kind;
    case 'one-time-code':
      return c.facts.forTask === undefined ? 'one-time-code-page' : kind;
    case 'returned':
      return c.facts.isEnd === true ? undefined : c.facts.state === 'assigned' ? 'returned-assignment' : 'returned';
    default:
      return undefined;
  }
};

const valuesOf = (c: Context, id: SmsTemplateId): SmsValues => {
  const { facts, input } = c;
  const isMissed = id === 'consultation-missed';
  const since = (isMissed ? facts.closesOn : undefined) ?? facts.waitingSince ?? facts.assignedOn ?? facts.decidedOn;
  const han = id === 'returned' && facts.correctBy ? dmy(facts.correctBy) : smsValue(c.due);
  const unit = id === 'undelivered-mail' || isMissed ? unitOf(c.to) : facts.lead;
  return { nv: smsValue(facts.forTask ?? c.code), dv: smsValue(input.units[unit]?.smsName ?? unit), han, n: String(facts.workingDays ?? 0), ngay: dmy(since),
    ...(c.item.notice.kind === 'one-time-code' ? { ma: c.item.slot, viec: smsValue(codePurpose(c)) } : {}) };
};

type Sendable = { readonly id: SmsTemplateId; readonly values: SmsValues; readonly slot: string; readonly isFallback: boolean };

/** The first form that fits. Where the mail did not arrive, no text may point to it: without room for the link the words of `undelivered-mail` stand in. */
const render = (input: MessageInput, { id, values, slot, isFallback }: Sendable): RenderedSms => {
  const { plan: { smsPrefix }, smsPublicUrl, on } = input;
  const all = { ...values, link: slot, gui: dmy(on) };
  const forms = formsOf(id, smsPrefix, smsPublicUrl);
  const form = forms.find((one) => lengthOf(one, all) <= SMS_LIMIT) ?? forms[forms.length - 1] ?? forms[0];
  const hasLink = form.text.endsWith('{link}');
  if (isFallback && !hasLink && id !== 'confidential' && id !== 'undelivered-mail') return render(input, { id: 'undelivered-mail', values, slot, isFallback });
  const text = filled(form.text, all);
  return { text: hasLink ? text : text.slice(0, SMS_LIMIT), hasLink, template: form.id, parameters: parametersOf(form, all) };
};

/** Where the mail did not arrive, even what goes by mail alone is said: with the words of the kind, or that a mail could not be delivered. */
const sendable = (c: Context): Sendable | undefined => {
  const { notice, slot, isFallback = false } = c.item;
  const own = templateOf(c) ?? (isFallback ? 'undelivered-mail' : undefined);
  if (own === undefined || (!isFallback && !notice.channels.includes('sms'))) return undefined;
  const id = isConfidential(c) ? 'confidential' : own;
  return { id, values: valuesOf(c, id), slot, isFallback };
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
  const isFallback = all.some((one) => one.isFallback);
  return render(input, { id: 'many', values: { ...first.values, n: String(all.length), ngay: dmy(input.on) }, slot: input.pageSlot, isFallback });
};

import { isPlainSms, smsValue } from './gsm7';
import { SMS_TEMPLATES, type SmsTemplate, type SmsTemplateId, type SmsValues, WORST_VALUES } from './sms-templates';

export const SMS_LIMIT = 160;
/** Length of the secret that takes the slot's place in an SMS link. */
export const SMS_CODE_LENGTH = 12;

/** The values of a whole text: besides those of its template the code of its link, and the day of the mail that says the same. */
export type FormValues = SmsValues & Readonly<Partial<Record<'link' | 'gui', string>>>;
/** A whole text as an operator approves it, prefix and host included; its id: that of the template, with `-short`, `-no-link`, `-bare` for its other forms. */
export type SmsForm = { readonly id: string; readonly text: string };
/** Where an operator takes text by text: the id, the text with its values numbered, what they are, and an example with the longest ones. */
export type RegisteredText = { readonly id: string; readonly text: string; readonly parameters: readonly string[]; readonly example: string };

/** Texts that never carry a link: nothing of the matter may stand in them, or the code itself is the way. */
const LINKLESS: readonly SmsTemplateId[] = ['confidential', 'one-time-code', 'one-time-code-page'];

const PLACEHOLDER = /\{(\w+)\}/gu;
const isName = (name: string, values: FormValues): name is keyof FormValues => Object.hasOwn(values, name);
const valueOf = (name: string, values: FormValues): string => (isName(name, values) ? values[name] ?? '' : '');

export const filled = (text: string, values: FormValues): string => text.replace(PLACEHOLDER, (_, name: string) => valueOf(name, values));
/** The values of a form in the order in which they stand in it. */
export const parametersOf = ({ text }: SmsForm, values: FormValues): string[] => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => valueOf(name, values));
/** Characters of a form with these values: the link's slot counts as the secret that replaces it. */
export const lengthOf = ({ text }: SmsForm, values: FormValues): number => filled(text, { ...values, link: 'x'.repeat(SMS_CODE_LENGTH) }).length;

const linked = (head: string, text: string, smsPublicUrl: string): string => `${head}${text}: ${smsPublicUrl}/t/{link}`;
const headOf = (smsPrefix: string): string => `${smsValue(smsPrefix)}: `;
/** Whether a template with the longest values and the configured host fits into one SMS. */
const hasRoom = (id: SmsTemplateId, smsPrefix: string, smsPublicUrl: string): boolean =>
  isPlainSms(smsPublicUrl) && lengthOf({ id, text: linked(headOf(smsPrefix), SMS_TEMPLATES[id].text, smsPublicUrl) }, WORST_VALUES) <= SMS_LIMIT;

/** Templates that are sent without their link because the host is too long: `doctor` names them. */
export const smsTemplatesWithoutLink = (smsPrefix: string, smsPublicUrl: string): SmsTemplateId[] =>
  (Object.keys(SMS_TEMPLATES) as SmsTemplateId[]).filter((id) => !LINKLESS.includes(id) && !hasRoom(id, smsPrefix, smsPublicUrl));

/** Every form of a template at this host, the best first: with the link, without it but with where to look, the bare words. */
export const formsOf = (id: SmsTemplateId, smsPrefix: string, smsPublicUrl: string): readonly [SmsForm, ...SmsForm[]] => {
  const template: SmsTemplate = SMS_TEMPLATES[id];
  const head = headOf(smsPrefix);
  if (LINKLESS.includes(id)) return [{ id, text: `${head}${template.text}.` }];
  const texts = [[id, template.text] as const, ...(template.short === undefined ? [] : [[`${id}-short`, template.short] as const])];
  const where = id === 'undelivered-mail' ? '. De nghi lien he don vi gui tin' : '. Xem thu dien tu ngay {gui}';
  const withLink = hasRoom(id, smsPrefix, smsPublicUrl) ? texts.map(([form, text]): SmsForm => ({ id: form, text: linked(head, text, smsPublicUrl) })) : [];
  const without = texts.map(([form, text]): SmsForm => ({ id: `${form}-no-link`, text: `${head}${text}${where}` }));
  const bare: SmsForm = { id: `${id}-bare`, text: `${head}${template.short ?? template.text}` };
  const [first = bare, ...rest] = [...withLink, ...without];
  return [first, ...rest, bare];
};

const WORST: FormValues = { ...WORST_VALUES, link: 'X'.repeat(SMS_CODE_LENGTH), gui: WORST_VALUES.ngay };
const numbered = (text: string): string => {
  let n = 0;
  return text.replace(PLACEHOLDER, () => `{${(n += 1)}}`);
};

/** Everything that this site may ever say by SMS, for registration with an operator: none needs more than 160 characters. */
export const registeredTexts = (smsPrefix: string, smsPublicUrl: string): readonly RegisteredText[] =>
  (Object.keys(SMS_TEMPLATES) as SmsTemplateId[]).flatMap((id) => formsOf(id, smsPrefix, smsPublicUrl)).map((form) => ({
    id: form.id, text: numbered(form.text), parameters: [...form.text.matchAll(PLACEHOLDER)].map(([, name = '']) => name), example: filled(form.text, WORST),
  })).filter(({ example }) => example.length <= SMS_LIMIT);

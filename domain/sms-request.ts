import type { JsonValue, NumberFormat, SmsBody, SmsGatewayDescription, SmsMessage, SmsSettings } from './sms-gateway';

/** A request ready to be written. `basic` is still to be encoded. */
export type FilledRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly basic: { readonly user: string; readonly password: string } | null;
  readonly body: string | null;
};
/** What cannot be sent by this gateway at all: nothing was written. */
export type Unsendable = { readonly reason: string; readonly isBadAddress: boolean };
export type Filling = { readonly ok: true; readonly request: FilledRequest } | ({ readonly ok: false } & Unsendable);

/** A placeholder in a description: a name of the message in lower case, a setting in upper case. */
export const PLACEHOLDER = /\{([a-z]+|SMS_[A-Z0-9_]+)\}/g;
/** Names of a message; `number` and `value` stand inside `$as` alone. */
export const MESSAGE_NAMES = ['to', 'text', 'key', 'callback', 'template'] as const;

type Values = Readonly<Record<string, string | undefined>>;
type Escape = (value: string) => string;

const plain: Escape = (value) => value;
const fill = (text: string, values: Values, escape: Escape): string => text.replace(PLACEHOLDER, (_, name: string) => escape(values[name] ?? ''));
/** A text of a description with the settings that it names. */
export const fillSettings = (text: string, settings: Values): string => fill(text, settings, plain);
/** False where a text names a placeholder that has no value: such a field is left out. */
const isComplete = (text: string, values: Values): boolean => [...text.matchAll(PLACEHOLDER)].every(([, name = '']) => Boolean(values[name]));

/** As in `application/x-www-form-urlencoded`: what `encodeURIComponent` leaves, and a plus for a blank. A lone half of a pair would throw there. */
const formEscape: Escape = (value) =>
  encodeURIComponent(wellFormed(value)).replace(/%20/g, '+').replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const pathEscape: Escape = (value) => encodeURIComponent(wellFormed(value));
const wellFormed = (value: string): string => value.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');

const XML_NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** Good in text and in attributes; characters that XML 1.0 does not allow at all are dropped. */
const xmlEscape: Escape = (value) =>
  wellFormed(value).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (c) => XML_NAMES[c] ?? c);
/** No value ends its line and begins another header. */
const headerEscape: Escape = (value) => value.replace(/[^\t\u0020-\u007E]/g, '');

const encoded = (fields: Readonly<Record<string, string>>, values: Values): string =>
  Object.entries(fields).filter(([, text]) => isComplete(text, values))
    .map(([name, text]) => `${formEscape(name)}=${formEscape(fill(text, values, plain))}`).join('&');

type Each = { readonly $each: 'parameters'; readonly $as: JsonValue };
const isEach = (value: object): value is Each => '$each' in value && '$as' in value;

const filledJson = (value: JsonValue, values: Values, parameters: readonly string[]): JsonValue => {
  if (typeof value === 'string') return fill(value, values, plain);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry: JsonValue) => filledJson(entry, values, parameters));
  if (isEach(value)) return parameters.map((parameter, i) => filledJson(value.$as, { ...values, number: String(i + 1), value: parameter }, []));
  const kept = Object.entries(value).filter(([, entry]) => typeof entry !== 'string' || !entry.includes('{callback}') || Boolean(values['callback']));
  return Object.fromEntries(kept.map(([name, entry]) => [name, filledJson(entry, values, parameters)]));
};

const CONTENT_TYPES = { form: 'application/x-www-form-urlencoded', json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const;
const filledBody = (body: SmsBody, values: Values, parameters: readonly string[]): string | null => {
  switch (body.type) {
    case 'none': return null;
    case 'form': return encoded(body.fields, values);
    case 'json': return JSON.stringify(filledJson(body.value, values, parameters));
    case 'xml': return fill(body.template, values, xmlEscape);
  }
};

/** The number as the gateway wants it; undefined where it is not a Vietnamese one. */
const writtenNumber = (to: string, format: NumberFormat): string | undefined => {
  const national = /^\+84(\d{8,10})$/.exec(to)?.[1];
  return national === undefined ? undefined : `${format}${national}`;
};

/** True for a description that sends an operator's template instead of the text. */
export const sendsByTemplate = ({ request }: Pick<SmsGatewayDescription, 'request'>): boolean => /\{template\}/.test(JSON.stringify(request));

/** Why the gateway would not take it, before anything is written; what it forbids is counted, never quoted. */
const unsendable = ({ text, numberFormat, templates, request }: SmsGatewayDescription, message: SmsMessage): Unsendable | undefined => {
  const refuse = (reason: string): Unsendable => ({ reason, isBadAddress: false });
  if (writtenNumber(message.to, numberFormat) === undefined) return { reason: 'not a Vietnamese number', isBadAddress: true };
  const characters = [...message.text];
  if (characters.length > text.maxLength) return refuse(`${characters.length} characters, the gateway takes ${text.maxLength}`);
  const forbidden = characters.filter((c) => text.forbidden.includes(c) || (text.charset === 'ascii' && !/[\n\r\u0020-\u007E]/.test(c)));
  if (forbidden.length > 0) return refuse(`${forbidden.length} characters that the gateway does not take`);
  if (!sendsByTemplate({ request })) return undefined;
  const id = message.template?.id;
  return id !== undefined && Object.hasOwn(templates, id) ? undefined : refuse(`no template of the operator for ${id ?? 'a text without one'}`);
};

/** The request for one message: every value escaped for the place where it stands. Pure, total. */
export const fillRequest = (description: SmsGatewayDescription, message: SmsMessage, settings: SmsSettings): Filling => {
  const refused = unsendable(description, message);
  if (refused !== undefined) return { ok: false, ...refused };
  const { request, numberFormat, templates, defaults } = description;
  const values: Values = {
    ...defaults, ...settings, to: writtenNumber(message.to, numberFormat), text: message.text, key: message.key, callback: message.callback,
    template: templates[message.template?.id ?? ''],
  };
  const url = filledUrl(request.url, values);
  const query = encoded(request.query, values);
  const complete = Object.entries(request.headers).filter(([, text]) => isComplete(text, values));
  const headers = Object.fromEntries(complete.map(([name, text]) => [name.toLowerCase(), fill(text, values, headerEscape)]));
  const type = request.body.type === 'none' ? {} : { 'content-type': CONTENT_TYPES[request.body.type] };
  return {
    ok: true,
    request: {
      method: request.method, url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`, headers: { ...type, ...headers },
      basic: request.basic && { user: fill(request.basic.user, values, plain), password: fill(request.basic.password, values, plain) },
      body: filledBody(request.body, values, message.template?.parameters ?? []),
    },
  };
};

/** A setting at the beginning is the address itself; everything else is a part of it. */
export const filledUrl = (url: string, values: Values): string => {
  const [base = '', rest] = /^\{SMS_[A-Z0-9_]+\}/.test(url) ? [/^\{[^}]*\}/.exec(url)?.[0] ?? '', url.replace(/^\{[^}]*\}/, '')] : ['', url];
  return `${fill(base, values, plain)}${fill(rest, values, pathEscape)}`;
};

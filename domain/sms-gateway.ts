import type { ReceiptStatus } from './delivery';

/**
 * An HTTP gateway for text messages as data (docs/sms-gateways.md). Wherever a text may hold placeholders, `{to} {text} {key} {callback} {template}`
 * stand for the message's own values and `{SMS_…}` for a setting of the site.
 */
export type SmsGatewayDescription = {
  /** Lower case letters, digits, hyphens: the source of its receipts, and part of the address they come to. */
  readonly name: string;
  readonly request: SmsRequest;
  readonly answer: SmsAnswerReading;
  readonly key: {
    /** For how many minutes a repetition with the same `{key}` is dropped; null where it is not, or where nobody promises it. */
    readonly holdsMinutes: number | null;
  };
  readonly numberFormat: NumberFormat;
  readonly text: { readonly charset: 'ascii' | 'unicode'; readonly maxLength: number; readonly forbidden: string };
  readonly limits: { readonly ratePerSecond: number | null; readonly concurrency: number; readonly timeoutSeconds: number };
  /** Our id of an approved text → the operator's id; empty where the gateway takes the text itself. */
  readonly templates: Readonly<Record<string, string>>;
  /** Values of settings that may be left out. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Null where receipts do not come by callback. */
  readonly receipt: SmsReceiptReading | null;
};

/** How a Vietnamese number is written: 84912…, 0912…, +84912…. */
export type NumberFormat = '84' | '0' | '+84';

export type SmsRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Added to the URL; a field that names a placeholder without a value is left out. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly basic: { readonly user: string; readonly password: string } | null;
  readonly body: SmsBody;
};
/** `json`: any value; `{ $each: parameters, $as: value }` becomes a list with one entry for each value of the approved text, `{number}` and `{value}` in it. */
export type SmsBody =
  | { readonly type: 'none' }
  | { readonly type: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly type: 'json'; readonly value: JsonValue }
  | { readonly type: 'xml'; readonly template: string };
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** Where in an answer a value stands: a path (`data.tranId`, `list.0.id`), the local name of an element, the first group of an expression. */
export type ValuePlace = { readonly json: string } | { readonly xml: string } | { readonly regex: string };
/** Each named value must match its expression as a whole; a value that is not there matches none. `status` and `body` are always there in an answer. */
export type Conditions = Readonly<Record<string, string>>;

/** `duplicate`: the gateway has this message already, which is as good as accepted. `deferred`: refused for now. */
export const ANSWER_MEANINGS = ['accepted', 'duplicate', 'rejected', 'deferred'] as const;
export type AnswerMeaning = (typeof ANSWER_MEANINGS)[number];
/** The first rule that matches decides; an answer that fits none is ambiguous. The value `id` is the gateway's own id of the message. */
export type SmsAnswerReading = {
  readonly values: Readonly<Record<string, ValuePlace>>;
  readonly rules: readonly { readonly when: Conditions; readonly means: AnswerMeaning; readonly badAddress: boolean }[];
};

/**
 * `values`: names of parameters, for `json` paths. Of those, `id` is the gateway's id and `key` ours; one of both must be read.
 * A receipt that fits no rule says nothing.
 */
export type SmsReceiptReading = {
  readonly from: 'query' | 'form' | 'json';
  /** Path of a list of reports in a JSON callback; null where it is one report. */
  readonly list: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly rules: readonly { readonly when: Conditions; readonly means: ReceiptStatus; readonly badAddress: boolean }[];
  /** How each callback is signed; null where the gateway signs none: then the secret in the address is all that proves it. */
  readonly signature: SmsReceiptSignature | null;
};
export const SIGNATURE_ALGORITHMS = ['sha1', 'sha256', 'sha512'] as const;
/**
 * An HMAC (RFC 2104) over the body as it came, or over the query as it stands in the address where receipts come by query. `header` carries `prefix` and the
 * HMAC in `encoding`; `secret` is a text with `{SMS_…}`.
 */
export type SmsReceiptSignature = {
  readonly header: string;
  readonly algorithm: (typeof SIGNATURE_ALGORITHMS)[number];
  readonly encoding: 'hex' | 'base64';
  readonly prefix: string;
  readonly secret: string;
};

/** One message as the gateway should get it. `callback` is empty where receipts are not asked for. */
export type SmsMessage = {
  /** E.164. */
  readonly to: string;
  readonly text: string;
  readonly key: string;
  readonly callback: string;
  readonly template?: { readonly id: string; readonly parameters: readonly string[] };
};
/** Values of the settings that the description names, by their name in the environment. */
export type SmsSettings = Readonly<Record<string, string>>;

/** The whole value, over several lines too. Rules are checked as expressions when a description is read. */
export const matchesWhole = (pattern: string, value: string): boolean => new RegExp(`^(?:${pattern})$`, 's').test(value);
export const fits = (when: Conditions, values: Readonly<Record<string, string | undefined>>): boolean =>
  Object.entries(when).every(([name, pattern]) => {
    const value = values[name];
    return value !== undefined && matchesWhole(pattern, value);
  });

/** A value in parsed JSON by its path; numbers and booleans as text, undefined where there is none or where it is a list or an object. */
export const jsonText = (value: unknown, path: string): string | undefined => {
  const found = jsonAt(value, path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
};
export const jsonAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined), value);

/** Undefined where the text is no JSON. */
export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

import type { Outcome, ReceiptStatus } from './delivery';
import { type AnswerMeaning, fits, jsonAt, jsonText, parsedJson, type SmsAnswerReading, type SmsReceiptReading, type ValuePlace } from './sms-gateway';

/** What an answer said. `id` is the gateway's own id of the message, where it gave one. */
export type AnswerRead = { readonly outcome: Exclude<Outcome, 'not-sent'>; readonly isBadAddress: boolean; readonly id?: string; readonly said: string };

const OUTCOMES: Readonly<Record<AnswerMeaning, AnswerRead['outcome']>> = {
  accepted: 'accepted', duplicate: 'accepted', rejected: 'rejected', deferred: 'deferred',
};

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const codePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD');
const entity = (all: string, name: string): string => {
  if (name.startsWith('#x')) return codePoint(Number.parseInt(name.slice(2), 16));
  return name.startsWith('#') ? codePoint(Number(name.slice(1))) : ENTITIES[name] ?? all;
};
const unescaped = (text: string): string =>
  text.replace(/<!\[CDATA\[([\s\S]*?)\]\]>|&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w{2,4});/g,
    (all: string, cdata: string | undefined, name: string | undefined) => cdata ?? entity(all, name ?? ''));

/** Text of the first element with this local name, whatever its prefix. */
const xmlText = (body: string, name: string): string | undefined => {
  const found = new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^>]*)?>([\\s\\S]*?)</(?:[\\w.-]+:)?${name}\\s*>`).exec(body)?.[1];
  return found === undefined ? undefined : unescaped(found).trim();
};

const read = (place: ValuePlace, body: string, json: () => unknown): string | undefined => {
  if ('json' in place) return jsonText(json(), place.json);
  return 'xml' in place ? xmlText(body, place.xml) : new RegExp(place.regex, 's').exec(body)?.[1];
};

/** What the gateway said, whatever the status: 200 with an error inside is that error. An answer that fits no rule is ambiguous. Pure, total. */
export const readAnswer = (reading: SmsAnswerReading, answer: { readonly status: number; readonly body: string }): AnswerRead => {
  const body = answer.body.trim();
  let parsed: { readonly value: unknown } | undefined;
  const json = (): unknown => (parsed ??= { value: parsedJson(body) }).value;
  const named = Object.fromEntries(Object.entries(reading.values).map(([name, place]) => [name, read(place, body, json)] as const));
  const values: Record<string, string | undefined> = { ...named, status: String(answer.status), body };
  const rule = reading.rules.find(({ when }) => fits(when, values));
  const words = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value.slice(0, 100)}`]));
  const said = [values['status'], ...words].join(' ');
  if (rule === undefined) return { outcome: 'ambiguous', isBadAddress: false, said: `${said}: no rule` };
  const { id } = named;
  const what = rule.means === 'duplicate' ? `${said} (duplicate)` : said;
  return { outcome: OUTCOMES[rule.means], isBadAddress: rule.badAddress, said: what, ...(id === undefined || id === '' ? {} : { id }) };
};

/** One report about one message, by the gateway's id or by our key. `said` holds the values that the rules look at. */
export type ReceiptRead = {
  readonly providerId?: string;
  readonly key?: string;
  readonly status: ReceiptStatus;
  readonly isBadAddress: boolean;
  readonly said: string;
};
/** A callback as it came; `fields` are those of its query or its form, of a name that is repeated the first. */
export type Callback = { readonly fields: Readonly<Record<string, string>>; readonly body: string };

const MAX_REPORTS = 1_000;
const MAX_VALUE = 200;

const reportOf = (reading: SmsReceiptReading, valueOf: (place: string) => string | undefined): ReceiptRead[] => {
  const kept = (place: string): string | undefined => valueOf(place)?.replaceAll('\u0000', '').slice(0, MAX_VALUE);
  const values = Object.fromEntries(Object.entries(reading.values).map(([name, place]) => [name, kept(place)] as const));
  const rule = reading.rules.find(({ when }) => fits(when, values));
  const [providerId, key] = [values['id'] || undefined, values['key'] || undefined];
  if (rule === undefined || (providerId === undefined && key === undefined)) return [];
  const said = Object.keys(rule.when).map((name) => `${name}=${values[name] ?? ''}`).join(' ');
  const ids = { ...(providerId === undefined ? {} : { providerId }), ...(key === undefined ? {} : { key }) };
  return [{ ...ids, status: rule.means, isBadAddress: rule.badAddress, said }];
};

/** Every report in a callback that says something about a message; none where it is garbage. Pure, total. */
export const readReceipts = (reading: SmsReceiptReading, { fields, body }: Callback): ReceiptRead[] => {
  if (reading.from !== 'json') return reportOf(reading, (place) => (Object.hasOwn(fields, place) ? fields[place] : undefined));
  const json = parsedJson(body);
  const list = reading.list === null ? [json] : jsonAt(json, reading.list);
  return Array.isArray(list) ? list.slice(0, MAX_REPORTS).flatMap((report: unknown) => reportOf(reading, (path) => jsonText(report, path))) : [];
};

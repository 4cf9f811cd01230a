import { parseActFields } from '../../../config/act-fields';
import type { Act, UnitDue } from '../../../domain/acts';
import { isBlank } from '../../../domain/blank';
import type { Word } from '../../words';
import type { Fields } from './body';
import { dateInputOf, type FormField, inputsOf, tickedOf } from './form-fields';
import { ACT_FORMS } from './forms';
import { isAsked, offeredFor, type Offers } from './offers';

/** What stands beside an input; by the input's name. */
export type FieldErrors = Readonly<Record<string, Word>>;
export type ReadFields = { readonly ok: true; readonly fields: object } | { readonly ok: false; readonly errors: FieldErrors };

const NEEDED: Word = ['Mục này cần được điền.', 'This is needed.'];
const DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const two = (digits: string): string => digits.padStart(2, '0');

/** A date as the browser gives it, or as people write it where the browser has no calendar: 31/12/2019. */
const dateOf = (typed: string): string => {
  const [, day, month, year] = DAY.exec(typed) ?? [];
  return day !== undefined && month !== undefined && year !== undefined ? `${year}-${two(month)}-${two(day)}` : typed;
};

/** What nobody can see is not filled in. */
const typedOf = (typed: Fields, name: string): string => {
  const value = (typed[name] ?? '').trim();
  return isBlank(value) ? '' : value;
};
const isDate = (input: string, field: FormField): boolean => field.type === 'date' || input.endsWith('Date');

/** A draft that nobody has changed is the draft, not somebody's own words. */
const isAsDrafted = (typed: string, { draft }: Offers): boolean => draft !== undefined && typed.replace(/\s+/gu, ' ') === draft.replace(/\s+/gu, ' ').trim();

/** One of many, with its own date where one was filled in. */
const datedOf = (field: FormField, typed: Fields, unit: string): string | UnitDue => {
  const dueOn = field.hasDates === true ? dateOf(typedOf(typed, dateInputOf(field, unit))) : '';
  return dueOn === '' ? unit : { unit, dueOn };
};

/** The value of a field as the checker of acts reads it; undefined where nothing was filled in. */
const rawOf = (field: FormField, typed: Fields, offers: Offers): unknown => {
  if (field.type === 'many')
    return tickedOf(field, typed).length === 0
      ? undefined
      : tickedOf(field, typed).map((one) => datedOf(field, typed, one));
  const values = inputsOf(field).map((input) => (isDate(input, field) ? dateOf(typedOf(typed, input)) : typedOf(typed, input)));
  if (values.every((value) => value === '') || (field.isDraft === true && isAsDrafted(values[0] ?? '', offers))) return undefined;
  if (field.from === 'file') return offers.files.get(values[0] ?? '') ?? values[0];
  return field.type === 'document' ? { number: values[0], date: values[1] } : values[0];
};

const missing = (fields: readonly FormField[], typed: Fields, offers: Offers): FieldErrors =>
  Object.fromEntries(
    fields.filter((f) => f.required === true || (f.required === 'where-offered' && isAsked(f, offers))).flatMap((f) => inputsOf(f)).filter((input) => typedOf(typed, input) === '')
      .map((input) => [input, NEEDED] as const)
  );

/** `document.date` is the input `documentDate`; what is wrong with one of many stands beside them all. */
const inputOf = (path: string, fields: readonly FormField[]): string => {
  const [name = '', inner] = path.replace(/\[\d+\].*$/u, '').split('.');
  const field = fields.find((f) => f.name === name);
  return field?.type === 'document' ? `${name}${inner === 'date' ? 'Date' : 'Number'}` : name;
};

const idOf = (one: unknown): string =>
  typeof one === 'object' && one !== null && 'unit' in one ? String(one.unit) : String(one);
const isOffered = (field: FormField, value: unknown, offers: Offers): boolean => {
  if (field.type !== 'choice' && field.type !== 'many') return true;
  const offered = offeredFor(field, offers, ([vi]) => vi);
  return (Array.isArray(value) ? value.map(idOf) : typeof value === 'string' ? [value] : []).every((one) =>
    offered.some(([other]) => other === one),
  );
};

const OFFERED: Word = ['Đề nghị chọn trong danh sách.', 'Choose from the list.'];

/** Checks what a person filled in: all that is wrong at once, each beside its input; the act's plain fields otherwise. */
export const readFields = (act: Act, typed: Fields, offers: Offers): ReadFields => {
  const form = ACT_FORMS[act];
  if (form === undefined) return { ok: false, errors: {} };
  const raw = Object.fromEntries(form.fields.map((field) => [field.name, rawOf(field, typed, offers)]));
  const unknown = form.fields.filter((f) => !isOffered(f, raw[f.name], offers));
  const read = parseActFields(act, form.gathered?.(raw) ?? raw);
  const wrong = read.ok ? [] : read.problems.map(({ field, message, accepted }): [string, Word] =>
    [inputOf(form.inputsFor?.(field, raw) ?? field, form.fields), [`${message}. Cần: ${accepted}.`.replace(/^./u, (c) => c.toUpperCase()), `Not accepted. Needed: ${accepted}.`]]);
  const errors = { ...Object.fromEntries(wrong), ...missing(form.fields, typed, offers), ...Object.fromEntries(unknown.map((f) => [f.name, OFFERED])) };
  if (!read.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, fields: read.fields };
};

import { z } from 'zod';
import type { UnitDue } from '../domain/acts';
import { isBlank } from '../domain/blank';
import { isPosition, type Position, type UnitId } from '../domain/plan';
import { acceptable, civilDate } from './yaml';

/** What the single fields of acts accept; with {@link acceptable} each refusal says what would be. */

/** A free text has an end: longer ones belong into a document. */
const MAX_TEXT = 5000;
export const text = z.string().transform((value) => value.replace(/\r\n?/g, '\n').normalize('NFC').trim())
  .refine((value) => !isBlank(value) && value.length <= MAX_TEXT, acceptable('để trống hoặc quá dài', `văn bản từ 1 đến ${MAX_TEXT} ký tự`))
  .refine((value) => !/(?![\n\t])\p{Cc}|\p{Cs}/u.test(value), acceptable('có ký tự không in được', 'chữ, số, dấu câu, xuống dòng'));
/** What no keyboard gives: the ledger cannot keep some of it, and nobody sees it. */
const isVisible = (value: string): boolean => !/\p{C}/u.test(value);
const VISIBLE = acceptable('có ký tự không in được', 'chữ, số và dấu câu');
export const word = z.union([z.string(), z.number()]).transform((value) => String(value).trim())
  .refine((value) => !isBlank(value) && value.length <= 100, acceptable('để trống hoặc quá dài', 'một từ, tối đa 100 ký tự'))
  .refine((value) => isBlank(value) || isVisible(value), VISIBLE);
export const document = z.strictObject({ number: word, date: civilDate });
export const percent = z.union([z.number(), z.string()]).transform(Number).refine((n) => Number.isInteger(n) && n >= 0 && n <= 100, acceptable('không phải tỷ lệ', 'số nguyên từ 0 đến 100'));
export const rung = z.enum(['L3', 'L4']);

const WINDOW = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;
export const window = z.string().transform((value) => WINDOW.exec(value.trim())).refine((m) => m !== null && civilDate.safeParse(m[1]).success && civilDate.safeParse(m[2]).success && m[1]! <= m[2]!,
  acceptable('không phải khoảng thời gian', 'ngày bắt đầu..ngày kết thúc, ví dụ 2019-01-01..2020-06-30')).transform((m) => ({ startsOn: m?.[1] ?? '', dueOn: m?.[2] ?? '' }));
export const unitIds = z.string().transform((value) => value.split(',').map((id) => id.trim()).filter((id) => !isBlank(id)))
  .refine((ids) => ids.length > 0, acceptable('không có đơn vị nào', 'mã các đơn vị, cách nhau bằng dấu phẩy')).refine((ids) => ids.every(isVisible), VISIBLE);

export const yesOrNo = z.union([z.boolean(), z.string()]).transform((value) => (value === true ? 'yes' : value === false ? 'no' : value.trim())).pipe(
  z.enum(['yes', 'no']));
/** Said or left out: an option of the command line says it by being there. */
export const yes = z.union([z.literal(true), z.literal('yes')]).transform((): 'yes' => 'yes');
export const count = (what: string, max: number) => z.union([z.number(), z.string()]).transform(Number)
  .refine((n) => Number.isInteger(n) && n >= 1 && n <= max, acceptable(`không phải ${what}`, `số nguyên từ 1 đến ${max}`));
/** `tb-stc`, or `tb-stc=2019-01-15` where the unit has a date of its own. */
const UNIT_DUE = /^([^=]+)=(\d{4}-\d{2}-\d{2})$/;
const datedUnit = (id: string): UnitId | UnitDue => {
  const [, unit, dueOn] = UNIT_DUE.exec(id) ?? [];
  return unit !== undefined && dueOn !== undefined ? { unit: unit.trim(), dueOn } : id;
};
const unitDue = z.strictObject({ unit: word, dueOn: civilDate });
const ASKED = acceptable(
  'không phải danh sách đơn vị',
  'mã các đơn vị; đơn vị có hạn riêng: mã=ngày, ví dụ tb-stc=2019-01-15',
);
const isUnit = (one: UnitId | UnitDue): boolean =>
  typeof one === 'string' ? !one.includes('=') : civilDate.safeParse(one.dueOn).success;
/** Units of a consultation: words, or with a date of their own. */
export const units = z
  .union([unitIds, z.array(z.union([z.string(), unitDue])).min(1)])
  .transform((all) => all.map((one) => (typeof one === 'string' ? datedUnit(one) : one)))
  .refine((all) => all.every(isUnit), ASKED)
  .refine((all) => all.every((one) => isVisible(typeof one === 'string' ? one : one.unit)), VISIBLE);
export const position = z.string().refine((value): value is Position => isPosition(value),
  acceptable('không phải chức danh', 'mã đơn vị/officer, head, leader hoặc clerk')).refine(isVisible, VISIBLE);
export const file = z.strictObject({ id: word, hash: word, length: z.number().int().nonnegative(), type: word });

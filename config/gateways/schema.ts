import { z } from 'zod';
import { ANSWER_MEANINGS, type JsonValue, SIGNATURE_ALGORITHMS, type SmsGatewayDescription } from '../../domain/sms-gateway';
import { MESSAGE_NAMES, PLACEHOLDER, sendsByTemplate } from '../../domain/sms-request';
import { acceptable } from '../yaml';

const isExpression = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, 's') !== undefined;
  } catch {
    return false;
  }
};

/** A number where a text is expected (`status: 200`) is taken as its text. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const name = z.string().regex(/^[A-Za-z_][\w.-]*$/, acceptable('không phải tên', 'chữ cái, số, gạch nối'));
const expression = text.refine(isExpression, acceptable('không phải biểu thức chính quy', 'biểu thức khớp toàn bộ giá trị, ví dụ "100|124"'));
const texts = z.record(z.string(), text);
const conditions = z.record(name, expression).refine((when) => Object.keys(when).length > 0, acceptable('không có điều kiện', 'ít nhất một giá trị'));
const place = z.union([z.strictObject({ json: z.string() }), z.strictObject({ xml: name }), z.strictObject({ regex: expression })]);
const rule = <const M extends readonly [string, ...string[]]>(meanings: M) =>
  z.strictObject({ when: conditions, means: z.enum(meanings), badAddress: z.boolean().default(false) });
const json: z.ZodType<JsonValue> = z.json();

const body = z.union([
  z.strictObject({ type: z.literal('none') }), z.strictObject({ type: z.literal('form'), fields: texts }),
  z.strictObject({ type: z.literal('json'), value: json }), z.strictObject({ type: z.literal('xml'), template: z.string() }),
]);
const request = z.strictObject({
  method: z.enum(['GET', 'POST']), url: z.string(), query: texts.default({}), headers: texts.default({}),
  basic: z.strictObject({ user: text, password: text }).nullable().default(null), body: body.default({ type: 'none' }),
});
const signature = z.strictObject({
  header: z.string().regex(/^[A-Za-z][\w-]*$/, acceptable('không phải tên tiêu đề HTTP', 'ví dụ X-Signature')),
  algorithm: z.enum(SIGNATURE_ALGORITHMS), encoding: z.enum(['hex', 'base64']), prefix: z.string().default(''),
  secret: z.string().regex(/\{SMS_[A-Z0-9_]+\}/, acceptable('khóa không được ghi trong tệp mô tả', 'một biến {SMS_…}')),
});
const receipt = z.strictObject({
  from: z.enum(['query', 'form', 'json']), list: z.string().nullable().default(null), values: z.record(name, z.string()),
  rules: z.array(rule(['delivered', 'failed', 'delayed'])).min(1), signature: signature.nullable().default(null),
});

/** Every placeholder of a request by name; `{number}` and `{value}` belong to `$as`. */
export const placeholdersOf = (value: unknown): ReadonlySet<string> => new Set([...JSON.stringify(value).matchAll(PLACEHOLDER)].map(([, found = '']) => found));
const KNOWN: readonly string[] = [...MESSAGE_NAMES, 'number', 'value'];

type Rules = readonly { readonly when: Readonly<Record<string, string>> }[];
/** Values that rules look at and nobody reads. */
const unreadOf = (values: Readonly<Record<string, unknown>>, always: readonly string[], rules: Rules): string[] =>
  [...new Set(rules.flatMap(({ when }) => Object.keys(when)))].filter((used) => !always.includes(used) && !Object.hasOwn(values, used));

type Mistake = readonly [path: readonly string[], message: string, accepted: string];
/** What each part of a description must have of the others. */
const mistakes = (d: SmsGatewayDescription): Mistake[] => {
  const used = placeholdersOf(d.request);
  const unknown = [...used].filter((found) => !found.startsWith('SMS_') && !KNOWN.includes(found));
  const unread = unreadOf(d.answer.values, ['status', 'body'], d.answer.rules);
  const unreadReceipt = d.receipt === null ? [] : unreadOf(d.receipt.values, [], d.receipt.rules);
  const check = (isWrong: boolean, mistake: Mistake): Mistake[] => (isWrong ? [mistake] : []);
  return [
    ...check(unknown.length > 0, [['request'], `không có giá trị {${unknown.join('}, {')}}`, `{${MESSAGE_NAMES.join('}, {')}} hoặc {SMS_…}`]),
    ...check(!used.has('to'), [['request'], 'không có chỗ cho số điện thoại', '{to}']),
    ...check(!used.has('text') && !used.has('template'), [['request'], 'không có chỗ cho nội dung', '{text}, hoặc {template} và $each: parameters']),
    ...check(d.key.holdsMinutes !== null && !used.has('key'), [
      ['key', 'holdsMinutes'], 'yêu cầu không mang mã chống trùng', 'đặt {key} trong request, hoặc holdsMinutes: null',
    ]),
    ...check(d.receipt === null && used.has('callback'), [['receipt'], 'yêu cầu có {callback} nhưng không nêu cách đọc báo phát', 'mục receipt']),
    ...check(!d.answer.rules.some((r) => r.means === 'accepted'), [['answer', 'rules'], 'không có dấu hiệu thành công', 'ít nhất một quy tắc means: accepted']),
    ...check(unread.length > 0, [['answer', 'rules'], `quy tắc dùng giá trị chưa đọc: ${unread.join(', ')}`, 'tên có trong answer.values, hoặc status, body']),
    ...check(unreadReceipt.length > 0, [['receipt', 'rules'], `quy tắc dùng giá trị chưa đọc: ${unreadReceipt.join(', ')}`, 'tên có trong receipt.values']),
    ...check(d.receipt !== null && !('id' in d.receipt.values) && !('key' in d.receipt.values), [
      ['receipt', 'values'], 'không biết báo phát nói về tin nào', 'id (mã của tổng đài) hoặc key (mã của ta)',
    ]),
    ...check(!sendsByTemplate(d) && Object.keys(d.templates).length > 0, [['templates'], 'yêu cầu không dùng {template}', 'bỏ mục templates']),
  ];
};

/** A description file, checked as a whole; unknown entries are refused. */
export const gatewaySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/, acceptable('không phải tên tổng đài', 'chữ thường, số, gạch nối')),
  request, answer: z.strictObject({ values: z.record(name, place).default({}), rules: z.array(rule(ANSWER_MEANINGS)).min(1) }),
  key: z.strictObject({ holdsMinutes: z.number().positive().nullable() }),
  numberFormat: z.enum(['84', '0', '+84']),
  text: z.strictObject({ charset: z.enum(['ascii', 'unicode']), maxLength: z.int().min(160).max(2_000), forbidden: z.string().default('') }),
  limits: z.strictObject({ ratePerSecond: z.number().positive().nullable(), concurrency: z.int().min(1).max(100), timeoutSeconds: z.number().min(1).max(120) }),
  templates: z.record(z.string(), text).default({}), defaults: z.record(z.string().regex(/^SMS_[A-Z0-9_]+$/), text).default({}),
  receipt: receipt.nullable().default(null),
}).superRefine((description, context) => {
  for (const [path, message, accepted] of mistakes(description)) context.addIssue({ code: 'custom', path: [...path], message, params: { accepted } });
});

import { parseDocument } from 'yaml';
import { z } from 'zod';
import { isBlank } from '../domain/blank';
import type { PlanProblem } from '../domain/plan';
import { isCivilDate } from '../domain/time';

/** Either the checked value or every problem of the file, each with its place (`seats[3].email`) and what would be accepted. */
export type YamlResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly PlanProblem[] };

/** A refinement that says what would be accepted: read back by {@link readYaml}. */
export const acceptable = (message: string, accepted: string) => ({ error: message, params: { accepted } });

/** PostgreSQL keeps no NUL and no half of a surrogate pair. */
const isKept = (value: string): boolean => !/\0|\p{Cs}/u.test(value);

/** Shared cells of our own YAML files. A number where a text is expected (`no: 1`) is taken as its text. */
export const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .refine((value) => !isBlank(value), acceptable('để trống', 'một đoạn văn bản'))
  .refine(isKept, acceptable('có ký tự không in được', 'chữ, số và dấu câu'));
export const civilDate = z.string().refine(isCivilDate, acceptable('không phải ngày có trong lịch', 'năm-tháng-ngày, ví dụ 2018-10-22'));

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((at, key) => (typeof key === 'number' ? `${at}[${key + 1}]` : at === '' ? String(key) : `${at}.${String(key)}`), '');

const TYPE_WORDS: Readonly<Record<string, string>> = { string: 'văn bản', number: 'số', boolean: 'true hoặc false', array: 'danh sách', object: 'nhóm các mục' };
const typeWord = (type: string): string => TYPE_WORDS[type] ?? type;

const said = (issue: z.core.$ZodIssue): { message: string; accepted: string } => {
  switch (issue.code) {
    case 'unrecognized_keys': return { message: `mục không được biết: ${issue.keys.join(', ')}`, accepted: 'chỉ các mục nêu trong tài liệu của loại tệp này' };
    case 'invalid_type':
      return issue.input === undefined
        ? { message: 'thiếu mục bắt buộc', accepted: typeWord(issue.expected) }
        : { message: 'sai kiểu dữ liệu', accepted: typeWord(issue.expected) };
    case 'invalid_value': return { message: 'giá trị không được chấp nhận', accepted: issue.values.map(String).join(', ') };
    case 'invalid_union': return { message: issue.input === undefined ? 'thiếu mục bắt buộc' : 'sai kiểu dữ liệu', accepted: 'một đoạn văn bản' };
    case 'custom': return { message: issue.message, accepted: String(issue.params?.['accepted'] ?? '') };
    default: return { message: issue.message, accepted: '' };
  }
};

/** The Vietnamese sentences of a failed check; `where` is put before each path. */
export const problemsOf = (error: z.ZodError, where: string): PlanProblem[] =>
  error.issues.map((issue) => {
    const path = pathOf(issue.path);
    return { where: path === '' ? where : `${where}: ${path}`, ...said(issue) };
  });

/** Reads one YAML document against a schema: syntax errors with their line, then all problems at once. */
export const readYaml = <S extends z.ZodType>(source: string, where: string, schema: S): YamlResult<z.output<S>> => {
  const document = parseDocument(source, { prettyErrors: true });
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map((e) => ({ where: `${where}: dòng ${e.linePos?.[0].line ?? '?'}`, message: `không đúng cú pháp YAML (${e.code})`, accepted: 'một tệp YAML' })) };
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch {
    return { ok: false, problems: [{ where, message: 'tệp YAML có quá nhiều tham chiếu lặp', accepted: 'một tệp YAML không dùng tham chiếu lồng nhau' }] };
  }
  const read = schema.safeParse(value, { reportInput: true });
  return read.success ? { ok: true, value: read.data } : { ok: false, problems: problemsOf(read.error, where) };
};

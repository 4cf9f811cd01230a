import { z } from 'zod';
import { type Act, ACTS, type ActFields } from '../domain/acts';
import { ANSWERS } from '../domain/matters';
import type { TextRef } from '../domain/refs';
import {
  count, document, file, percent, position, rung, text, unitIds, units, window, word, yes, yesOrNo,
} from './act-cells';
import { civilDate, problemsOf } from './yaml';

/** A value of `amend` before its text is in the ledger. */
export type PlainAmendValue =
  | { readonly window: { readonly startsOn: string; readonly dueOn: string } }
  | { readonly coordinating: readonly string[] }
  | { readonly text: string };

/** The fields of an act with its free texts as strings: what a person types, before the ledger makes references of them. */
export type PlainFields<F> = { [K in keyof F]: K extends 'value' ? PlainAmendValue : F[K] extends TextRef ? string : F[K] extends TextRef | undefined ? string | undefined : F[K] };
export type PlainActFields = { readonly [A in Act]: PlainFields<ActFields[A]> };
/** An act with its checked plain fields. */
export type PlainAct = { [A in Act]: { readonly act: A; readonly fields: PlainActFields[A] } }[Act];

/** `isMissing`: nothing stands where the act needs something. */
export type FieldProblem = {
  readonly field: string; readonly message: string; readonly accepted: string; readonly isMissing: boolean;
};
export type ActFieldsResult<A extends Act = Act> = { readonly ok: true; readonly fields: PlainActFields[A] } | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export const isAct = (name: string): name is Act => (ACTS as readonly string[]).includes(name);

const onlyDocument = z.strictObject({ document });
const obstacle = count('số thứ tự', 9999).optional();

const amendBase = { reason: text, document: document.optional() };
const amend = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('window'), value: window.transform((value): PlainAmendValue => ({ window: value })), ...amendBase }),
  z.strictObject({ field: z.literal('coordinating'), value: unitIds.transform((value): PlainAmendValue => ({ coordinating: value })), ...amendBase }),
  z.strictObject({ field: z.enum(['title', 'deliverable']), value: text.transform((value): PlainAmendValue => ({ text: value })), ...amendBase }),
]);

/** What is put before the lead's leader; a result where nothing is said. */
const prepare = z.preprocess((fields) => (typeof fields === 'object' && fields !== null && !('of' in fields) ? { of: 'submit', ...fields } : fields),
  z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('submit'), summary: text, document: document.optional() }),
  z.strictObject({ of: z.literal('request-extension'), to: civilDate, reason: text, document: document.optional() }),
]));

/** One schema per act: fields, and no others (docs/architecture.md, "Acts"). */
export const ACT_SCHEMAS = {
  acknowledge: z.strictObject({ deliverable: text, contact: text.optional() }),
  'reject-assignment': z.strictObject({ reason: text }),
  'report-progress': z.strictObject({ percent: percent.optional(), text, commitTo: civilDate.optional(), milestone: word.optional() }),
  prepare,
  submit: z.strictObject({ summary: text.optional(), document: document.optional() }),
  confirm: z.strictObject({ document: document.optional() }),
  return: z.strictObject({ reason: text, correctBy: civilDate.optional() }),
  'grant-extension': z.strictObject({ to: civilDate, document }),
  'set-due-date': z.strictObject({ dueOn: civilDate, document: document.optional() }),
  amend,
  'approve-letter': z.strictObject({ rung: rung.optional(), text: text.optional(), number: word.optional() }),
  'reject-letter': z.strictObject({ rung: rung.optional(), reason: text.optional() }),
  reassign: z.strictObject({ lead: word, document }),
  suspend: onlyDocument,
  resume: onlyDocument,
  discontinue: onlyDocument,
  merge: onlyDocument,
  'carry-over': onlyDocument,
  remind: z.strictObject({ text: text.optional(), escalate: yes.optional() }),
  'open-consultation': z.strictObject({
    subject: text, to: units.optional(), dueOn: civilDate.optional(), beforeDue: count('số ngày làm việc', 250).optional(), document: document.optional(),
    link: text.optional(),
    file: file.optional(),
  }),
  'give-input': z.strictObject({ answer: z.enum(ANSWERS), text: text.optional(), dueOn: civilDate.optional() }),
  'respond-to-input': z.strictObject({ unit: word, taken: yesOrNo, text }),
  'close-consultation': z.strictObject({}),
  'request-extension': z.strictObject({ to: civilDate.optional(), reason: text.optional(), document: document.optional() }),
  'give-opinion': z.strictObject({ support: yesOrNo, text: text.optional() }),
  'refuse-extension': z.strictObject({ reason: text }),
  'enter-event': z.strictObject({ date: civilDate, document }),
  'raise-obstacle': z.strictObject({ text, proposal: text.optional() }),
  'acknowledge-obstacle': z.strictObject({ obstacle, text: text.optional() }),
  'consolidate-obstacle': z.strictObject({ obstacle, text: text.optional() }),
  'decide-obstacle': z.strictObject({ obstacle, document, text }),
  delegate: z.strictObject({ to: word, from: civilDate, until: civilDate }),
  forward: z.strictObject({ to: position }),
  undo: z.strictObject({}),
  'enter-document': z.strictObject({ of: count('số thứ tự của sự kiện', 99_999).optional(), document }),
} as const satisfies Record<Act, z.ZodType>;

/** Acts whose fields depend on one of them. */
const BRANCHED: Partial<Record<Act, readonly string[]>> = { amend: ['field', 'value', 'reason', 'document'],
  prepare: ['of', 'summary', 'to', 'reason', 'document'] };
const shapeOf = (schema: (typeof ACT_SCHEMAS)[Act]): readonly string[] => ('shape' in schema ? Object.keys(schema.shape) : []);
/** Names of the fields of an act, for options and for what would be accepted. */
export const fieldNamesOf = (act: Act): readonly string[] => BRANCHED[act] ?? shapeOf(ACT_SCHEMAS[act]);

const TEXT_FIELDS = ['text', 'summary', 'reason', 'deliverable', 'contact', 'subject', 'proposal', 'link'] as const;
/** Names of the free-text fields of an act: they go to the ledger first, the act carries a reference. `value` of `amend` is one where it holds a text. */
export const textFieldsOf = (act: Act): readonly string[] => [...fieldNamesOf(act).filter((name) => (TEXT_FIELDS as readonly string[]).includes(name)), ...(act === 'amend' ? ['value'] : [])];

/** The fields that decide which others an act has. */
const CHOICES: Readonly<Record<string, string>> = {
  field: 'title, window, coordinating, deliverable',
  of: 'submit, request-extension',
};

const present = (fields: object): [string, unknown][] =>
  Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);

/** What stands at a path of what was given; undefined where it leads nowhere. */
const valueAt = (record: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Readonly<Record<PropertyKey, unknown>>)[key] : undefined,
    record,
  );

const UNKNOWN_VALUE = 'giá trị không được chấp nhận';
const fieldProblems = (act: Act, record: object, error: z.ZodError): FieldProblem[] =>
  error.issues.flatMap((issue): FieldProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      const accepted = fieldNamesOf(act).join(', ');
      return issue.keys.map((field) => ({
        field,
        message: `việc ${act} không có mục này`,
        accepted,
        isMissing: false,
      }));
    }
    const isMissing = valueAt(record, issue.path) === undefined;
    const choices =
      issue.path.length !== 1 || (act !== 'amend' && act !== 'prepare') ? undefined : CHOICES[String(issue.path[0])];
    if (choices !== undefined)
      return [{ field: String(issue.path[0]), message: UNKNOWN_VALUE, accepted: choices, isMissing }];
    return problemsOf(new z.ZodError([issue]), '').map(({ where, message, accepted }) => ({
      field: where.replace(/^: /, ''),
      message,
      accepted,
      isMissing,
    }));
  });

/**
 * Checks the plain fields of an act: all problems at once, unknown fields among them. Fields that were left out, or are
 * null, are absent.
 */
export const parseActFields = <A extends Act>(act: A, record: Readonly<Record<string, unknown>>): ActFieldsResult<A> => {
  const given = Object.fromEntries(present(record));
  const read = ACT_SCHEMAS[act].safeParse(given, { reportInput: true });
  if (!read.success) return { ok: false, problems: fieldProblems(act, given, read.error) };
  return { ok: true, fields: Object.fromEntries(present(read.data)) as PlainActFields[A] };
};

/**
 * The fields of an act that lacks some: those that are there, checked; undefined where anything else is wrong with
 * them. What is missing the rules say, when the
 * act's turn comes.
 */
export const parseIncomplete = (
  act: Act,
  record: Readonly<Record<string, unknown>>,
  problems: readonly FieldProblem[],
): object | undefined => {
  if (!problems.every((p) => p.isMissing) || present(record).some(([name]) => !fieldNamesOf(act).includes(name)))
    return undefined;
  const broken = new Set(problems.map((p) => p.field.split('.')[0]));
  const schema = ACT_SCHEMAS[act];
  const kept = present(record).filter(([name]) => !broken.has(name));
  if (!('shape' in schema)) return Object.fromEntries(kept);
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  return Object.fromEntries(kept.map(([name, value]) => [name, shape[name]?.parse(value)]));
};

/** An act with the fields that the rules know: texts are references. */
export type ActWithFields = { [A in Act]: { readonly act: A; readonly fields: ActFields[A] } }[Act];

const isTextValue = (value: unknown): value is { readonly text: string } => typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';

/** Every free text of an act's plain fields, by field name: what is written to the ledger before the act. */
export const textsOf = (act: Act, fields: object): Readonly<Record<string, string>> =>
  Object.fromEntries(present(fields).flatMap(([name, value]): [string, string][] => {
    if (!textFieldsOf(act).includes(name)) return [];
    return typeof value === 'string' ? [[name, value]] : isTextValue(value) ? [[name, value.text]] : [];
  }));

/** The same act with a reference in the place of each text; `refOf` is asked once for each of {@link textsOf}. */
export const withTextRefs = (act: Act, fields: object, refOf: (field: string, text: string) => TextRef): ActWithFields => {
  const texts = textsOf(act, fields);
  const replaced: Record<string, unknown> = Object.fromEntries(present(fields).map(([name, value]) => {
    const own = texts[name];
    if (own === undefined) return [name, value];
    return [name, isTextValue(value) ? { text: refOf(name, own) } : refOf(name, own)];
  }));
  return { act, fields: replaced } as ActWithFields;
};

import { Document, isMap, isSeq } from 'yaml';
import { z } from 'zod';
import { isBlank } from '../../domain/blank';
import type { Plan, PlanProblem, PlanWarning, TaskSpec } from '../../domain/plan';
import { acceptable, civilDate, readYaml, text, type YamlResult } from '../yaml';
import type { RawRow } from './rows';

const FORMAT = 'dondoc-plan/1';
const optionalText = z.union([z.string(), z.number(), z.null()]).transform((value) => (value === null ? null : String(value).trim()));
const unit = z.string();
const MOST_EXTENSIONS = 99;
const maxExtensions = z.number().refine((n) => Number.isInteger(n) && n >= 0 && n <= MOST_EXTENSIONS,
  acceptable('không phải số lần gia hạn', `số nguyên từ 0 đến ${MOST_EXTENSIONS}`));

const schema = z.strictObject({
  format: z.literal(FORMAT),
  plan: z.strictObject({
    code: text.optional(), type: text.default('KẾ HOẠCH'), number: optionalText.default(null), numberSuffix: text.default('/KH-UBND'), issuedOn: civilDate.optional(), title: optionalText.default(''),
    issuer: optionalText.default(''), carriesOut: optionalText.default(null), hostUnit: unit.optional(), authorityOffice: unit.optional(), smsPrefix: unit.optional(),
    maxExtensions: maxExtensions.optional(),
  }),
  tasks: z.array(z.strictObject({
    no: optionalText.default(''), group: text.optional(), title: z.string(), lead: z.string(), coordinating: optionalText.default(''), time: z.union([z.string(), z.number()]).transform(String),
    kind: z.enum(['document', 'document-then-programme', 'programme', 'investment']).optional(), confirmedBy: optionalText.default(null), confidential: z.boolean().optional(),
  })),
  duties: z.array(z.strictObject({ id: text, unit: z.string().nullable(), unitText: text, text })).default([]),
  indicators: z.array(z.strictObject({
    id: text, text, comparator: z.enum(['>', '>=', '≈', 'text']), value: z.number().nullable(), unit: z.string().nullable(), year: z.number().nullable(),
  })).default([]),
  recipients: z.array(z.string()).default([]),
  warnings: z.array(z.strictObject({ code: text, where: z.string(), message: z.string(), proposal: z.string() })).default([]),
});
/** A plan file of ours, its cells not yet read. */
export type RawYamlPlan = z.output<typeof schema>;
export type RawYamlTask = RawYamlPlan['tasks'][number];

/** True for a file that is our own YAML: by its name, or by its first words. */
export const isYamlPlan = (name: string, source: string): boolean => /\.ya?ml$/i.test(name) || source.trimStart().startsWith('format: dondoc-plan/');

/** Reads our own YAML; all problems at once. */
export const readYamlPlan = (source: string, where: string): YamlResult<RawYamlPlan> => readYaml(source, where, schema);

/** A task of the YAML as a row of the appendix, so that the same cell readers read both. */
export const yamlRow = (task: RawYamlTask, at: number, where: string): RawRow => ({
  where: `${where}: tasks[${at + 1}]`, no: task.no ?? '', ...(task.group === undefined ? {} : { group: task.group }), title: task.title, leadText: task.lead, coordinatingText: task.coordinating ?? '', timeText: task.time,
});

/** Empty cells of the YAML, by row. */
export const emptyYamlCells = (row: RawRow): PlanProblem[] =>
  ([['title', 'tên nhiệm vụ'], ['leadText', 'tên một đơn vị trong danh bạ']] as const).filter(([name]) => isBlank(row[name]))
    .map(([name, accepted]) => ({ where: row.where, row: row.no, cell: name === 'title' ? 'title' : 'lead', message: 'ô để trống', accepted }));

/** What a person set by hand wins over what the cells say. */
export const withSettings = (spec: TaskSpec, task: RawYamlTask): TaskSpec => ({
  ...spec, confirmedBy: task.confirmedBy, ...(task.kind === undefined ? {} : { kind: task.kind }), ...(task.confidential === undefined ? {} : { confidential: task.confidential }),
});

const COMMENT = ` Kế hoạch ở dạng sửa được. Mỗi nhiệm vụ giữ nguyên văn các ô của phụ lục; thời hạn, đơn vị phối hợp và giám sát
 được tính lại từ các ô này khi đọc, theo danh bạ. number: null nghĩa là chưa có số văn bản.
 confirmedBy: người đã xác nhận cách hiểu thời gian. Mục plan có thể thêm maxExtensions: số lần được đề nghị gia hạn
 của mỗi nhiệm vụ (không ghi: 3).`;

const taskEntry = (spec: TaskSpec): Record<string, unknown> => ({
  no: spec.no, ...(spec.group === undefined ? {} : { group: spec.group }), title: spec.title, lead: spec.leadText, coordinating: spec.coordinatingText, time: spec.timeText,
  kind: spec.kind, confirmedBy: spec.confirmedBy, ...(spec.confidential === undefined ? {} : { confidential: spec.confidential }),
});

/** The plan as an editable YAML file, which reads to the same result. Text that only the published document can show (its warnings) is kept as data. */
export const planToYaml = (plan: Plan, keptWarnings: readonly string[]): string => {
  const warnings: readonly PlanWarning[] = plan.warnings.filter((w) => keptWarnings.includes(w.code));
  const { tasks, duties, indicators, recipients } = plan;
  // The directory says it, each time the plan is read.
  const { externalUnits: _, ...header } = plan.plan;
  const document = new Document({ format: FORMAT, plan: header, tasks: tasks.map(taskEntry), duties, indicators, recipients, warnings });
  document.commentBefore = COMMENT;
  const rows = document.get('tasks');
  if (isSeq(rows)) rows.items.forEach((row, i) => { if (isMap(row)) row.commentBefore = ` ${tasks[i]!.id}`; });
  return document.toString({ lineWidth: 0, singleQuote: false });
};

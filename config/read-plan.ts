import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Directory, Plan, PlanHeader, PlanProblem, PlanWarning } from '../domain/plan';
import { isCivilDate } from '../domain/time';
import { type CellContext, type CellResult, type ReadTask, readCells } from './plan/cells';
import { mapColumns } from './plan/columns';
import { codeProblem, defaultCode, type HeaderOptions, externalUnits, readHeader } from './plan/header';
import { paragraphsOf } from './plan/paragraphs';
import { type RawRow, readRows } from './plan/rows';
import { readDuties, readIndicators, readRecipients } from './plan/sections';
import { findTables } from './plan/tables';
import { readText, tooLarge } from './plan/text';
import { textWarnings, TEXT_WARNING_CODES } from './plan/text-warnings';
import { indexUnits } from './plan/units';
import { inOrder, planWarnings } from './plan/warnings';
import { emptyYamlCells, isYamlPlan, planToYaml as toYaml, type RawYamlPlan, readYamlPlan, withSettings, yamlRow } from './plan/yaml';

export { MAX_PLAN_BYTES } from './plan/text';

export type PlanFile = { readonly name: string; readonly bytes: Uint8Array };
/** `code` and `issuedOn` win over what the file says. */
export type ReadPlanOptions = HeaderOptions & { readonly directory: Directory };
/** `plan` holds what could be read also where there are errors; it is null where the file, its table or its day of issue could not be read. A plan with errors must not be started. */
export type PlanReading = { readonly plan: Plan | null; readonly warnings: readonly PlanWarning[]; readonly errors: readonly PlanProblem[] };

const taskId = (code: string, at: number): string => `${code}-${String(at + 1).padStart(2, '0')}`;
const nothing = (errors: readonly PlanProblem[]): PlanReading => ({ plan: null, warnings: [], errors });

type Cells = { readonly tasks: readonly ReadTask[]; readonly problems: readonly PlanProblem[]; readonly warnings: readonly PlanWarning[] };
const readAllCells = (rows: readonly RawRow[], code: string, context: CellContext): Cells => {
  const results: CellResult[] = rows.map((row, i) => readCells(row, taskId(code, i), context));
  return { tasks: results.flatMap((r) => (r.task === null ? [] : [r.task])), problems: results.flatMap((r) => r.problems), warnings: results.flatMap((r) => r.warnings) };
};

const contextOf = (directory: Directory, header: PlanHeader | null): CellContext => ({
  index: indexUnits(directory, header?.issuedOn ?? null), issuedOn: header?.issuedOn ?? null,
  hostUnit: header?.hostUnit ?? directory.hostUnit, authorityOffice: header?.authorityOffice ?? directory.authorityOffice,
});

/** Stages of a published text: tables, columns, rows, cells; beside them header, duties, indicators, recipients, warnings. */
const readPublished = (text: string, name: string, options: ReadPlanOptions): PlanReading => {
  const paragraphs = paragraphsOf(text);
  const { header, dateSource, dateText, problems: headerProblems } = readHeader(paragraphs, options.directory, options, name);
  const columns = mapColumns(findTables(text), name);
  if (!columns.ok) return nothing([...headerProblems, ...columns.problems]);
  const read = columns.found.map((found) => readRows(found, name));
  const rows = read.flatMap((r) => r.rows);
  const context = contextOf(options.directory, header);
  const cells = readAllCells(rows, header?.code ?? options.code ?? 'KH', context);
  const empty: PlanProblem[] = read.every((r) => r.rows.length === 0 && r.problems.length === 0) ? [{ where: name, message: 'bảng phân công không có nhiệm vụ nào', accepted: 'ít nhất một hàng nhiệm vụ dưới hàng tiêu đề' }] : [];
  const errors = [...headerProblems, ...empty, ...read.flatMap((r) => r.problems), ...cells.problems];
  const ofText = textWarnings({ text, paragraphs, found: columns.found, rows, dateSource, dateText });
  if (header === null) return { plan: null, warnings: inOrder([...ofText, ...cells.warnings]), errors };
  const recipients = readRecipients(paragraphs);
  const warnings = inOrder([...ofText, ...planWarnings({ header, tasks: cells.tasks, recipients, index: context.index }), ...cells.warnings]);
  const plan: Plan = {
    plan: header, tasks: cells.tasks.map((t) => t.spec), duties: readDuties(paragraphs, context.index), indicators: readIndicators(paragraphs), recipients, warnings,
  };
  return { plan, warnings, errors };
};

const yamlHeader = ({ plan }: RawYamlPlan, { directory, code, issuedOn: given }: ReadPlanOptions): PlanHeader | null => {
  const issuedOn = given ?? plan.issuedOn;
  if (issuedOn === undefined || !isCivilDate(issuedOn)) return null;
  return {
    code: code ?? plan.code ?? defaultCode(issuedOn), type: plan.type, number: plan.number, numberSuffix: plan.numberSuffix, issuedOn, title: plan.title ?? '', issuer: plan.issuer ?? '', carriesOut: plan.carriesOut,
    ...(plan.maxExtensions === undefined ? {} : { maxExtensions: plan.maxExtensions }),
    hostUnit: plan.hostUnit ?? directory.hostUnit, authorityOffice: plan.authorityOffice ?? directory.authorityOffice, smsPrefix: plan.smsPrefix ?? directory.smsPrefix,
    ...externalUnits(directory),
  };
};

const dateProblem = (issuedOn: string | undefined, where: string): PlanProblem =>
  issuedOn === undefined ? { where, message: 'không có ngày ban hành', accepted: 'plan.issuedOn hoặc tùy chọn --issued-on' } : { where: '--issued-on', message: `ngày ban hành ${issuedOn} không có trong lịch`, accepted: 'năm-tháng-ngày, ví dụ 2018-10-22' };

const readOurYaml = (source: string, name: string, options: ReadPlanOptions): PlanReading => {
  const raw = readYamlPlan(source, name);
  if (!raw.ok) return nothing(raw.problems);
  const header = yamlHeader(raw.value, options);
  const context = contextOf(options.directory, header);
  const rows = raw.value.tasks.map((task, i) => yamlRow(task, i, name));
  const cells = readAllCells(rows, header?.code ?? 'KH', context);
  const errors = [
    ...(header === null ? [dateProblem(options.issuedOn, name)] : []), ...codeProblem(options.code ?? raw.value.plan.code), ...rows.flatMap(emptyYamlCells), ...cells.problems,
    ...(rows.length === 0 ? [{ where: `${name}: tasks`, message: 'không có nhiệm vụ nào', accepted: 'ít nhất một nhiệm vụ' }] : []),
  ];
  if (header === null) return { plan: null, warnings: inOrder(cells.warnings), errors };
  const tasks = cells.tasks.map((t) => {
    const task = raw.value.tasks[rows.findIndex((row) => row.where === t.where)];
    return task === undefined ? t : { ...t, spec: withSettings(t.spec, task) };
  });
  const { duties, indicators, recipients } = raw.value;
  const kept = raw.value.warnings.filter((w) => (TEXT_WARNING_CODES as readonly string[]).includes(w.code));
  const warnings = inOrder([...kept, ...planWarnings({ header, tasks, recipients, index: context.index }), ...cells.warnings]);
  return { plan: { plan: header, tasks: tasks.map((t) => t.spec), duties, indicators, recipients, warnings }, warnings, errors };
};

/** Reads a plan from the bytes of a published text or of our own YAML: everything that can be read, all problems at once. */
export const readPlan = (file: PlanFile, options: ReadPlanOptions): PlanReading => {
  const name = basename(file.name);
  const read = readText(name, file.bytes);
  if (!read.ok) return nothing([read.problem]);
  return isYamlPlan(name, read.text) ? readOurYaml(read.text, name, options) : readPublished(read.text, name, options);
};

/** The bytes of a plan's file; the size is checked before anything is read. */
export const loadPlanFile = async (path: string): Promise<{ readonly ok: true; readonly file: PlanFile } | { readonly ok: false; readonly errors: readonly PlanProblem[] }> => {
  const fail = (message: string): { ok: false; errors: PlanProblem[] } => ({ ok: false, errors: [{ where: basename(path), message, accepted: 'đường dẫn đến một tệp đọc được' }] });
  try {
    const info = await stat(path);
    if (!info.isFile()) return fail('không phải là tệp');
    const large = tooLarge(basename(path), info.size);
    return large ? { ok: false, errors: [large] } : { ok: true, file: { name: basename(path), bytes: await readFile(path) } };
  } catch {
    return fail('không mở được tệp');
  }
};

/** The plan as an editable YAML file, which {@link readPlan} reads to the same result, warnings included. */
export const planToYaml = (plan: Plan): string => toYaml(plan, TEXT_WARNING_CODES);

import type { PlanProblem, PlanWarning, TaskKind, TaskSpec, Unit } from '../../domain/plan';
import type { CivilDate } from '../../domain/time';
import type { RawRow } from './rows';
import { ACCEPTED_TIME, readTimePhrase } from './time-phrase';
import { expandUnits, readUnits, type UnitIndex, type UnitReading } from './units';

/** A task with how its cells were read, for the warnings that follow. */
export type ReadTask = { readonly spec: TaskSpec; readonly where: string; readonly coordinating: readonly UnitReading[] };
export type CellResult = { readonly task: ReadTask | null; readonly problems: readonly PlanProblem[]; readonly warnings: readonly PlanWarning[] };

export type CellContext = {
  readonly index: UnitIndex;
  readonly issuedOn: CivilDate | null;
  readonly hostUnit: string;
  readonly authorityOffice: string;
};

const WORKS = '(?:các )?(?:khu|cụm|nhà máy|công trình|hạ tầng|kết cấu hạ tầng|tuyến|cầu|đường|trường|bệnh viện|trụ sở)';
/** The nature of a task by the verb its title begins with (docs/domain.md, "Kinds of tasks"). */
const KINDS: readonly (readonly [TaskKind, RegExp])[] = [
  ['investment', new RegExp(`^(?:tổ chức |triển khai |đầu tư )*(?:thực hiện )?(?:đầu tư )?xây dựng ${WORKS}`, 'u')],
  ['investment', /thu hút (?:các )?(?:dự án|vốn|nhà đầu tư)|thu hút đầu tư|khởi công|giải phóng mặt bằng/u],
  ['document-then-programme', /^(?:xây dựng|lập|ban hành|tham mưu (?:xây dựng|ban hành)),? (?:và|, ) ?(?:tổ chức )?(?:triển khai|thực hiện)/u],
  ['document', /^(?:xây dựng|lập|ban hành|soạn thảo|hoàn thiện|trình|tham mưu)\s/u],
];

/** Document, document then programme, programme or investment outcome: by the title's verbs only. */
export const kindOf = (title: string): TaskKind => {
  const text = title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'programme';
};

/** The title with an unclosed quotation mark closed at its end; undefined where nothing is to be mended. */
export const mendedTitle = (title: string): string | undefined => {
  if ((title.match(/"/g) ?? []).length % 2 === 1) return `${title}"`;
  return (title.match(/“/g) ?? []).length > (title.match(/”/g) ?? []).length ? `${title}”` : undefined;
};

const slug = (text: string): string =>
  text.toLowerCase().replace(/đ/g, 'd').normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** The id of a lead that the directory does not know: begins with `?`, so that no unit can have it and a start is refused. */
export const unknownUnitId = (text: string): string => `?${slug(text)}`;

const namesOf = (units: readonly Unit[]): string => units.map((u) => `${u.name} (${u.id})`).join('; ') || 'không có tên gần giống';

const unknownWarning = (raw: RawRow, cell: string, reading: Extract<UnitReading, { kind: 'unknown' }>): PlanWarning => ({
  code: 'W-UNIT', where: `Nhiệm vụ số ${raw.no || '?'}, cột ${cell}`,
  message: `Danh bạ không có đơn vị "${reading.text}"; tên gần nhất: ${namesOf(reading.nearest)}`,
  proposal: `Thêm tên này vào aliases của đơn vị đã có, hoặc thêm đơn vị mới: { id: ${slug(reading.text)}, name: "${reading.text.replace(/"/g, '\\"')}", shortName: "${reading.text.replace(/"/g, '\\"')}", smsName: …, type: department }`,
});

const ambiguousProblem = (raw: RawRow, cell: string, reading: Extract<UnitReading, { kind: 'ambiguous' }>): PlanProblem => ({
  where: raw.where, row: raw.no, cell, message: `"${reading.text}" có thể là nhiều đơn vị: ${reading.names.join('; ')}`, accepted: 'tên đầy đủ chỉ ứng với một đơn vị trong danh bạ',
});

type LeadResult = { readonly lead: string; readonly coLeads: readonly string[]; readonly problems: readonly PlanProblem[] };

const readLead = (raw: RawRow, readings: readonly UnitReading[]): LeadResult => {
  const set = readings.find((r) => r.kind === 'group' || r.kind === 'open');
  const problems: PlanProblem[] = set === undefined ? [] : [{
    where: raw.where, row: raw.no, cell: 'Đơn vị chủ trì', message: `"${set.text}" là một nhóm đơn vị, không xác định được đơn vị chủ trì`, accepted: 'tên một đơn vị; các đơn vị cùng chủ trì cách nhau bằng dấu ;',
  }];
  const ids = readings.flatMap((r) => (r.kind === 'unit' ? [r.unit.id] : r.kind === 'unknown' ? [unknownUnitId(r.text)] : []));
  return { lead: ids[0] ?? '', coLeads: [...new Set(ids.slice(1))].filter((id) => id !== ids[0]), problems };
};

/** Reads the cells of one row: units, time, kind. The verbatim texts stay beside every reading; all problems of the row at once. */
export const readCells = (raw: RawRow, id: string, { index, issuedOn, hostUnit, authorityOffice }: CellContext): CellResult => {
  const leads = readUnits(index, raw.leadText);
  const coordinating = readUnits(index, raw.coordinatingText);
  const { lead, coLeads, problems: leadProblems } = readLead(raw, leads);
  const time = readTimePhrase(raw.timeText, issuedOn);
  const each = [...leads.map((r) => [r, 'Đơn vị chủ trì'] as const), ...coordinating.map((r) => [r, 'Đơn vị phối hợp'] as const)];
  const problems = [
    ...leadProblems,
    ...each.flatMap(([r, cell]) => (r.kind === 'ambiguous' ? [ambiguousProblem(raw, cell, r)] : [])),
    ...(time.ok ? [] : [{ where: raw.where, row: raw.no, cell: 'Thời gian', message: time.message, accepted: ACCEPTED_TIME }]),
  ];
  const warnings = each.flatMap(([r, cell]) => (r.kind === 'unknown' ? [unknownWarning(raw, cell, r)] : []));
  if (!time.ok || lead === '') return { task: null, problems, warnings };
  const displayTitle = mendedTitle(raw.title);
  const spec: TaskSpec = {
    id, no: raw.no, ...(raw.group === undefined ? {} : { group: raw.group }), title: raw.title, ...(displayTitle === undefined ? {} : { displayTitle }),
    lead, coLeads, leadText: raw.leadText, coordinating: expandUnits(index, coordinating, [lead, ...coLeads]), coordinatingText: raw.coordinatingText,
    timeText: raw.timeText, ...time.reading, confirmedBy: null, kind: kindOf(raw.title), supervisor: lead === hostUnit ? authorityOffice : hostUnit,
  };
  return { task: { spec, where: raw.where, coordinating }, problems, warnings };
};

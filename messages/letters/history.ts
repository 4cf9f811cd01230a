import type { Act } from '../../domain/acts';
import { type Position, type UnitId, unitOf } from '../../domain/plan';
import type { ActedEvent, TaskEvent } from '../../domain/task';
import { type CivilDate, dateAt, dmy } from '../../domain/time';
import { ACT_NAMES, ANSWER_NAMES, RUNG_NAMES, SILENCE_NAMES } from '../../domain/words';
import { documentName } from '../facts';
import { type TaskRecord, textOf } from '../record';
import { asSentence, listed } from '../words';

export type RecordRow = { readonly on: CivilDate; readonly what: string; readonly who: string; readonly details: readonly string[] };
type Names = (unit: UnitId) => string;

/**
 * What stays within one unit is no matter of a letter to another one (docs/domain.md, "Letters"); a paper stands with
 * what it belongs to.
 */
const WITHIN_A_UNIT: readonly Act[] = ['prepare', 'delegate', 'forward', 'reject-letter', 'enter-document'];
const TEXT_LABELS: Readonly<Record<string, string>> = {
  deliverable: 'Sản phẩm dự kiến', reason: 'Lý do', text: 'Nội dung', summary: 'Tóm tắt', subject: 'Nội dung lấy ý kiến', proposal: 'Đề xuất, kiến nghị', value: 'Nội dung mới',
};
const DAY_LABELS: Readonly<Record<string, string>> = {
  commitTo: 'Ngày cam kết', correctBy: 'Hoàn thiện trước ngày', to: 'Đến ngày', dueOn: 'Hạn', date: 'Ngày của sự kiện',
};
const SYSTEM = 'Hệ thống theo dõi';

/** The titles of L3 and L4 once they are approved: `Công văn đôn đốc số 12/SCT`. */
export const letterTitle = (rung: string | undefined, number: string | undefined): string =>
  `${rung === 'L4' ? 'Báo cáo về nhiệm vụ quá hạn' : 'Công văn đôn đốc'}${number === undefined ? '' : ` số ${number}`}`;

const isRef = (value: unknown): value is { readonly id: string; readonly hash: string; readonly length: number } =>
  typeof value === 'object' && value !== null && 'id' in value && 'hash' in value && !('type' in value);
const inner = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'text' in value ? value.text : value);

const fieldLine = (record: TaskRecord, names: Names, name: string, value: unknown): string[] => {
  const ref = inner(value);
  if (isRef(ref)) return TEXT_LABELS[name] === undefined ? [] : [`${TEXT_LABELS[name]}: ${asSentence(textOf(record, ref) ?? '')}`];
  if (name === 'percent') return [`Tỷ lệ hoàn thành: ${String(value)}%.`];
  if (name === 'unit' && typeof value === 'string') return [`Đơn vị góp ý: ${names(value)}.`];
  if (name === 'lead' && typeof value === 'string') return [`Đơn vị chủ trì mới: ${names(value)}.`];
  if (name === 'taken') return [value === 'yes' ? 'Tiếp thu.' : 'Không tiếp thu, giải trình.'];
  if (name === 'support') return [value === 'yes' ? 'Nhất trí.' : 'Không nhất trí.'];
  return typeof value === 'string' && DAY_LABELS[name] !== undefined ? [`${DAY_LABELS[name]}: ${dmy(value)}.`] : [];
};

const actDetails = (record: TaskRecord, names: Names, event: ActedEvent): string[] => {
  const { fields, actor, result } = event;
  const document = 'document' in fields && fields.document ? fields.document : actor.basis;
  return [
    ...(event.act === 'approve-letter' ? [] : Object.entries(fields).flatMap(([name, value]) => fieldLine(record, names, name, value))),
    ...(document === undefined || event.act === 'approve-letter' ? [] : [asSentence(`Văn bản: ${documentName(document)}`)]),
    ...(result.obstacle === undefined ? [] : [`Khó khăn, vướng mắc số ${result.obstacle}.`]),
    ...(result.isLateInput === true ? ['Góp ý muộn.'] : []), ...silent(names, result.silence),
  ];
};

const silent = (names: Names, silence: Readonly<Record<UnitId, keyof typeof SILENCE_NAMES>> = {}): string[] =>
  Object.entries(silence).map(([unit, how]) => `${names(unit)}: ${SILENCE_NAMES[how]}.`);

const actName = (event: ActedEvent): string => {
  if (event.act === 'approve-letter') return letterTitle(event.result.letter, event.fields.number ?? event.actor.basis?.number);
  return event.act === 'give-input' ? `${ACT_NAMES['give-input']}: ${ANSWER_NAMES[event.fields.answer]}` : ACT_NAMES[event.act];
};

const acted = (record: TaskRecord, names: Names, event: ActedEvent): RecordRow[] => {
  if (WITHIN_A_UNIT.includes(event.act) || (event.act === 'remind' && event.fields.escalate !== undefined)) return [];
  const unit = event.actor.by === 'admin' ? record.state.seed.hostUnit : unitOf(event.actor.by as Position);
  return [{ on: dateAt(event.effectiveAt), what: actName(event), who: names(unit), details: actDetails(record, names, event) }];
};

/** A rung that was said to the lead; drafts of letters and monthly lines are the supervisor's own matter. */
const rung = (event: Extract<TaskEvent, { type: 'rung' }>): RecordRow[] => {
  if (['L3', 'L4', 'LM'].includes(event.rung) || event.outcome === 'held' || event.outcome === 'recorded') return [];
  const milestone = event.milestone === undefined ? '' : `, mốc ${event.milestone}`;
  return [{ on: dateAt(event.at), what: `${RUNG_NAMES[event.rung]}${milestone}`, who: SYSTEM, details: event.outcome === 'caught-up' ? ['Gộp vào một lần nhắc.'] : [] }];
};

const rowsOf = (record: TaskRecord, names: Names, event: TaskEvent): RecordRow[] => {
  switch (event.type) {
    case 'assigned': return [{ on: event.on, what: 'Giao nhiệm vụ', who: SYSTEM, details: [`Đơn vị chủ trì: ${names(record.state.leads[0]?.unit ?? '')}.`] }];
    case 'rung': return rung(event);
    case 'acted': return acted(record, names, event);
    case 'inputs-chased': return [{ on: event.on, what: 'Nhắc góp ý', who: SYSTEM, details: [`${listed(event.units.map(names))}.`] }];
    case 'consultation-closed': return [{ on: event.on, what: 'Hết thời gian lấy ý kiến', who: SYSTEM, details: silent(names, event.silence) }];
    case 'progress-requested': return [{ on: event.on, what: 'Đề nghị báo cáo tiến độ', who: SYSTEM, details: [] }];
    case 'hold-ended': case 'chased': case 'inputs-told': case 'calendar-ended': return [];
  }
};

/** Everything that passed between the units of a task, in order, one row each. Shown to other units: what stayed within one is left out. */
export const recordRows = (record: TaskRecord, names: Names): readonly RecordRow[] => record.events.flatMap((event) => rowsOf(record, names, event));

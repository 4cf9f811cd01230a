import { consultedUnits, pendingOf } from '../../domain/consultation';
import { openObstacles } from '../../domain/obstacles';
import type { UnitId } from '../../domain/plan';
import type { ActedEvent, TaskState } from '../../domain/task';
import { type CivilDate, dateAt, dmy } from '../../domain/time';
import { SILENCE_NAMES } from '../../domain/words';
import { type TaskRecord, textOf } from '../record';
import { asSentence, listed, twoDigits } from '../words';
import { letterTitle } from './history';

type Names = (unit: UnitId) => string;
const isAct = <A extends ActedEvent['act']>(act: A) => (event: TaskRecord['events'][number]): event is Extract<ActedEvent, { act: A }> =>
  event.type === 'acted' && event.act === act;

/** The days on which the lead was told that it is late, or was reminded, and the letters it got: "các ngày 02/01/2020, 08/01/2020; Công văn đôn đốc số 12/SCT ngày 15/01/2020". */
export const urgedBefore = ({ events }: TaskRecord): string => {
  const days = events.flatMap((e): CivilDate[] => {
    const isRung = e.type === 'rung' && e.milestone === undefined && ['L1', 'L2'].includes(e.rung) && e.outcome !== 'held' && e.outcome !== 'recorded';
    return isRung || (isAct('remind')(e) && e.fields.escalate === undefined) ? [dateAt(e.at)] : [];
  });
  const letters = events.filter(isAct('approve-letter')).map((e) =>
    `${letterTitle(e.result.letter, e.fields.number ?? e.actor.basis?.number)} ngày ${dmy(e.actor.basis?.date ?? dateAt(e.at))}`);
  const said = [...new Set(days)].map(dmy);
  return listed([...(said.length === 0 ? [] : [`${said.length > 1 ? 'các ngày' : 'ngày'} ${said.join(', ')}`]), ...letters]);
};

const lastReport = (record: TaskRecord, lead: string): string => {
  const last = record.events.filter(isAct('report-progress')).at(-1);
  if (last !== undefined) {
    const percent = last.fields.percent === undefined ? '' : `, đạt ${last.fields.percent}%`;
    return `Báo cáo gần nhất của ${lead} (ngày ${dmy(dateAt(last.effectiveAt))}${percent}): ${asSentence(textOf(record, last.fields.text) ?? '')}`;
  }
  return record.state.acknowledgedOn === null ? `Đến nay ${lead} chưa xác nhận tiếp nhận nhiệm vụ.` : `Đến nay ${lead} chưa báo cáo tình hình thực hiện.`;
};

/** Units that were asked and said nothing, each consultation for itself; a unit that answered a later one is not silent in it. */
const silentUnits = (state: TaskState, names: Names): string[] => state.consultations.flatMap((c) => {
  const pending = pendingOf(state, c);
  if (pending.length === 0) return [];
  const isOneDate = pending.every((u) => u.dueOn === c.dueOn);
  const asked = `Theo đề nghị góp ý ngày ${dmy(c.openedOn)}${isOneDate ? ` (hạn ${dmy(c.dueOn)})` : ''}`;
  const how = pending.every((u) => u.silence === 'deemed') ? `không trả lời, ghi nhận "${SILENCE_NAMES.deemed}"` : 'chưa có ý kiến';
  return [
    `${asked}, các đơn vị ${how}: ${listed(pending.map((u) => `${names(u.unit)}${isOneDate ? '' : ` (hạn ${dmy(u.dueOn)})`}`))}.`,
  ];
});

const extensions = ({ extensionCount, dueOriginalOn }: TaskState): string[] => (extensionCount === 0 || dueOriginalOn === null ? [] : [
  `Nhiệm vụ đã được gia hạn ${twoDigits(extensionCount)} lần; thời hạn theo Kế hoạch là ngày ${dmy(dueOriginalOn)}.`,
]);
const obstacles = (state: TaskState, names: Names): string[] => {
  const open = openObstacles(state).map((o) => `số ${o.no} (${names(o.unit)}, ngày ${dmy(o.raisedOn)})`);
  return open.length === 0 ? [] : [`Khó khăn, vướng mắc đang chờ xử lý: ${listed(open)}.`];
};

/** What a letter says of the task beside its dates, one paragraph each: extensions, the lead's last report, silent units, open obstacles. */
export const findings = (record: TaskRecord, names: Names, lead: string): readonly string[] => [
  ...extensions(record.state), lastReport(record, lead), ...(consultedUnits(record.state).length === 0 ? [] : silentUnits(record.state, names)), ...obstacles(record.state, names),
];

import type { Consultation, Consulted } from '../domain/matters';
import type { UnitId } from '../domain/plan';
import { leadOf } from '../domain/task';
import { type CivilDate, dmy } from '../domain/time';
import { ANSWER_NAMES, SILENCE_NAMES } from '../domain/words';
import { documentName } from './facts';
import { type TaskRecord, textOf } from './record';
import { capitalised } from './words';

/** One unit of Biểu 03. `answer`: how it answered, or how its silence is recorded. Days are null where nothing came. */
export type InputRow = {
  readonly unit: string; readonly askedOn: CivilDate; readonly dueOn: CivilDate; readonly receivedOn: CivilDate | null; readonly answer: string; readonly isLate: boolean;
  readonly content: string; readonly response: string;
};
/** Biểu 03 of one consultation (docs/domain.md, "Consultation"): every unit that was asked, and how many said what; the counts add up to the rows. */
export type InputsTable = {
  readonly no: number; readonly title: string; readonly task: string; readonly lead: string; readonly subject: string; readonly asOf: CivilDate;
  readonly rows: readonly InputRow[]; readonly counts: readonly (readonly [answer: string, units: number])[]; readonly late: number; readonly isClosed: boolean;
};
type Names = (unit: UnitId) => string;

export const INPUT_HEADS = ['Đơn vị', 'Ngày gửi', 'Hạn', 'Ngày trả lời', 'Ý kiến', 'Muộn', 'Nội dung góp ý', 'Tiếp thu, giải trình'] as const;
const PENDING = 'Chưa trả lời';

const answerOf = ({ input, silence }: Consulted): string => (input !== null ? ANSWER_NAMES[input.answer] : silence === null ? PENDING : SILENCE_NAMES[silence]);

const responseOf = (record: TaskRecord, { input }: Consulted): string => {
  const response = input?.response;
  return response == null ? '' : `${response.taken === 'yes' ? 'Tiếp thu' : 'Không tiếp thu, giải trình'}: ${textOf(record, response.text) ?? ''}`;
};

/** The paper by which a unit answered: "Văn bản số 12/STC ngày 15/01/2019". */
const paperOf = ({ events }: TaskRecord, no: number, unit: UnitId): string | undefined => {
  const given = events.findLast(
    (e) =>
      e.type === 'acted' &&
      e.act === 'give-input' &&
      e.result.consultation === no &&
      e.fields.answer !== 'ask-more-time' &&
      e.actor.by.startsWith(`${unit}/`),
  );
  const basis = given?.type === 'acted' ? given.actor.basis : undefined;
  return basis && capitalised(documentName(basis));
};
const contentOf = (record: TaskRecord, no: number, { unit, input }: Consulted): string =>
  [input === null ? undefined : paperOf(record, no, unit), textOf(record, input?.text)]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
const subjectOf = (record: TaskRecord, { subject, document }: Consultation): string =>
  `${textOf(record, subject) ?? ''}${document === undefined ? '' : ` (${documentName(document)})`}`;

const rowOf = (record: TaskRecord, names: Names, { no, openedOn }: Consultation, unit: Consulted): InputRow => ({
  unit: names(unit.unit), askedOn: openedOn, dueOn: unit.dueOn, receivedOn: unit.input?.on ?? null, answer: answerOf(unit), isLate: unit.input?.isLate === true,
  content: contentOf(record, no, unit), response: responseOf(record, unit),
});

const countsOf = (rows: readonly InputRow[]): InputsTable['counts'] => {
  const answers = [...Object.values(ANSWER_NAMES), ...Object.values(SILENCE_NAMES), PENDING];
  return answers.map((answer) => [answer, rows.filter((r) => r.answer === answer).length] as const).filter(([, units]) => units > 0);
};

/** The table of one consultation as it stands on a day; undefined where the task has none of that number. The present lead owes no answer to itself and has no row. */
export const inputsTable = (record: TaskRecord, no: number, { names, title, asOf }: { readonly names: Names; readonly title: string; readonly asOf: CivilDate }): InputsTable | undefined => {
  const { state } = record;
  const c = state.consultations.find((one) => one.no === no);
  if (c === undefined) return undefined;
  const rows = c.units.filter((u) => u.input !== null || u.unit !== leadOf(state)).map((u) => rowOf(record, names, c, u));
  return {
    no,
    title,
    task: state.seed.id,
    lead: names(leadOf(state)),
    subject: subjectOf(record, c),
    asOf,
    rows,
    counts: countsOf(rows),
    late: rows.filter((r) => r.isLate).length,
    isClosed: c.closed !== null,
  };
};

/** `Đã hỏi 12 đơn vị: Thống nhất 5; Không thống nhất 1; … Trả lời muộn: 2.` */
export const countsText = ({ rows, counts, late }: InputsTable): string =>
  `Đã lấy ý kiến ${rows.length} đơn vị: ${counts.map(([answer, units]) => `${answer}: ${units}`).join('; ')}. Trả lời muộn: ${late}.`;
/** `Số liệu đến ngày 08/05/2019; việc lấy ý kiến đã kết thúc.` */
export const asOfText = ({ asOf, isClosed }: InputsTable): string => `Số liệu đến ngày ${dmy(asOf)}; việc lấy ý kiến ${isClosed ? 'đã kết thúc' : 'chưa kết thúc'}.`;

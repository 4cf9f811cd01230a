import type { UnitDue } from '../domain/acts';
import { isPosition } from '../domain/plan';
import type { ActResult } from '../domain/task';
import { dmy } from '../domain/time';
import type { HistoryRow } from '../ledger/board';
import { positionWord } from './history-text';
import { ACT_WORDS, ANSWER_WORDS, bothWays, joined, SILENCE_WORDS, STATE_WORDS, then, type Word } from './words';

type Names = ReadonlyMap<string, string>;
const FIELD_WORDS: Readonly<Record<string, Word>> = {
  deliverable: ['sản phẩm', 'deliverable'], contact: ['đầu mối', 'contact'], reason: ['lý do', 'reason'], text: ['nội dung', 'text'], summary: ['tóm tắt', 'summary'], value: ['nội dung mới', 'new value'],
  subject: ['nội dung lấy ý kiến', 'subject'], proposal: ['đề xuất', 'proposal'], link: ['dự thảo tại', 'draft at'],
};

/** Units that said nothing, with how that is recorded: never as consent. */
const silentUnits = (silence: Readonly<Record<string, 'deemed' | 'closed-early'>> | undefined, names: Names): Word[] =>
  Object.entries(silence ?? {}).map(([unit, how]) => then(bothWays(`${names.get(unit) ?? unit}: `), SILENCE_WORDS[how]));

const ERASED: Word = ['(đã xóa)', '(erased)'];
const textLine = ([name, text]: [string, string | null]): Word =>
  joined([FIELD_WORDS[name] ?? bothWays(name), bothWays(': '), text === null ? ERASED : bothWays(text)]);

/** Fields, documents and free texts of an act, one line each: what a reader wants to know beside the act's name. */
export const details = (row: HistoryRow, names: Names): readonly Word[] => {
  if (row.event.type === 'consultation-closed') return silentUnits(row.event.silence, names);
  if (row.event.type !== 'acted') return [];
  const { fields, result, actor } = row.event;
  const document = row.paper ?? ('document' in fields && fields.document ? fields.document : actor.basis);
  return [
    ...Object.entries(row.texts).map(textLine),
    ...plainFields(fields, names),
    ...('file' in fields && fields.file ? [joined([['tệp: ', 'file: '], row.fileName === null ? ERASED : bothWays(row.fileName)])] : []),
    ...(document === undefined ? [] : [[`văn bản số ${document.number} ngày ${dmy(document.date)}`, `document no. ${document.number} of ${dmy(document.date)}`] as const]),
    ...resultLines(result), ...silentUnits(result.silence, names),
  ];
};

const resultLines = ({ state, dueOn, obstacle, isLateInput, undone, documented }: ActResult): Word[] => [
  ...(documented === undefined ? [] : [documentedLine(documented)]),
  ...(state === undefined ? [] : [then(['tình trạng: ', 'state: '], STATE_WORDS[state])]),
  ...(dueOn === undefined ? [] : [then(['thời hạn: ', 'due date: '], bothWays(dmy(dueOn)))]),
  ...(obstacle === undefined ? [] : [then(['khó khăn, vướng mắc số ', 'obstacle no. '], bothWays(String(obstacle)))]),
  ...(isLateInput ? [['góp ý muộn', 'late input'] as const] : []),
  ...(undone === undefined ? [] : [[`rút lại: ${ACT_WORDS[undone][0].toLowerCase()}`, `taken back: ${ACT_WORDS[undone][1].toLowerCase()}`] as const]),
];

const documentedLine = ({ act, on, seq }: NonNullable<ActResult['documented']>): Word => {
  const [vi, en] = ACT_WORDS[act];
  return [`của việc: ${vi}, ngày ${dmy(on)} (sự kiện số ${seq})`, `of: ${en}, ${dmy(on)} (event no. ${seq})`];
};

const PLAIN: Readonly<Record<string, Word>> = {
  percent: ['tỷ lệ hoàn thành (%)', 'per cent done'], commitTo: ['ngày cam kết', 'committed to'], milestone: ['mốc', 'milestone'],
  correctBy: ['hoàn thiện trước ngày', 'to be corrected by'], rung: ['mức', 'level'], number: ['số văn bản', 'number of the document'],
  lead: ['đơn vị chủ trì mới', 'new lead'], to: ['đến', 'to'], dueOn: ['hạn', 'due'], answer: ['ý kiến', 'answer'], unit: ['đơn vị', 'unit'],
  taken: ['tiếp thu', 'taken'], support: ['đồng ý', 'supported'], from: ['từ ngày', 'from'], until: ['đến hết ngày', 'until'],
  escalate: ['đôn đốc ngay bước tiếp theo', 'next rung now'],
  date: ['ngày diễn ra sự kiện', 'day of the event'], beforeDue: ['trước hạn (ngày làm việc)', 'working days before the due date'],
};
const VALUES: Readonly<Record<string, Word>> = { ...ANSWER_WORDS, yes: ['có', 'yes'], no: ['không', 'no'] };
const plainValue = (value: string | number, names: Names): Word => {
  if (typeof value === 'number') return bothWays(String(value));
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return bothWays(dmy(value));
  if (isPosition(value)) return positionWord(value, names);
  return (Object.hasOwn(VALUES, value) ? VALUES[value] : undefined) ?? bothWays(names.get(value) ?? value);
};
const isDated = (one: unknown): one is UnitDue =>
  typeof one === 'object' && one !== null && 'unit' in one && 'dueOn' in one;
const unitLine = (one: unknown, names: Names): string =>
  (isDated(one) ? `${names.get(one.unit) ?? one.unit} (${dmy(one.dueOn)})` : names.get(String(one)) ?? String(one));
/** A list is a list of units, each with its own date where it has one. */
const lineOf = (value: unknown, names: Names): Word | undefined => {
  if (Array.isArray(value)) return bothWays(value.map((one: unknown) => unitLine(one, names)).join('; '));
  return typeof value === 'string' || typeof value === 'number' ? plainValue(value, names) : undefined;
};
/** Who stands in is an opaque id in the act: the seat in the directory names the person. */
const plainFields = (fields: object, names: Names): Word[] =>
  Object.entries(fields).flatMap(([name, value]: [string, unknown]) => {
    const [label, line] = [PLAIN[name], lineOf(value, names)];
    return label === undefined || line === undefined ? [] : [joined([label, bothWays(': '), line])];
  });

import { type Position, roleOf, unitOf } from '../../../domain/plan';
import { consultationFor } from '../../../domain/consultation';
import { addWorkingDays } from '../../../domain/calendar';
import { reminderAnchor } from '../../../domain/deadline';
import { openObstacles } from '../../../domain/obstacles';
import type { FileRef } from '../../../domain/refs';
import { ACT_NAMES, OBSTACLE_NAMES } from '../../../domain/words';
import { coordinatingOf, type TaskState } from '../../../domain/task';
import { type CivilDate, dmy, isCivilDate } from '../../../domain/time';
import type { Holder } from '../../../ledger/directory';
import type { TaskFile } from '../../../ledger/files';
import { positionText } from '../../history-text';
import { rungWord } from '../../words';
import { dateInputOf, type FormField, inputsOf, type OfferKind, tickedOf } from './form-fields';

export type Offer = readonly (readonly [value: string, label: string])[];
/** What may be chosen on the page of one task by one position, and the files by their id. */
export type Offers = Readonly<Record<OfferKind, Offer>> & {
  readonly files: ReadonlyMap<string, FileRef>;
  /** The text of the one letter that waits; undefined where none or several do. */
  readonly draft: string | undefined;
};
export type OfferedFrom = {
  readonly state: TaskState | undefined; readonly position: Position; readonly names: ReadonlyMap<string, string>; readonly files: readonly TaskFile[];
  /** The texts of letters that wait. */
  readonly drafts: readonly string[]; readonly today: CivilDate;
  /** People of the position's unit on this day, each at one seat. */
  readonly colleagues: readonly Holder[];
};

/** Units whose input is there and has no response yet. */
const answered = (state: TaskState): readonly string[] =>
  state.consultations.flatMap(
    (c) => c.units.filter((u) => u.input !== null && u.input.response === null && consultationFor(state, u.unit)?.no === c.no).map((u) => u.unit)
  );

/** Working days before the lead's own date: time to take the inputs in, have the result appraised and submit it. */
const BACK_DAYS = [10, 20, 30, 40, 60] as const;
const backDates = ({ dueOn, seed: { calendar } }: TaskState, today: CivilDate): Offer => (dueOn === null ? [] : BACK_DAYS.flatMap((days) => {
  const on = addWorkingDays(calendar, reminderAnchor(calendar, dueOn), -days);
  return on === undefined || on <= today ? [] : [[String(days), `${dmy(on)} (trước thời hạn ${days} ngày làm việc)`] as const];
}));

/** Acts without a paper that a position may enter one for, newest first. */
const undocumentedFor = (
  { undocumented, supervisor }: TaskState,
  position: Position,
  names: ReadonlyMap<string, string>,
): Offer => {
  const isClerk = roleOf(position) === 'clerk';
  return undocumented
    .filter(({ unit }) => unit === unitOf(position) || (!isClerk && supervisor === unitOf(position)))
    .toReversed()
    .map(
      ({ seq, act, on, unit }) =>
        [String(seq), `${ACT_NAMES[act]}, ${names.get(unit) ?? unit}, ngày ${dmy(on)} (số ${seq})`] as const,
    );
};

/** What the task itself offers; nothing before it has begun. */
const ofTask = (state: TaskState | undefined, { names, today }: Pick<OfferedFrom, 'names' | 'today'>) => {
  const named = (unit: string): readonly [string, string] => [unit, names.get(unit) ?? unit];
  return {
    'answered-unit': state === undefined ? [] : answered(state).map(named), coordinating: state === undefined ? [] : coordinatingOf(state).map(named),
    'back-date': state === undefined ? [] : backDates(state, today),
    milestone: (state?.occurrences ?? []).filter((o) => o.closedOn === undefined).map((o) => [o.label, `${o.label} (${dmy(o.dueOn)})`] as const),
    letter: (state?.letters.length ?? 0) < 2 ? [] : (state?.letters ?? []).map(({ rung }) => [rung, rungWord(rung)[0]] as const),
    obstacle: state === undefined ? [] : openObstacles(state).map(
      (o) => [String(o.no), `${o.no} – ${names.get(o.unit) ?? o.unit}, ${dmy(o.raisedOn)}: ${OBSTACLE_NAMES[o.state]}`] as const
    ),
  };
};

export const offersFor = ({ state, position, names, files, drafts, colleagues, today }: OfferedFrom): Offers => {
  const others = colleagues.filter((h) => h.position !== position);
  return {
    ...ofTask(state, { names, today }),
    undocumented: state === undefined ? [] : undocumentedFor(state, position, names),
    unit: [...names],
    draft: drafts.length === 1 ? drafts[0] : undefined,
    colleague: [...new Map(others.map((h) => [h.person, h.name] as const))],
    seat: [...new Set(others.map((h) => h.position))].map((one) => [one, positionText(one, names)] as const),
    file: files.map((f) => [f.id, f.name] as const),
    files: new Map(files.map((f) => [f.id, { id: f.id, hash: f.hash, length: f.size, type: f.contentType }] as const)),
  };
};

/** What a field may be, in the words of the page. */
export const offeredFor = (field: FormField, offers: Offers, say: (word: readonly [string, string]) => string): Offer =>
  field.from === undefined ? (field.choices ?? []).map(([value, label]) => [value, say(label)] as const) : offers[field.from];

/** What was filled in of a field, as a person reads it: names in the place of ids. */
export const filledText = (field: FormField, typed: Readonly<Record<string, string>>, offers: Offers, say: (word: readonly [string, string]) => string): string => {
  const values = field.type === 'many' ? tickedOf(field, typed) : inputsOf(field).map((input) => typed[input] ?? '').filter((value) => value !== '');
  const offered = new Map(offeredFor(field, offers, say));
  const own = (value: string): string =>
    field.hasDates === true ? (typed[dateInputOf(field, value)] ?? '').trim() : '';
  const shown = (value: string): string => {
    const date = own(value);
    const name = offered.get(value) ?? (isCivilDate(value) ? dmy(value) : value);
    return date === '' ? name : `${name} (hạn ${isCivilDate(date) ? dmy(date) : date})`;
  };
  return values.map(shown).join(field.type === 'many' ? '; ' : ', ');
};

/** A field that may stay empty and has nothing to choose from is not asked. */
export const isAsked = (field: FormField, offers: Offers): boolean => field.from === undefined || field.required === true || offers[field.from].length > 0;

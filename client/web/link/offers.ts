import type { Position } from '../../../domain/plan';
import { consultationFor } from '../../../domain/consultation';
import { openObstacles } from '../../../domain/obstacles';
import type { FileRef } from '../../../domain/refs';
import { OBSTACLE_NAMES } from '../../../domain/words';
import type { TaskState } from '../../../domain/task';
import { dmy } from '../../../domain/time';
import type { Holder } from '../../../ledger/directory';
import type { TaskFile } from '../../../ledger/files';
import { positionText } from '../../history-text';
import type { FormField, OfferKind } from './form-fields';

export type Offer = readonly (readonly [value: string, label: string])[];
/** What may be chosen on the page of one task by one position, and the files by their id. */
export type Offers = Readonly<Record<OfferKind, Offer>> & { readonly files: ReadonlyMap<string, FileRef> };
export type OfferedFrom = {
  readonly state: TaskState | undefined; readonly position: Position; readonly names: ReadonlyMap<string, string>; readonly files: readonly TaskFile[];
  /** People of the position's unit on this day, each at one seat. */
  readonly colleagues: readonly Holder[];
};

/** Units whose input is there and has no response yet. */
const answered = (state: TaskState): readonly string[] =>
  state.consultations.flatMap(
    (c) => c.units.filter((u) => u.input !== null && u.input.response === null && consultationFor(state, u.unit)?.no === c.no).map((u) => u.unit)
  );

export const offersFor = ({ state, position, names, files, colleagues }: OfferedFrom): Offers => {
  const named = (unit: string): readonly [string, string] => [unit, names.get(unit) ?? unit];
  const others = colleagues.filter((h) => h.position !== position);
  return {
    unit: [...names], 'answered-unit': state === undefined ? [] : answered(state).map(named),
    colleague: [
      ...new Map(others.map((h) => [h.person, h.name] as const))
    ], seat: [...new Set(others.map((h) => h.position))].map((one) => [one, positionText(one, names)] as const),
    obstacle: state === undefined ? [] : openObstacles(state).map(
      (o) => [String(o.no), `${o.no} – ${names.get(o.unit) ?? o.unit}, ${dmy(o.raisedOn)}: ${OBSTACLE_NAMES[o.state]}`] as const
    ),
    file: files.map((f) => [f.id, f.name] as const), files: new Map(
      files.map((f) => [f.id, { id: f.id, hash: f.hash, length: f.size, name: f.name, type: f.contentType }] as const)
    ),
  };
};

/** What a field may be, in the words of the page. */
export const offeredFor = (field: FormField, offers: Offers, say: (word: readonly [string, string]) => string): Offer =>
  field.from === undefined ? (field.choices ?? []).map(([value, label]) => [value, say(label)] as const) : offers[field.from];

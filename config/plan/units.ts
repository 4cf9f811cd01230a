import type { Directory, Unit, UnitGroup, UnitId } from '../../domain/plan';
import type { CivilDate } from '../../domain/time';
import { nameKey, similarity, syllables } from './unit-key';

/** What a piece of a cell names. `open` is a set that nobody can list ("các đơn vị liên quan"). */
export type UnitReading =
  | { readonly kind: 'unit'; readonly text: string; readonly unit: Unit }
  | { readonly kind: 'group'; readonly text: string; readonly group: UnitGroup }
  | { readonly kind: 'open'; readonly text: string }
  | { readonly kind: 'ambiguous'; readonly text: string; readonly names: readonly string[] }
  | { readonly kind: 'unknown'; readonly text: string; readonly nearest: readonly Unit[] };

/** The directory seen from one day, by name: build it once per plan. */
export type UnitIndex = {
  readonly directory: Directory;
  readonly byKey: ReadonlyMap<string, readonly (Unit | UnitGroup)[]>;
  readonly units: readonly Unit[];
  /** The syllables of every name of each unit, for finding the nearest ones. */
  readonly spellings: readonly { readonly unit: Unit; readonly names: readonly ReadonlySet<string>[] }[];
};

const isGroup = (entry: Unit | UnitGroup): entry is UnitGroup => 'members' in entry;
const namesOf = (entry: Unit | UnitGroup): readonly string[] => [entry.name, ...(isGroup(entry) ? [] : [entry.shortName]), ...entry.aliases];
const isValid = (unit: Unit, on: CivilDate | null): boolean => on === null || ((unit.validFrom ?? on) <= on && on <= (unit.validTo ?? on));

/** Units that exist on `on` (all, where no day is known) and groups, by every name they have. */
export const indexUnits = (directory: Directory, on: CivilDate | null): UnitIndex => {
  const units = directory.units.filter((unit) => isValid(unit, on));
  const byKey = new Map<string, (Unit | UnitGroup)[]>();
  for (const entry of [...units, ...directory.groups]) {
    for (const key of new Set(namesOf(entry).map((name) => nameKey(name, directory.province)))) byKey.set(key, [...(byKey.get(key) ?? []), entry]);
  }
  return { directory, byKey, units, spellings: units.map((unit) => ({ unit, names: namesOf(unit).map((name) => new Set(syllables(name))) })) };
};

const OPEN_SET = /liên quan$/iu;
const NEAREST = 3;
const NEAR_ENOUGH = 0.4;

/** Up to three units with the most similar names, the nearest first. */
export const nearestUnits = (index: UnitIndex, text: string): Unit[] => {
  const wanted = new Set(syllables(text));
  return index.spellings
    .map(({ unit, names }) => ({ unit, score: Math.max(...names.map((name) => similarity(name, wanted))) }))
    .filter(({ score }) => score >= NEAR_ENOUGH)
    .sort((a, b) => b.score - a.score)
    .slice(0, NEAREST)
    .map(({ unit }) => unit);
};

const known = (index: UnitIndex, text: string): UnitReading | undefined => {
  const found = index.byKey.get(nameKey(text, index.directory.province)) ?? [];
  if (found.length > 1) return { kind: 'ambiguous', text, names: found.map((entry) => `${entry.name} (${entry.id})`) };
  const entry = found[0];
  if (entry === undefined) return undefined;
  if (!isGroup(entry)) return { kind: 'unit', text, unit: entry };
  return entry.openEnded ? { kind: 'open', text } : { kind: 'group', text, group: entry };
};

/** One name as a whole. Two readings left are both named, never guessed. */
export const readUnit = (index: UnitIndex, text: string): UnitReading =>
  known(index, text) ?? (OPEN_SET.test(text.trim()) ? { kind: 'open', text } : { kind: 'unknown', text, nearest: nearestUnits(index, text) });

/** Commas and "và" separate units, but also stand inside their names. */
const SEPARATOR = /\s*[,;\n/]\s*|\s+và\s+/giu;
/** Words with which the name of a body begins: where a new unknown one starts. */
const BODY_WORD = /^(?:các |sở|ban|bộ|cục|chi cục|ubnd|ủy ban|văn phòng|vp|công an|thanh tra|trường|báo|đài|hội|liên|ngân hàng|kho bạc|bảo hiểm|đơn vị|cơ quan|huyện|thành phố|thị xã|xã|phường)/iu;

type Piece = { readonly start: number; readonly end: number };
/** No body's name has more commas and "và" than this. */
const MAX_PIECES = 8;
const piecesOf = (text: string): Piece[] => {
  const cuts = [...text.matchAll(SEPARATOR)].map((m) => ({ start: m.index, end: m.index + m[0].length }));
  const starts = [0, ...cuts.map((c) => c.end)];
  return starts.map((start, i) => ({ start, end: cuts[i]?.start ?? text.length })).filter((p) => p.end > p.start);
};

/** Splits a cell on known units only: the longest run of pieces that is a name wins, so that "Sở Kế hoạch và Đầu tư" stays whole. */
export const readUnits = (index: UnitIndex, cell: string): UnitReading[] => {
  const text = cell.replace(/\([^)]*\)/g, ' ').replace(/\s+\.?\s*$/u, '');
  const pieces = piecesOf(text);
  const span = (from: number, to: number): string => text.slice(pieces[from]!.start, pieces[to]!.end).trim();
  const longest = (from: number): number => {
    for (let to = Math.min(pieces.length, from + MAX_PIECES) - 1; to >= from; to -= 1) if (known(index, span(from, to)) !== undefined) return to;
    return -1;
  };
  const readings: UnitReading[] = [];
  for (let from = 0; from < pieces.length; from += 1) {
    let to = longest(from);
    if (to < 0) for (to = from; to + 1 < pieces.length && longest(to + 1) < 0 && !BODY_WORD.test(span(to + 1, to + 1)); ) to += 1;
    readings.push(readUnit(index, span(from, to)));
    from = to;
  }
  return readings;
};

/** Unit ids in the order of the text, each once: groups become the members that exist on the index's day; the left-out ones are not among them. */
export const expandUnits = (index: UnitIndex, readings: readonly UnitReading[], without: readonly UnitId[]): UnitId[] => {
  const existing = new Set(index.units.map((unit) => unit.id));
  const ids = readings.flatMap((r) => (r.kind === 'unit' ? [r.unit.id] : r.kind === 'group' ? r.group.members.filter((id) => existing.has(id)) : []));
  return [...new Set(ids)].filter((id) => !without.includes(id));
};

import type { Directory, Seat, Unit, UnitGroup } from '../domain/plan';
import { addDays, type CivilDate } from '../domain/time';
import { canonicalJson } from '../domain/canonical';
import type { DirectoryHeader } from './settings';

/** What the ledger holds now. */
export type StoredDirectory = {
  readonly header: DirectoryHeader | undefined;
  readonly units: readonly Unit[];
  readonly groups: readonly UnitGroup[];
  readonly seats: readonly Seat[];
};
type Changed<T> = { readonly change: 'added' | 'changed'; readonly after: T; readonly before?: T };
/** A seat `ended` keeps its history with a last day; `removed` had not begun yet. */
export type DirectoryChange =
  | ({ readonly what: 'header' } & Changed<DirectoryHeader>)
  | ({ readonly what: 'unit'; readonly id: string } & Changed<Unit>)
  | { readonly what: 'unit'; readonly id: string; readonly change: 'removed'; readonly before: Unit }
  | ({ readonly what: 'group'; readonly id: string } & Changed<UnitGroup>)
  | { readonly what: 'group'; readonly id: string; readonly change: 'removed'; readonly before: UnitGroup }
  | ({ readonly what: 'seat' } & Changed<Seat>)
  | { readonly what: 'seat'; readonly change: 'ended'; readonly before: Seat; readonly after: Seat }
  | { readonly what: 'seat'; readonly change: 'removed'; readonly before: Seat };

const changeOf = <T>(before: T | undefined, after: T): Changed<T>[] => {
  if (before === undefined) return [{ change: 'added', after }];
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ change: 'changed', before, after }];
};
const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> => new Map(items.map((i) => [i.id, i]));
const missing = <T extends { readonly id: string }>(stored: readonly T[], wanted: readonly T[]): readonly T[] => {
  const named = byId(wanted);
  return stored.filter((s) => !named.has(s.id));
};

const keyOf = (s: Seat): string => `${s.position} ${s.person} ${s.from} ${s.deputyOf ?? ''}`;
/** The chair that a term fills: a deputy's is its own, beside the holder's. */
const chairOf = (s: Seat): string => (s.deputyOf === undefined ? s.position : `${s.position} for ${s.deputyOf}`);
/** Terms of each chair, the earliest first. */
const byChair = (seats: readonly Seat[]): ReadonlyMap<string, readonly Seat[]> => {
  const chairs = new Map<string, Seat[]>();
  for (const seat of [...seats].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const terms = chairs.get(chairOf(seat));
    if (terms === undefined) chairs.set(chairOf(seat), [seat]);
    else terms.push(seat);
  }
  return chairs;
};
const endBefore = (seat: Seat, day: CivilDate): DirectoryChange[] => {
  if (seat.to !== undefined && seat.to < day) return [];
  if (seat.from >= day) return [{ what: 'seat', change: 'removed', before: seat }];
  return [{ what: 'seat', change: 'ended', before: seat, after: { ...seat, to: addDays(day, -1) } }];
};

/** A term without an end, of a holder whom the import replaces: it ends the day before the new one begins. */
const endedBySuccessors = (stored: readonly Seat[], wanted: readonly Seat[]): DirectoryChange[] => {
  const named = new Set(wanted.map(keyOf));
  const chairs = byChair(wanted);
  return stored.filter((s) => s.to === undefined && s.deputyOf === undefined && !named.has(keyOf(s))).flatMap((s) => {
    const next = chairs.get(chairOf(s))?.find((w) => w.from > s.from);
    return next ? endBefore(s, next.from) : [];
  });
};

const endedByReplace = (stored: readonly Seat[], wanted: readonly Seat[], today: CivilDate): DirectoryChange[] => {
  const named = new Set(wanted.map(keyOf));
  return stored.filter((s) => !named.has(keyOf(s))).flatMap((s) => endBefore(s, today));
};

const seatChanges = (stored: readonly Seat[], wanted: readonly Seat[], replace: boolean, today: CivilDate): DirectoryChange[] => {
  const known = new Map(stored.map((s) => [keyOf(s), s]));
  const ended = endedBySuccessors(stored, wanted);
  const already = new Set(ended.flatMap((c) => (c.what === 'seat' && 'before' in c && c.before !== undefined ? [keyOf(c.before)] : [])));
  const rest = replace ? endedByReplace(stored.filter((s) => !already.has(keyOf(s))), wanted, today) : [];
  return [...ended, ...rest, ...wanted.flatMap((after) => changeOf(known.get(keyOf(after)), after).map((c) => ({ what: 'seat' as const, ...c })))];
};

/**
 * What an import would do, in the order it is done. It merges: what the file does not name stays, except that a new holder ends the open term of the
 * one before. With `replace` units and groups that are not named go, and terms that are not named end yesterday (those not begun yet go); terms
 * that are over stay, because events name their people.
 */
export const directoryChanges = (
  stored: StoredDirectory, wanted: Directory, options: { readonly replace: boolean; readonly today: CivilDate },
): readonly DirectoryChange[] => {
  const header: DirectoryHeader = { hostUnit: wanted.hostUnit, authorityOffice: wanted.authorityOffice, smsPrefix: wanted.smsPrefix };
  const [units, groups] = [byId(stored.units), byId(stored.groups)];
  const gone: DirectoryChange[] = !options.replace ? [] : [
    ...missing(stored.units, wanted.units).map((before) => ({ what: 'unit' as const, id: before.id, change: 'removed' as const, before })),
    ...missing(stored.groups, wanted.groups).map((before) => ({ what: 'group' as const, id: before.id, change: 'removed' as const, before })),
  ];
  return [
    ...changeOf(stored.header, header).map((c) => ({ what: 'header' as const, ...c })),
    ...wanted.units.flatMap((u) => changeOf(units.get(u.id), u).map((c) => ({ what: 'unit' as const, id: u.id, ...c }))),
    ...wanted.groups.flatMap((g) => changeOf(groups.get(g.id), g).map((c) => ({ what: 'group' as const, id: g.id, ...c }))),
    ...gone,
    ...seatChanges(stored.seats, wanted.seats, options.replace, options.today),
  ];
};

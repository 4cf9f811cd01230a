import { type Kysely, sql } from 'kysely';
import { addressOn } from '../domain/address';
import type { Channel } from '../domain/notice';
import { isPosition, type Position, positionOf, roleOf, ROLES, type Seat, unitOf } from '../domain/plan';
import type { CivilDate } from '../domain/time';
import { anyOf, recordset, type RowOf } from './rows';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** Who gets what is meant for `asked`: `position` is where it ended, `passedOver` the empty seats on the way (`asked` first). */
export type Holder = {
  readonly asked: Position;
  readonly position: Position;
  readonly person: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  /** Acts instead of the holder. */
  readonly isDeputy: boolean;
  readonly passedOver: readonly Position[];
  readonly without?: Seat['without'];
};
/** Whether anything may be sent to an address, given in its one spelling. */
export type IsUsable = (channel: Channel, address: string) => boolean;

/** Upwards: who comes after an empty seat. */
const NEXT = { clerk: 'officer', officer: 'head', head: 'leader' } as const;
const above = (position: Position): Position | undefined => {
  const role = roleOf(position);
  return role === 'leader' ? undefined : positionOf(unitOf(position), NEXT[role]);
};

const isOn = (seat: Seat, day: CivilDate): boolean => seat.from <= day && (seat.to === undefined || day <= seat.to);
const isReachable = (seat: Seat): boolean => seat.email !== undefined || seat.phone !== undefined;
/** The seat without the addresses that nothing may be sent to. */
const usable = ({ email, phone, ...seat }: Seat, isUsable: IsUsable): Seat => {
  const keeps = (channel: Channel): boolean => {
    const address = addressOn(channel, { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) });
    return address !== undefined && isUsable(channel, address);
  };
  return { ...seat, ...(email !== undefined && keeps('email') ? { email } : {}), ...(phone !== undefined && keeps('sms') ? { phone } : {}) };
};
const latest = (seats: readonly Seat[]): Seat | undefined => [...seats].sort((a, b) => (a.from < b.from ? 1 : -1))[0];

const groupBy = (seats: readonly Seat[], key: (seat: Seat) => Position): ReadonlyMap<Position, readonly Seat[]> => {
  const groups = new Map<Position, Seat[]>();
  for (const seat of seats) {
    const group = groups.get(key(seat));
    if (group === undefined) groups.set(key(seat), [seat]);
    else group.push(seat);
  }
  return groups;
};

/** The deputy of the day, else the holder; somebody without any address does not count. Sorted once: a morning asks for thousands. */
const occupantsOf = (seats: readonly Seat[]): ((position: Position) => Seat | undefined) => {
  const deputies = groupBy(seats.filter((s) => s.deputyOf !== undefined), (s) => s.deputyOf ?? s.position);
  const holders = groupBy(seats.filter((s) => s.deputyOf === undefined), (s) => s.position);
  return (position) => latest(deputies.get(position) ?? []) ?? latest(holders.get(position) ?? []);
};

const holderOf = (seat: Seat, asked: Position, position: Position, passedOver: readonly Position[]): Holder => ({
  asked, position, person: seat.person, name: seat.name, isDeputy: seat.deputyOf !== undefined, passedOver,
  ...(seat.email === undefined ? {} : { email: seat.email }), ...(seat.phone === undefined ? {} : { phone: seat.phone }), ...(seat.without === undefined ? {} : { without: seat.without }),
});

/**
 * Resolves positions on one day. An empty seat is passed over upwards within its unit: clerk → officer → head → leader; undefined where nobody above
 * can be reached either. Where two terms overlap, the later one holds.
 */
export const resolverOf = (all: readonly Seat[], day: CivilDate, isUsable: IsUsable = () => true): ((position: Position) => Holder | undefined) => {
  const occupant = occupantsOf(all.filter((s) => isOn(s, day)).map((s) => usable(s, isUsable)).filter(isReachable));
  return (asked) => {
    const passedOver: Position[] = [];
    for (let at: Position | undefined = asked; at !== undefined; at = above(at)) {
      const seat = occupant(at);
      if (seat) return holderOf(seat, asked, at, passedOver);
      passedOver.push(at);
    }
    return undefined;
  };
};

type SeatRow = {
  position: Position; person: string; name: string; email: string | null; phone: string | null; from_on: string; to_on: string | null; deputy_of: Position | null;
  without: Channel[] | null;
};
const toSeat = (r: SeatRow): Seat => ({
  position: r.position, person: r.person, name: r.name, from: r.from_on,
  ...(r.email === null ? {} : { email: r.email }), ...(r.phone === null ? {} : { phone: r.phone }),
  ...(r.to_on === null ? {} : { to: r.to_on }), ...(r.deputy_of !== null && isPosition(r.deputy_of) ? { deputyOf: r.deputy_of } : {}),
  ...(r.without === null ? {} : { without: r.without.filter((c) => c === 'sms') }),
});

/** The columns of the unique index `seat_term`. */
const TERM = sql`position, person, from_on, coalesce(deputy_of, '')`;

const COLUMNS = ['position', 'person', 'name', 'email', 'phone', 'from_on', 'to_on', 'deputy_of', 'without'] as const;

/** Every term ever entered, by position and day. */
export const readSeats = async (db: Db): Promise<readonly Seat[]> =>
  (await db.selectFrom('seat').select(COLUMNS).orderBy('position').orderBy('from_on').orderBy('person').execute()).map(toSeat);

/** Removes terms from the record: exactly these. */
export const deleteTerms = async (db: Db, terms: readonly RowOf<'seat'>[]): Promise<void> => {
  await sql`delete from seat s using ${recordset('seat', terms)}
    where s.position = r.position and s.person = r.person and s.from_on = r.from_on and s.deputy_of is not distinct from r.deputy_of`.execute(db);
};

const termsOn = (db: Db, day: CivilDate) => db.selectFrom('seat').select(COLUMNS)
  .where('from_on', '<=', day).where((e) => e.or([e('to_on', 'is', null), e('to_on', '>=', day)]));

/** A resolver for all positions on a day, from one query. */
export const seatsOn = async (db: Db, day: CivilDate, isUsable?: IsUsable): Promise<(position: Position) => Holder | undefined> =>
  resolverOf((await termsOn(db, day).execute()).map(toSeat), day, isUsable);

/** One position on a day, from the seats of its unit alone: an empty one is never passed over out of it. For many use {@link seatsOn}. */
export const resolvePosition = async (db: Db, position: Position, day: CivilDate): Promise<Holder | undefined> => {
  const unit = ROLES.map((role) => positionOf(unitOf(position), role));
  const rows = await termsOn(db, day).where((e) => e.or([e('position', '=', anyOf(unit)), e('deputy_of', '=', anyOf(unit))])).execute();
  return resolverOf(rows.map(toSeat), day)(position);
};

/**
 * Puts somebody of the directory beside a position as its deputy, with the addresses of their own seat; from the same first day again, the last day is the
 * one that was said last. False for a person who is not known.
 */
export const addDeputy = async (
  db: Db, deputy: { readonly position: Position; readonly person: string; readonly from: CivilDate; readonly until: CivilDate },
): Promise<boolean> => {
  const own = await db.selectFrom('seat').select(COLUMNS).where('person', '=', deputy.person).orderBy('from_on', 'desc').limit(1).executeTakeFirst();
  if (own === undefined) return false;
  await db.insertInto('seat').values({
    position: deputy.position, person: own.person, name: own.name, email: own.email, phone: own.phone, from_on: deputy.from,
    to_on: deputy.until, deputy_of: deputy.position, without: own.without,
  }).onConflict((c) => c.expression(TERM).doUpdateSet({ to_on: deputy.until })).execute();
  return true;
};

/** The name of a person of the directory, as it stands at the latest seat; undefined for one who is not known. */
export const personName = async (db: Db, person: string): Promise<string | undefined> =>
  (await db.selectFrom('seat').select('name').where('person', '=', person).orderBy('from_on', 'desc').limit(1).executeTakeFirst())?.name;

/** Everybody who may act for a position on a day: its holder first, then deputies; people without any address too. */
export const peopleOf = async (db: Db, position: Position, day: CivilDate): Promise<readonly Holder[]> => {
  const seats = (await db.selectFrom('seat').select(COLUMNS).where((e) => e.or([e('position', '=', position), e('deputy_of', '=', position)])).execute())
    .map(toSeat).filter((s) => isOn(s, day));
  const holder = latest(seats.filter((s) => s.position === position && s.deputyOf === undefined));
  const all = [...(holder === undefined ? [] : [holder]), ...seats.filter((s) => s.deputyOf === position)];
  return all.filter((s, i) => all.findIndex((o) => o.person === s.person) === i).map((s) => holderOf(s, position, position, []));
};

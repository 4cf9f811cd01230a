import { addressOn } from '../domain/address';
import type { RehearsalInput } from '../domain/rehearsal';
import type { Position, Seat } from '../domain/plan';
import type { CivilDate } from '../domain/time';
import { type Holder, type IsUsable, resolverOf } from '../ledger/seats';

/** The normalised address of a position on a channel on a day, from the terms of a directory: what a rehearsal counts messages by. `isUsable`: addresses that take nothing are passed over. */
export const addressesOf = (seats: readonly Seat[], isUsable?: IsUsable): NonNullable<RehearsalInput['addressOf']> => {
  const byDay = new Map<CivilDate, (position: Position) => Holder | undefined>();
  return (position, channel, on) => {
    const resolve = byDay.get(on) ?? resolverOf(seats, on, isUsable);
    byDay.set(on, resolve);
    const holder = resolve(position);
    return (holder && addressOn(channel, holder)) ?? null;
  };
};

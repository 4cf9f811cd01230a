import type { RehearsalInput } from '../domain/rehearsal';
import type { Position, Seat } from '../domain/plan';
import type { CivilDate } from '../domain/time';
import { type Holder, resolverOf } from '../ledger/seats';

/** The normalised address of a position on a channel on a day, from the terms of a directory: what a rehearsal counts messages by. */
export const addressesOf = (seats: readonly Seat[]): NonNullable<RehearsalInput['addressOf']> => {
  const byDay = new Map<CivilDate, (position: Position) => Holder | undefined>();
  return (position, channel, on) => {
    const resolve = byDay.get(on) ?? resolverOf(seats, on);
    byDay.set(on, resolve);
    const holder = resolve(position);
    return (channel === 'email' ? holder?.email?.toLowerCase() : holder?.phone) ?? null;
  };
};

import { addressOn } from '../../domain/address';
import type { Seat, Unit } from '../../domain/plan';
import { positionName } from '../../messages';

/** Whose a mailbox is, as the directory says: `titles` such as `Lãnh đạo Sở, Sở Kế hoạch và Đầu tư`, and the phones of the same people. */
export type Owner = { readonly titles: readonly string[]; readonly phones: readonly string[] };
export type People = { readonly units: readonly Unit[]; readonly seats: readonly Seat[] };

const distinct = (all: readonly string[]): readonly string[] => [...new Set(all)];

/** `mailbox` in any spelling; nobody and no phone for an address that the directory does not know. */
export const ownerOf = (mailbox: string, { units, seats }: People): Owner => {
  const asked = addressOn('email', { email: mailbox });
  const own = seats.filter((seat) => asked !== undefined && addressOn('email', seat) === asked);
  const byId = Object.fromEntries(units.map((unit) => [unit.id, unit]));
  return {
    titles: distinct(own.map((seat) => positionName(byId, seat.position))),
    phones: distinct(own.flatMap((seat) => addressOn('sms', seat) ?? [])),
  };
};

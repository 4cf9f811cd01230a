import { mergeNotices, type MergedMessage } from '../../domain/merge';
import type { Channel, MessageClass } from '../../domain/notice';
import type { CivilDate } from '../../domain/time';
import { type DeliveryRef, identityKey } from '../../ledger/outbox';
import type { Ready } from './triage';

export type Group = Omit<MergedMessage, 'keys'> & { readonly members: readonly Ready[] };
export type Grouping = { readonly groups: readonly Group[]; readonly postponed: readonly DeliveryRef[] };

const BY_DAY: readonly MessageClass[] = ['digest', 'urgent'];

/** The day of sending, whatever day it was planned for: after an outage an address gets one digest, not one per day missed. */
const groupOf = ({ notice }: Ready, today: CivilDate): string => (BY_DAY.includes(notice.class) ? today : notice.group);

const memberKey = (channel: Channel, notice: string): string => `${channel} ${notice}`;

/** One group per message. */
export const groupReady = (ready: readonly Ready[], today: CivilDate): readonly Group[] => {
  const byKey = new Map(ready.map((r) => [memberKey(r.channel, r.notice.key), r]));
  const merged = mergeNotices(ready.map((r) => ({
    key: r.notice.key, channel: r.channel, class: r.notice.class, group: groupOf(r, today), address: r.address, position: r.notice.to,
  })));
  return merged.map(({ keys, ...rest }) => ({ ...rest, members: keys.flatMap((key) => byKey.get(memberKey(rest.channel, key)) ?? []) }));
};

/** The same message with fewer notices. */
export const narrowed = (group: Group, members: readonly Ready[]): Group =>
  ({ ...group, members, positions: [...new Set(members.map((m) => m.notice.to))].sort() });

/** The first free name: `day`, `day/2`, `day/3`. */
const freeGroup = (group: Group, taken: ReadonlySet<string>): string => {
  for (let n = 2; ; n += 1) {
    const name = `${group.group}/${n}`;
    if (!taken.has(identityKey({ ...group, group: name }))) return name;
  }
};

/** A second digest waits for the next day's; what is urgent or caused by an act that was told before becomes a further message. */
export const avoidTaken = (groups: readonly Group[], taken: ReadonlySet<string>): Grouping => {
  const isTaken = (g: Group): boolean => taken.has(identityKey(g));
  return {
    groups: groups.flatMap((g) => (!isTaken(g) ? [g] : g.class === 'digest' ? [] : [{ ...g, group: freeGroup(g, taken) }])),
    postponed: groups.filter((g) => isTaken(g) && g.class === 'digest').flatMap((g) => g.members.map((m) => ({ notice: m.notice.key, channel: m.channel }))),
  };
};

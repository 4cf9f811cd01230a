import type { Channel, MessageClass } from './notice';
import type { Position } from './plan';

/** A planned notice on one channel, its position resolved to a normalised address. */
export type MergeItem = {
  readonly key: string;
  readonly channel: Channel;
  readonly class: MessageClass;
  /** The day for `digest` and `urgent`, the causing act or start for `act`, the code's id for `code`. */
  readonly group: string;
  readonly address: string;
  readonly position: Position;
};

/** What one address gets at once on one channel. */
export type MergedMessage = {
  readonly channel: Channel;
  readonly class: MessageClass;
  readonly group: string;
  readonly address: string;
  /** Every position it is for, sorted, each once. */
  readonly positions: readonly Position[];
  /** Every notice it says, sorted, each once. */
  readonly keys: readonly string[];
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sortedOnce = <T extends string>(values: readonly T[]): readonly T[] => [...new Set(values)].sort(compare);
const identity = (item: MergeItem): string => JSON.stringify([item.channel, item.class, item.group, item.address]);

/**
 * One message for what is of one channel, class, group and address, whatever the number of positions behind the address; a notice counts once
 * in it. Neither the order of the input nor its repetitions show in the result, which is sorted by channel, class, group and address.
 */
export const mergeNotices = (items: readonly MergeItem[]): readonly MergedMessage[] => {
  const groups = new Map<string, MergeItem[]>();
  for (const item of items) {
    const group = groups.get(identity(item));
    if (group) group.push(item);
    else groups.set(identity(item), [item]);
  }
  return [...groups.entries()].sort(([a], [b]) => compare(a, b)).map(([, group]) => {
    const first = group[0]!;
    return {
      channel: first.channel, class: first.class, group: first.group, address: first.address,
      positions: sortedOnce(group.map((i) => i.position)), keys: sortedOnce(group.map((i) => i.key)),
    };
  });
};

import { isPassing } from '../../ledger/database-errors';

/** How long the first of a group waits for company. */
const WAIT_MS = 3;

type Waiting<T> = { readonly item: T; readonly resolve: (counted: boolean) => void; readonly reject: (error: unknown) => void };

/**
 * Many small writes as one statement: what is asked for within a few milliseconds, or while the statement before is under way, goes together. The answer
 * says whether the item's own row counted. Where the statement is refused, each goes alone: one that the ledger cannot take fails no other.
 */
export const grouped = <T extends { readonly key: string }>(write: (items: readonly T[]) => Promise<ReadonlySet<string>>): ((item: T) => Promise<boolean>) => {
  let waiting: Waiting<T>[] = [];
  let isBusy = false;

  const settle = async (group: readonly Waiting<T>[]): Promise<void> => {
    try {
      const counted = await write(group.map((w) => w.item));
      group.forEach((w) => w.resolve(counted.has(w.item.key)));
    } catch (error) {
      if (group.length === 1 || isPassing(error)) group.forEach((w) => w.reject(error));
      else for (const one of group) await settle([one]);
    }
  };
  const flush = (): Promise<void> => {
    const group = waiting;
    waiting = [];
    return settle(group);
  };
  const run = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    while (waiting.length > 0) await flush();
    isBusy = false;
  };

  return (item) => new Promise((resolve, reject) => {
    waiting.push({ item, resolve, reject });
    if (isBusy) return;
    isBusy = true;
    void run();
  });
};

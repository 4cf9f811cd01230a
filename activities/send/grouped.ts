/** How long the first of a group waits for company. */
const WAIT_MS = 3;

type Waiting<T> = { readonly item: T; readonly resolve: (counted: boolean) => void; readonly reject: (error: unknown) => void };

/**
 * Many small writes as one statement: what is asked for within a few milliseconds, or while the statement before is under way, goes together. The answer
 * says whether the item's own row counted; a statement that fails, fails all of its items.
 */
export const grouped = <T extends { readonly key: string }>(write: (items: readonly T[]) => Promise<ReadonlySet<string>>): ((item: T) => Promise<boolean>) => {
  let waiting: Waiting<T>[] = [];
  let isBusy = false;

  const flush = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    try {
      const counted = await write(group.map((w) => w.item));
      group.forEach((w) => w.resolve(counted.has(w.item.key)));
    } catch (error) {
      group.forEach((w) => w.reject(error));
    }
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

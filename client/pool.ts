/** Runs `work` over every item, at most `width` at a time; results in the order of the items. A failure rejects at once. */
export const inParallel = async <T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>, onDone: (done: number) => void = () => undefined): Promise<R[]> => {
  const results: R[] = new Array<R>(items.length);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) {
      results[i] = await work(items[i]!);
      onDone((done += 1));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
};

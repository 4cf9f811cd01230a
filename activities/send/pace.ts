/** How fast a channel takes messages. */
export type Pace = {
  /** Null where nobody asks for a limit. */
  readonly ratePerSecond: number | null;
  /** Waits until so many more may leave; calls pass in the order in which they came. */
  readonly turns: (count: number) => Promise<void>;
};

export const createPace = (ratePerSecond: number | null): Pace => {
  if (ratePerSecond === null) return { ratePerSecond, turns: async () => undefined };
  const gapMs = 1000 / ratePerSecond;
  let next = 0;
  const turns = async (count: number): Promise<void> => {
    const now = performance.now();
    const last = Math.max(now, next) + gapMs * (count - 1);
    next = last + gapMs;
    if (last > now) await new Promise((resolve) => setTimeout(resolve, last - now));
  };
  return { ratePerSecond, turns };
};

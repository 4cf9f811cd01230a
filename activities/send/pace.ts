/** Lets callers pass no faster than a rate; undefined where there is none. Each call waits for its own turn, in order. */
export type Pace = () => Promise<void>;

export const createPace = (ratePerSecond: number | null): Pace => {
  if (ratePerSecond === null) return async () => undefined;
  const gapMs = 1000 / ratePerSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + gapMs;
    if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
  };
};

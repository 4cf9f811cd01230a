/** Whether somebody was there within the last `holdMs` of real time. Zero never holds. */
export type Hold = {
  /** Somebody has just done something. */
  readonly touch: () => void;
  readonly isHeld: () => boolean;
};

/** What keeps the demonstration's clock still while a person reads a page or fills a form: `holdMs` in milliseconds, `realNow` real time in milliseconds from any beginning. */
export const createHold = (holdMs: number, realNow: () => number): Hold => {
  let lastAt = -Infinity;
  return { touch: () => { lastAt = realNow(); }, isHeld: () => realNow() - lastAt < holdMs };
};

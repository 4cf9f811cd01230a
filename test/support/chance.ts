/** Chance that can be had again: the same seed gives the same numbers (mulberry32). A failing test prints its seed. */
export type Chance = {
  readonly seed: number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
};

export const chance = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, between: (least, most) => least + Math.floor(next() * (most - least + 1)) };
};

/** Runs with a new seed each time, or with that of `DONDOC_SEED`; where it fails, the seed is told with the reason. */
export const withChance = async (run: (chance: Chance) => Promise<void>): Promise<void> => {
  const seed = Number(process.env['DONDOC_SEED'] ?? Date.now() % 1_000_000);
  try {
    await run(chance(seed));
  } catch (error) {
    throw new Error(`with DONDOC_SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

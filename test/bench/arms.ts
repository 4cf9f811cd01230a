import { setTimeout as pause } from 'node:timers/promises';

/** One side of a comparison: does its share of a round and answers with the seconds that counted. */
export type Arm = (round: number) => Promise<number>;

/**
 * Runs the arms in turns, the order reversed in every other round, so that what else the machine does falls on all of them alike. Answers with
 * the seconds of each arm, round by round.
 */
export const inTurns = async <K extends string>(
  arms: Readonly<Record<K, Arm>>, rounds: number, say: (line: string) => void,
): Promise<Readonly<Record<K, readonly number[]>>> => {
  const names = Object.keys(arms) as K[];
  const seconds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const took = await arms[name](round);
      say(`round ${round + 1}, ${name}: ${took.toFixed(2)} s`);
      seconds[name].push(took);
    }
  }
  return seconds;
};

export const stopwatch = (): (() => number) => {
  const from = performance.now();
  return () => (performance.now() - from) / 1000;
};

const LOOK_MS = 25;
const DEADLINE_MS = 300_000;
/** Looks until it holds; ends with what was waited for after five minutes. */
export const until = async (what: string, holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (const deadline = Date.now() + DEADLINE_MS; !(await holds());) {
    if (Date.now() > deadline) throw new Error(`after ${DEADLINE_MS / 1000} s still not: ${what}`);
    await pause(LOOK_MS);
  }
};

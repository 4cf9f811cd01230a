/** Runs at most `width` of what `prepare` makes at a time; a slow one keeps its own lane and no other. */
export type Lanes = {
  readonly width: number;
  /** How many are taken from the queue and prepared together. */
  readonly step: number;
  /** No more are begun once this says so; what runs is awaited. */
  readonly isStopped: () => boolean;
};

const firstFree = async (running: Set<Promise<void>>, most: number): Promise<void> => {
  while (running.size > most) await Promise.race(running);
};

export type Job = () => Promise<void>;

/**
 * Takes a queue in its order, prepares it `step` by `step` and runs the results in lanes. An error of one run does not stop
 * the others; the first one is thrown at the end.
 */
export const inLanes = async <T>(
  queue: readonly T[], lanes: Lanes, prepare: (some: readonly T[]) => Promise<readonly Job[]>,
): Promise<void> => {
  const running = new Set<Promise<void>>();
  const errors: unknown[] = [];
  const start = (job: () => Promise<void>): void => {
    const done = job().catch((error: unknown) => { errors.push(error); }).finally(() => running.delete(done));
    running.add(done);
  };
  try {
    for (let from = 0; from < queue.length && !lanes.isStopped() && errors.length === 0; from += lanes.step) {
      await firstFree(running, lanes.width - lanes.step);
      if (lanes.isStopped()) break;
      (await prepare(queue.slice(from, from + lanes.step))).forEach(start);
    }
  } finally {
    await Promise.all(running);
  }
  if (errors.length > 0) throw errors[0];
};

import { MINUTE_MS } from '../../domain/time';
import { type Count, count } from './count';
import type { Listener } from './line';
import { createTelling, type Told } from './people';
import type { Site } from './site';

export type Setting = { readonly channel: 'email' | 'sms'; readonly honoursKeys: boolean };
/** One line of the table. `run` injects faults into a fresh site and answers how many really happened. */
export type Cell = Setting & {
  readonly fault: string;
  readonly point: string;
  /** How many in a full run, and in the short one. */
  readonly n: number;
  readonly short: number;
  /** The fault is one after which nothing may be submitted twice, not even in doubt. */
  readonly isWithoutDoubt?: true;
  run(stage: Stage, n: number): Promise<number>;
};
export type Stage = {
  readonly site: Site;
  readonly tell: ReturnType<typeof createTelling>['tell'];
  readonly end: ReturnType<typeof createTelling>['end'];
  readonly addressOf: (told: Told) => string;
  /** Until nothing waits; what does not come to an end is counted. */
  settle(): Promise<void>;
};

/** A worker tries for half a minute to record a result while the ledger is away; only then does it say so. */
const DEADLINE_MS = 60_000;
/** Fails with what was waited for, instead of for ever. */
export const within = async <T>(what: string, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`not within ${DEADLINE_MS / 1000} s: ${what}`)), DEADLINE_MS); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** A listener that holds the first who comes to a place; `reached` settles then, `release` lets him go on or not. */
export const holdAt = (isIt: (place: { readonly point: string; readonly who: string }) => boolean) => {
  let [isHeld, arrive, release]: [boolean, () => void, (verdict: 'pass' | 'cut' | 'hole') => void] = [false, () => undefined, () => undefined];
  const reached = new Promise<void>((resolve) => { arrive = resolve; });
  const verdict = new Promise<'pass' | 'cut' | 'hole'>((resolve) => { release = resolve; });
  const listener: Listener = (place) => {
    if (isHeld || !isIt(place)) return 'pass';
    isHeld = true;
    arrive();
    return verdict;
  };
  return { listener, reached, release };
};

/** Runs one cell on an empty ledger and counts. */
export const runCell = async (site: Site, cell: Cell, n: number): Promise<Count> => {
  await site.fresh({ honoursKeys: cell.honoursKeys });
  const telling = createTelling(site.ledger, cell.channel);
  let stuck = 0;
  const faults = await cell.run({
    site, tell: telling.tell, end: telling.end, addressOf: ({ person }) => (cell.channel === 'email' ? person.email : person.phone),
    settle: async () => {
      site.hands.later(MINUTE_MS);
      if (!(await site.hands.settle())) stuck += 1;
    },
  }, n);
  return count(site, telling.told, { faults, stuck });
};

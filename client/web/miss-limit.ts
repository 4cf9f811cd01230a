import type { Instant } from '../../domain/time';

const MISSES_ALLOWED = 20;
const WINDOW_MS = 10 * 60_000;
/** Addresses remembered at most: beyond, the oldest are forgotten, so that memory stays bounded. */
const ADDRESSES_KEPT = 10_000;

export type MissLimit = { readonly isBlocked: (address: string, now: Instant) => boolean; readonly miss: (address: string, now: Instant) => void };

/** Guessing 60-bit codes is hopeless at 20 misses in ten minutes per address; a person who mistypes is not kept out. */
export const createMissLimit = (): MissLimit => {
  const misses = new Map<string, { count: number; since: Instant }>();
  const recent = (address: string, now: Instant) => {
    const entry = misses.get(address);
    return entry && now - entry.since < WINDOW_MS ? entry : undefined;
  };
  return {
    isBlocked: (address, now) => (recent(address, now)?.count ?? 0) >= MISSES_ALLOWED,
    miss: (address, now) => {
      const entry = recent(address, now) ?? { count: 0, since: now };
      misses.delete(address);
      misses.set(address, { ...entry, count: entry.count + 1 });
      const [oldest] = misses.keys();
      if (misses.size > ADDRESSES_KEPT && oldest !== undefined) misses.delete(oldest);
    },
  };
};

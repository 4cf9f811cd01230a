import type { Context } from 'hono';
import { isIPv6 } from 'node:net';
import { sealOf } from '../../../links';
import { remoteAddress } from '../loopback';

/** `[2001:db8::1]:443` and `192.0.2.7:5123` without what some proxies write beside the address. */
const withoutPort = (text: string): string => /^\[([^\]]+)\]/.exec(text)?.[1] ?? /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text)?.[1] ?? text;

const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
/** The first 64 bits, which one customer has to itself (RFC 6177): whoever is counted by address would have them all. */
const network = (address: string): string => {
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [groups(head), groups(tail)];
  const all = address.includes('::') ? [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after] : before;
  return `${all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
};

const spelled = (text: string): string => {
  const address = withoutPort(text.trim()).toLowerCase().replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/, '');
  return isIPv6(address) ? network(address) : address;
};

/** Everybody behind a proxy that should say whose request it is and does not: `doctor` looks for them. */
export const UNNAMED = 'unnamed';

/**
 * Whose request it is. A proxy's word counts only where the site has set that one stands in front: otherwise anybody could write the header. The last entry is
 * the one that the nearest proxy wrote itself. IPv6 counts by its network.
 */
export const peerOf = (c: Context, trustProxy: boolean): string => {
  const named = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : remoteAddress(c);
  return named === undefined || named === '' ? UNNAMED : spelled(named);
};

/** Twenty slips in ten minutes: a person who mistypes is not kept out, and 60 bits are not guessed. */
export const MISSES_ALLOWED = 20;
const MISS_WINDOW_MS = 10 * 60_000;
/** The count of links that were not there, of one peer; the ledger keeps no address. `now` is real time. */
export const missesOf = (key: string | undefined, peer: string, now: number) => ({
  kind: 'miss', subject: sealOf(key ?? 'miss', [peer]).slice(0, 32), windowMs: MISS_WINDOW_MS, now,
});

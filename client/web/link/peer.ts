import type { Context } from 'hono';
import { remoteAddress } from '../loopback';

/**
 * Whose request it is. A proxy's word counts only where the site has set that one stands in front: otherwise anybody could write the header. The last entry is
 * the one that
 * the nearest proxy wrote itself.
 */
export const peerOf = (c: Context, trustProxy: boolean): string => {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded === undefined || forwarded === '' ? remoteAddress(c) ?? 'unknown' : forwarded;
};

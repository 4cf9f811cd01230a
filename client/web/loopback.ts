import type { Context } from 'hono';

/** The peer's address as @hono/node-server hands it over; undefined where nobody can tell. */
export const remoteAddress = (c: Context): string | undefined => {
  const env: unknown = c.env;
  const incoming: unknown = typeof env === 'object' && env !== null && 'incoming' in env ? env.incoming : undefined;
  const socket: unknown = typeof incoming === 'object' && incoming !== null && 'socket' in incoming ? incoming.socket : undefined;
  return typeof socket === 'object' && socket !== null && 'remoteAddress' in socket && typeof socket.remoteAddress === 'string' ? socket.remoteAddress : undefined;
};

/** 127.0.0.0/8, ::1 and the first written as IPv6 (RFC 6890). */
const isLoopback = (address: string): boolean => address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i.test(address);
const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const;

/**
 * True for somebody at this machine. Behind a proxy every peer looks local, so a forwarded request never is; neither is one whose Host names another
 * machine (a page elsewhere that points its own name here).
 */
export const isLocal = (c: Context): boolean => {
  const address = remoteAddress(c);
  if (address === undefined || !isLoopback(address)) return false;
  if (PROXY_HEADERS.some((name) => c.req.header(name) !== undefined)) return false;
  return LOCAL_HOST.test(c.req.header('host') ?? new URL(c.req.url).host);
};

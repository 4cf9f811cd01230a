import type { Context } from 'hono';

type Incoming = { readonly socket?: { readonly remoteAddress?: unknown }; readonly httpVersion?: unknown };
const incomingOf = (c: Context): Incoming | undefined => {
  const env: unknown = c.env;
  const incoming: unknown = typeof env === 'object' && env !== null && 'incoming' in env ? env.incoming : undefined;
  return typeof incoming === 'object' && incoming !== null ? incoming : undefined;
};

/** The peer's address as @hono/node-server hands it over; undefined where nobody can tell. */
export const remoteAddress = (c: Context): string | undefined => {
  const address = incomingOf(c)?.socket?.remoteAddress;
  return typeof address === 'string' ? address : undefined;
};

/** 127.0.0.0/8, ::1 and the first written as IPv6 (RFC 6890). */
const isLoopback = (address: string): boolean => address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i.test(address);
const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Headers that proxies, caches and content networks write into what they pass on: RFC 7239, RFC 9110 7.6.3, and the
 * habits of nginx, Caddy, Apache, HAProxy, Envoy, IIS and the great networks.
 */
const PASSED_ON = [
  /^x-forwarded/, /^forwarded/, /^via$/, /^x-(?:real|client|original|cluster-client|proxyuser|remote)-?(?:ip|addr|host|for|url|uri|proto)/,
  /^(?:true-)?client-ip$/, /^remote-addr$/, /^proxy-/, /^x-proxy/, /^x-(?:url-)?scheme$/, /^x-host$/, /^front-end-https$/,
  /^cf-/, /^cdn-/, /^fastly-/, /^x-(?:envoy|azure|appengine|amzn?|arr|nginx|varnish)(?:-|$)/,
];
const isPassedOn = (c: Context): boolean => {
  // nginx speaks HTTP/1.0 to what it passes on to unless it is told otherwise; no browser does.
  if (incomingOf(c)?.httpVersion === '1.0') return true;
  return [...c.req.raw.headers.keys()].some((name) => PASSED_ON.some((pattern) => pattern.test(name)));
};

/**
 * True for somebody at this machine. Behind a proxy every peer looks local, so what was passed on never is; neither
 * is a request whose Host names another machine (a page elsewhere that points its own name here). A proxy that leaves
 * no trace cannot be told from a person: where the site has a public address this is not asked ({@link isThisMachine}).
 */
export const isLocal = (c: Context): boolean => {
  const address = remoteAddress(c);
  return address !== undefined && isLoopback(address) && !isPassedOn(c) && LOCAL_HOST.test(c.req.header('host') ?? '');
};

/**
 * False for what a page of another site had a browser send: whatever is no plain visit of a page. A program of this
 * machine says nothing of a site, and a browser always does (Fetch Metadata); `Origin` tells of those browsers that are
 * too old for it.
 */
export const isFromItself = (c: Context): boolean => {
  const [site, origin] = [c.req.header('sec-fetch-site'), c.req.header('origin')];
  if (origin !== undefined && origin !== `http://${c.req.header('host') ?? ''}`) return false;
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate' && c.req.header('sec-fetch-dest') === 'document';
};

/** Whether an address of pages (`http://127.0.0.1:8080`) is one that only this machine reaches. */
export const isThisMachine = (url: string): boolean => LOCAL_HOST.test(new URL(url).hostname);

/** Where links lead; left out: this machine. */
export type PublicAddresses = { readonly publicUrl?: string; readonly smsPublicUrl?: string };
/** True where people elsewhere use the site: then being at this machine opens nothing. */
export const isPublicSite = ({ publicUrl, smsPublicUrl }: PublicAddresses): boolean =>
  [publicUrl, smsPublicUrl].some((url) => url !== undefined && !isThisMachine(url));

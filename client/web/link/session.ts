import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createHash, randomBytes } from 'node:crypto';
import { HOUR_MS, MINUTE_MS } from '../../../domain/time';
import { endSessions, findSession, openSession } from '../../../ledger/sessions';
import type { LinkDeps } from './deps';
import type { OpenLink } from './open-link';

/** Long enough for a morning's look, short enough for a phone that is left on a table. */
const SESSION_MS = HOUR_MS;
export const SESSION_MINUTES = SESSION_MS / MINUTE_MS;
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

type Site = Pick<LinkDeps, 'ledger' | 'realNow' | 'publicUrl'>;
const isSecure = ({ publicUrl }: Site): boolean => publicUrl?.startsWith('https:') === true;
/** With the prefix a browser takes it from a secure page of this very host only (RFC 6265bis, 4.1.3.2). */
const nameFor = (site: Site): string => (isSecure(site) ? '__Host-dondoc' : 'dondoc');

/** Opens the board for this browser; the one that had it before, from the same link, has it no more. */
export const beginSession = async (site: Site, c: Context, link: OpenLink): Promise<void> => {
  const secret = randomBytes(32).toString('base64url');
  const openedAt = site.realNow();
  await openSession(site.ledger, { hash: hashOf(secret), link: link.row.id, position: link.position, openedAt, expiresAt: openedAt + SESSION_MS });
  setCookie(c, nameFor(site), secret, { httpOnly: true, sameSite: 'Strict', path: '/', secure: isSecure(site), maxAge: SESSION_MS / 1000 });
};

export const endAllSessions = async (site: Site, c: Context, link: OpenLink): Promise<void> => {
  await endSessions(site.ledger, link.position, site.realNow());
  deleteCookie(c, nameFor(site), { path: '/', secure: isSecure(site) });
};

/** Whether this browser may read the board. */
export const hasSession = async (site: Site, c: Context): Promise<boolean> => {
  const secret = getCookie(c, nameFor(site));
  return secret !== undefined && (await findSession(site.ledger, hashOf(secret), site.realNow())) !== undefined;
};

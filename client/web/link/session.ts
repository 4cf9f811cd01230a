import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createHash, randomBytes } from 'node:crypto';
import { unitOf } from '../../../domain/plan';
import { dateAt, HOUR_MS, MINUTE_MS } from '../../../domain/time';
import { peopleOf, readDirectoryHeader } from '../../../ledger/directory';
import { endSessions, findSession, openSession } from '../../../ledger/sessions';
import type { LinkDeps } from './deps';
import { deadReason, type OpenLink } from './open-link';

/** Long enough for a morning's look, short enough for a phone that is left on a table. */
const SESSION_MS = HOUR_MS;
export const SESSION_MINUTES = SESSION_MS / MINUTE_MS;
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

type Site = Pick<LinkDeps, 'ledger' | 'now' | 'realNow' | 'publicUrl'>;
const isSecure = ({ publicUrl }: Site): boolean => publicUrl?.startsWith('https:') === true;
/** With the prefix a browser takes it from a secure page of this very host only (RFC 6265bis, 4.1.3.2). */
const nameFor = (site: Site): string => (isSecure(site) ? '__Host-dondoc' : 'dondoc');

/**
 * Opens the board for the browser of somebody who proved who they are; the one that had it before, from the same link,
 * has it no more.
 */
export const beginSession = async (site: Site, c: Context, link: OpenLink, person: string): Promise<void> => {
  const secret = randomBytes(32).toString('base64url');
  const openedAt = site.realNow();
  await openSession(site.ledger, {
    hash: hashOf(secret), link: link.row.id, position: link.position, person, openedAt, expiresAt: openedAt + SESSION_MS,
  });
  setCookie(c, nameFor(site), secret, { httpOnly: true, sameSite: 'Strict', path: '/', secure: isSecure(site), maxAge: SESSION_MS / 1000 });
};

export const endAllSessions = async (site: Site, c: Context, link: OpenLink): Promise<void> => {
  await endSessions(site.ledger, link.position, site.realNow());
  deleteCookie(c, nameFor(site), { path: '/', secure: isSecure(site) });
};

/**
 * Asked anew for every page: who opened it is still at the position, the position still the host unit's, and the link
 * still alive.
 */
const isStillTheirs = async (site: Site, { position, person, link }: NonNullable<Awaited<ReturnType<typeof findSession>>>): Promise<boolean> => {
  const at = await site.now();
  const [header, people, ended] = await Promise.all([
    readDirectoryHeader(site.ledger), peopleOf(site.ledger, position, dateAt(at)), deadReason(site, link, position, at),
  ]);
  return ended === undefined && header?.hostUnit === unitOf(position) && people.some((p) => p.person === person);
};

/** Whether this browser may read the board. */
export const hasSession = async (site: Site, c: Context): Promise<boolean> => {
  const secret = getCookie(c, nameFor(site));
  const session = secret === undefined ? undefined : await findSession(site.ledger, hashOf(secret), site.realNow());
  return session !== undefined && isStillTheirs(site, session);
};

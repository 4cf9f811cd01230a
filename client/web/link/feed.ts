import { createHash, randomBytes } from 'node:crypto';
import type { Position } from '../../../domain/plan';
import { addDays, type CivilDate, dateAt, type Instant } from '../../../domain/time';
import { datedTasksOf } from '../../../ledger/board';
import { findCalendarLink, insertLinks, revokeCalendars } from '../../../ledger/links';
import { hashSecret, mintSecret, slotFor } from '../../../links';
import { toICalendar } from '../../../messages/icalendar';
import type { Acting, LinkDeps } from './deps';
import { type OpenLink, unitOfLink } from './open-link';

/** A feed is subscribed once and forgotten: it lasts until it is ended, or the position changes hands. */
const FEED_DAYS = 3650;

/** The day on which the calendar of a position was given out; undefined where none is. Its address is never told again. */
export const feedSince = async ({ ledger }: LinkDeps, position: Position): Promise<CivilDate | undefined> => {
  const link = await findCalendarLink(ledger, position);
  return link && dateAt(link.createdAt);
};

/** Makes a calendar for who proved to be at the position, and ends the one before; the path of its address. */
export const makeFeed = async ({ ledger }: LinkDeps, { key, keyId }: Acting, { position, at }: OpenLink, person: string): Promise<string> => {
  await revokeCalendars(ledger, position, 'đã thay bằng đường dẫn lịch mới', at);
  const id = randomBytes(10).toString('hex');
  const secret = mintSecret({ key, keyId, linkId: id, kind: 'email' });
  await insertLinks(ledger, [{
    id, hash: hashSecret(secret), keyId, kind: 'calendar', slot: slotFor(id, 'email'), message: null, notice: null, position, person, task: null,
    step: null, version: null, expiresOn: addDays(dateAt(at), FEED_DAYS),
  }], at);
  return `/lich/${secret}.ics`;
};
export const endFeed = ({ ledger }: LinkDeps, position: Position, at: Instant): Promise<void> => revokeCalendars(ledger, position, 'đã hủy đường dẫn lịch', at);

/**
 * The due dates of everything that the position's unit leads, and of the inputs it owes; of a confidential task its code and date. `etag` changes with what
 * is said.
 */
export const feedOf = async ({ ledger }: LinkDeps, link: OpenLink): Promise<{ readonly body: string; readonly etag: string }> => {
  const unit = unitOfLink(link);
  const tasks = await datedTasksOf(ledger, unit);
  const events = tasks.flatMap((t) => {
    const title = t.isConfidential ? '' : `: ${t.title}`;
    const sequence = t.projection?.seq ?? 0;
    const due = t.lead === unit && t.dueOn !== null ? [
      { uid: `${t.id}@dondoc`, sequence, on: t.dueOn, summary: `[${t.id}] Hạn nhiệm vụ${title}`, description: `Thời hạn nhiệm vụ ${t.id}${title}` },
    ] : [];
    const owed = t.isConfidential ? undefined : t.projection?.pendingInputs?.find((p) => p.unit === unit);
    return owed === undefined ? due : [
      ...due, { uid: `${t.id}-y-kien@dondoc`, sequence, on: owed.dueOn, summary: `[${t.id}] Hạn góp ý${title}`, description: `Hạn góp ý về nhiệm vụ ${t.id}` }
    ];
  });
  const body = toICalendar(events, link.row.createdAt);
  return { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"` };
};

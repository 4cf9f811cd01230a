import { type Kysely, sql } from 'kysely';
import { type CivilDate, DAY_MS, type Instant, instantAt } from '../domain/time';
import type { Schema } from './schema';
import type { MailboxCursor } from './settings';

type Db = Kysely<Schema>;

/** Why a mail of the mailbox was not read: no mail at all, too slow or too large to be read within its limits, or nothing that the ledger can hold. */
export type OddReason = 'unreadable' | 'too-slow' | 'too-large' | 'unwritable';
/** `arrivedAt`, `size` (bytes): as the mailbox says; null where it does not. The mail itself stays in the mailbox. */
export type OddMail = { readonly why: OddReason; readonly arrivedAt: Instant | null; readonly size: number | null };
export type ListedOddMail = OddMail & { readonly uid: number; readonly foundAt: Instant };

/** For who looks after them; the mailbox keeps them longer. */
const LISTED_MS = 30 * DAY_MS;
/** More than this nobody reads on one page. */
const MOST = 100;

/** Keeps the place of a mail that is never read again by itself; those of which nobody needs to know any more go. */
export const insertOddMail = async (db: Db, { uidValidity, uid }: MailboxCursor, odd: OddMail, now: Instant): Promise<void> => {
  await db.deleteFrom('odd_mail').where(sql<boolean>`found_at < ${new Date(now - LISTED_MS)}`).execute();
  await db
    .insertInto('odd_mail')
    .values({
      uid_validity: uidValidity, uid, why: odd.why, size: odd.size, found_at: new Date(now),
      arrived_at: odd.arrivedAt === null ? null : new Date(odd.arrivedAt),
    })
    .onConflict((c) => c.doNothing())
    .execute();
};

/** The mails of the last thirty days that could not be read, newest first. */
export const listOddMails = async (db: Db, today: CivilDate): Promise<readonly ListedOddMail[]> => {
  const rows = await db
    .selectFrom('odd_mail')
    .select(['uid', 'why', 'size', 'arrived_at', 'found_at'])
    .where(sql<boolean>`found_at >= ${new Date(instantAt(today, 0) - LISTED_MS)}`)
    .orderBy('found_at', 'desc')
    .orderBy('uid', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((r) => ({ uid: r.uid, why: r.why, size: r.size, arrivedAt: r.arrived_at, foundAt: r.found_at }));
};

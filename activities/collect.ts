import type { PostActivities } from '../contracts/activities';
import type { Instant } from '../domain/time';
import type { Ledger } from '../ledger/connect';
import { isDataException } from '../ledger/database-errors';
import type { OddReason } from '../ledger/odd-mails';
import { takeMail } from '../ledger/replies';
import { readMailboxCursor, writeMailboxCheck } from '../ledger/settings';
import { effectsOf } from './collect/effects';
import type { MailReader } from './collect/reader';
import type { LinkKeys, Log, Mailbox, MailboxBatch, ReceivedMail } from './ports';

export type CollectDeps = {
  readonly ledger: Ledger;
  readonly mailbox: Mailbox | null;
  /** A reader for the mails of one look. */
  readonly openReader: () => MailReader;
  readonly linkKeys: LinkKeys;
  readonly log: Log;
};
type Found = { readonly uidValidity: string; readonly mail: ReceivedMail; readonly now: Instant };

/** Mails at one look: a flood is worked off in several. */
const AT_A_TIME = 200;
/** For the mails of one look: what is left then is read at the next. */
const BATCH_MS = 90_000;

/** A code of the library, of the system or of the server's refusal; never its words, which may name an account. */
const problemOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('authenticationFailed' in error && error.authenticationFailed === true) return 'EAUTH';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
};

/** Undefined where it is away: that is a warning, and seen by `doctor`. */
const look = async ({ ledger, log }: CollectDeps, mailbox: Mailbox, now: Instant): Promise<MailboxBatch | undefined> => {
  try {
    const batch = await mailbox.read(await readMailboxCursor(ledger), AT_A_TIME);
    await writeMailboxCheck(ledger, { at: now, problem: null });
    return batch;
  } catch (error) {
    const problem = problemOf(error);
    log.warn({ problem }, 'the mailbox of bounces and replies cannot be read');
    await writeMailboxCheck(ledger, { at: now, problem });
    return undefined;
  }
};

/** One mail with all that follows from it; one that cannot be read, or of which the ledger takes nothing, is kept aside: it would hold up every one behind it. */
const take = async (deps: CollectDeps, reader: MailReader, { uidValidity, mail, now }: Found): Promise<void> => {
  const { ledger, log, linkKeys } = deps;
  const cursor = { uidValidity, uid: mail.uid };
  const keepAside = async (why: OddReason): Promise<void> => {
    log.warn({ uid: mail.uid, why }, 'a mail of the mailbox is kept aside unread');
    await takeMail(ledger, cursor, { odd: { why, arrivedAt: mail.arrivedAt ?? null, size: mail.size ?? null } }, now);
  };
  const reading = await reader.read(mail.bytes);
  if ('unread' in reading) return keepAside(reading.unread);
  try {
    await takeMail(ledger, cursor, await effectsOf(ledger, reading.mail, linkKeys), now);
  } catch (error) {
    if (!isDataException(error)) throw error;
    await keepAside('unwritable');
  }
};

/**
 * Takes what came back by mail since the last time: reports become receipts, people's answers become unverified notes, and the rest changes nothing. Each mail is
 * read once, in a thread with limits of time and memory.
 */
export const createCollect = (deps: CollectDeps): PostActivities['collect'] => async ({ now }) => {
  const batch = deps.mailbox === null ? undefined : await look(deps, deps.mailbox, now);
  if (batch === undefined) return { collected: 0, left: 0 };
  const reader = deps.openReader();
  const until = performance.now() + BATCH_MS;
  let collected = 0;
  try {
    for (const mail of batch.mails) {
      if (performance.now() > until) break;
      await take(deps, reader, { uidValidity: batch.uidValidity, mail, now });
      collected += 1;
    }
  } finally {
    await reader.close();
  }
  return { collected, left: batch.left + batch.mails.length - collected };
};

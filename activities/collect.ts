import type { PostActivities } from '../contracts/activities';
import type { Instant } from '../domain/time';
import type { Ledger } from '../ledger/connect';
import { takeMail } from '../ledger/replies';
import { readMailboxCursor, writeMailboxCheck } from '../ledger/settings';
import { effectsOf } from './collect/effects';
import { readMail } from './collect/read-mail';
import type { Log, Mailbox, MailboxBatch, ReceivedMail } from './ports';

export type CollectDeps = { readonly ledger: Ledger; readonly mailbox: Mailbox | null; readonly log: Log };

/** Mails at one look: a flood is worked off in several. */
const AT_A_TIME = 200;

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

/** PostgreSQL's class 22: what was to be written is no value that it takes. Another try would fail the same way. */
const isUnwritable = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && /^22[0-9A-Z]{3}$/.test(error.code);

/** One mail with all that follows from it; one that nobody can read, or that the ledger cannot take, is passed over: it would hold up every one behind it. */
const take = async ({ ledger, log }: CollectDeps, uidValidity: string, { uid, bytes }: ReceivedMail, now: Instant): Promise<void> => {
  const passOver = async (): Promise<void> => {
    log.warn({ uid }, 'a mail of the mailbox cannot be read and is passed over');
    await takeMail(ledger, { uidValidity, uid }, {}, now);
  };
  const mail = await readMail(bytes).catch(() => undefined);
  if (mail === undefined) return passOver();
  try {
    await takeMail(ledger, { uidValidity, uid }, await effectsOf(ledger, mail), now);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    await passOver();
  }
};

/** Takes what came back by mail since the last time: reports become receipts, people's answers become unverified notes, and the rest changes nothing. */
export const createCollect = (deps: CollectDeps): PostActivities['collect'] => async ({ now }) => {
  const batch = deps.mailbox === null ? undefined : await look(deps, deps.mailbox, now);
  if (batch === undefined) return { collected: 0, left: 0 };
  for (const mail of batch.mails) await take(deps, batch.uidValidity, mail, now);
  return { collected: batch.mails.length, left: batch.left };
};

import { createTransport } from 'nodemailer';
import { createImapMailbox } from '../../activities/adapters/imap';
import { hasDovecot, startDovecot } from '../support/dovecot';

/** What a real mailbox that drops repetitions showed of the mails that had been submitted more than once. */
export type Shown = { readonly mails: number; readonly copies: number; readonly shown: number };

const OWNER = 'nguoi-nhan@thaibinh.example';
const PAGE = 200;

/** How many mails the mailbox holds, over all pages. */
const countOf = async (url: string): Promise<number> => {
  const mailbox = createImapMailbox({ url });
  let batch = await mailbox.read(undefined, PAGE);
  let found = batch.mails.length;
  while (batch.left > 0) {
    batch = await mailbox.read({ uidValidity: batch.uidValidity, uid: batch.mails.at(-1)?.uid ?? 0 }, PAGE);
    found += batch.mails.length;
  }
  return found;
};

/**
 * Gives every copy to one mailbox of Dovecot with Sieve's `duplicate`, and looks how many it shows; undefined where Dovecot cannot be run. `doubled`: the copies
 * of each mail.
 */
export const showDoubled = async (doubled: readonly (readonly Buffer[])[]): Promise<Shown | undefined> => {
  if (!hasDovecot()) return undefined;
  const dovecot = await startDovecot([OWNER]);
  const lmtp = createTransport({ host: '127.0.0.1', port: dovecot.lmtpPort, lmtp: true, secure: false, ignoreTLS: true });
  try {
    const copies = doubled.flat();
    for (const raw of copies) await lmtp.sendMail({ envelope: { from: 'don-doc@thaibinh.example', to: [OWNER] }, raw });
    return { mails: doubled.length, copies: copies.length, shown: await countOf(dovecot.imapUrl(OWNER)) };
  } finally {
    lmtp.close();
    await dovecot.stop();
  }
};

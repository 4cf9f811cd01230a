import { join } from 'node:path';
import { readMail } from '../../activities/collect/read-mail';
import { type MailReader, openMailReader, type ReaderOptions } from '../../activities/collect/reader';
import { linkKeys } from './delivery';

/** A thread that reads mails, of code that is not compiled. */
export const threadReader = (options: ReaderOptions = {}): MailReader =>
  openMailReader({ ...options, execArgv: ['-r', join(__dirname, 'swc-require.cjs')] });

/** The same without its thread: for tests that are about what follows from a mail. */
const quickReader = (): MailReader => ({
  read: (bytes) => readMail(bytes).then((mail) => ({ mail }), () => ({ unread: 'unreadable' as const })),
  close: async () => undefined,
});

/** What `collect` needs besides ledger, mailbox and log. */
export const reading = { openReader: quickReader, linkKeys };

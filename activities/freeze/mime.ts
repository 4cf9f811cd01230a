import MailComposer from 'nodemailer/lib/mail-composer';
import type { Instant } from '../../domain/time';
import type { Attachment, RenderedMail } from '../../messages/input';
import { quotedPrintable } from './quoted-printable';

export type MimeInput = { readonly key: string; readonly from: string; readonly to: string; readonly mail: RenderedMail; readonly now: Instant };

/** `don-doc@thaibinh.example` of `Đôn đốc <don-doc@thaibinh.example>`: the sender of the envelope. */
export const addressOfSender = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
const hostOf = (from: string): string => addressOfSender(from).split('@').at(-1) ?? 'localhost';
const atom = (text: string): string => text.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');

/** Text that may hold a slot is quoted-printable, so that it can be filled; encoded here because the library's streams take several times as long. */
const textPart = (contentType: string, text: string, more: readonly string[] = []): { readonly raw: string } => ({
  raw: [`Content-Type: ${contentType}; charset=utf-8`, 'Content-Transfer-Encoding: quoted-printable', ...more, '', quotedPrintable(text)].join('\r\n'),
});
/** Anything else is base64. */
const attachmentOf = ({ filename, contentType, content }: Attachment) =>
  contentType.startsWith('text/calendar') && /^[\w.-]+$/.test(filename)
    ? textPart(contentType.replace(/;\s*charset=[^;]*/i, ''), Buffer.from(content).toString('utf8'), [`Content-Disposition: attachment; filename="${filename}"`])
    : { filename, contentType, content: Buffer.from(content), contentTransferEncoding: 'base64' as const };

/**
 * A mail as bytes, the same for the same input: Message-ID from the key, Date = `now`, boundaries from the key (RFC 5322, RFC 2046). All mails of a thread
 * answer one root that was never sent, so that mail programs show them together; no machine is to answer it (RFC 3834).
 */
export const buildMime = ({ key, from, to, mail, now }: MimeInput): Promise<Buffer> => {
  const host = hostOf(from);
  const thread = `<thread.${atom(mail.thread)}@${host}>`;
  const composer = new MailComposer({
    from, to, subject: mail.subject, text: textPart('text/plain', mail.text), html: textPart('text/html', mail.html), attachments: mail.attachments.map(attachmentOf),
    messageId: `<${key}@${host}>`, date: new Date(now), baseBoundary: key, inReplyTo: thread, references: thread,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  });
  return new Promise((resolve, reject) => {
    composer.compile().build((error, message) => (error ? reject(error) : resolve(message)));
  });
};

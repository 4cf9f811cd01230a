import { createHash } from 'node:crypto';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { htmlText } from './html-text';
import { plainBounce, quotedIds } from './plain-bounce';
import { type DeliveryReport, parseReport } from './report';
import { replyText } from './reply-text';

/** A mail of the mailbox as what it is to us. `automatic`: a machine wrote it, and nothing follows from it. */
export type ReadMail = {
  /** Hash of its Message-ID; of the whole where it has none. */
  readonly id: string;
  /** What may be the key of the message that it speaks of, best first. Anybody can write anything there: the ledger knows which are keys. */
  readonly keys: readonly string[];
} & (
  /** `reportIds`: what may prove that it speaks of an envelope of ours (`links/report-id.ts`). */
  | { readonly kind: 'report'; readonly report: DeliveryReport; readonly reportIds: readonly string[] }
  | { readonly kind: 'automatic' }
  /** `text`: what the person wrote, empty where nothing. `from`: as claimed. */
  | { readonly kind: 'personal'; readonly text: string; readonly from: string }
);

const MOST_KEYS = 30;
/** Anybody can write anything where a key stands; what cannot be one is not looked up. */
const NAME = /^[\w.-]{1,100}$/;
const REPORTS: readonly string[] = ['message/delivery-status', 'message/global-delivery-status'];
const RETURNED: readonly string[] = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];
const DAEMON = /^(?:mailer-daemon|postmaster|no-?reply)@/i;

const textOf = ({ content }: Attachment): string => {
  if (typeof content === 'string') return content;
  return Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : content).toString('utf8');
};
/** Local parts of Message-IDs: our mails carry their key there. */
const localParts = (ids: string | undefined): string[] => [...(ids ?? '').matchAll(/<([^<>@\s]{1,100})@[^<>\s]*>/g)].map(([, local]) => local ?? '');
const returnedIds = (mail: Email): string[] =>
  mail.attachments.filter((a) => RETURNED.includes(a.mimeType)).flatMap((a) => localParts(/^message-id:\s*(<[^>]+>)/im.exec(textOf(a))?.[1]));

/** Fields that only machines write, with the values that mean it (RFC 3834; others' own marks). */
const MACHINE: readonly (readonly [name: string, value: RegExp])[] = [
  ['auto-submitted', /^(?!no\b)/i], ['precedence', /^(?:bulk|junk|list|auto_reply)$/i], ['return-path', /^<>$/], ['content-type', /^multipart\/report\b/i],
  ['x-autoreply', /./], ['x-autorespond', /./], ['x-autoresponse', /./], ['list-id', /./],
];
/** Written by a machine, or in answer to nobody: never a person's word. */
const isAutomatic = (mail: Email): boolean =>
  DAEMON.test(mail.from?.address ?? '') || MACHINE.some(([name, value]) => mail.headers.some((h) => h.key === name && value.test(h.value.trim())));

/** A server's own mail: from its daemon, or in answer to nobody; an answering machine writes for a person. */
const isOfServer = (mail: Email): boolean => {
  const is = (name: string, value: RegExp): boolean => mail.headers.some((h) => h.key === name && value.test(h.value.trim()));
  return (DAEMON.test(mail.from?.address ?? '') || is('return-path', /^<>$/) || is('content-type', /^multipart\/report\b(?!.*disposition-notification)/i)) && !is('auto-submitted', /^auto-replied\b/i);
};
/** What a server says in words alone, of a mail that it gives back. */
const wordsOf = (mail: Email, returned: readonly string[]): DeliveryReport | undefined =>
  (returned.length > 0 && isOfServer(mail) ? plainBounce({ subject: mail.subject ?? '', text: mail.text ?? htmlText(mail.html ?? '') }) : undefined);

const written = (mail: Email): string => {
  const files = mail.attachments.filter((a) => a.related !== true).length;
  const text = replyText(mail.text ?? htmlText(mail.html ?? ''));
  return files === 0 ? text : `${text}\n\n(Kèm ${files} tệp, xem trong hộp thư)`.trim();
};

/** Where a mail server writes the address that it had for this mail; anybody can write one there. */
const ENVELOPE_FIELDS: readonly string[] = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-rcpt-to', 'to'];
const REPORT_ID = /[A-Za-z0-9]{1,80}-[0-9a-z]{16}(?![\w-])/g;
/** The envelope's id, and what stands in addresses that reports come to. */
const reportIdsOf = (mail: Email, report: DeliveryReport): string[] => {
  const addressed = mail.headers.filter((h) => ENVELOPE_FIELDS.includes(h.key)).map((h) => h.value.slice(0, 1_000));
  const found = [report.envelopeId ?? '', ...addressed].flatMap((text) => text.match(REPORT_ID) ?? []);
  return [...new Set(found)].slice(0, MOST_KEYS);
};
/** The message's key in an envelope's id: what stands before the secret. */
const keyIn = (envelopeId: string | undefined): string[] => (envelopeId === undefined ? [] : [envelopeId.replace(/-[0-9a-z]{16}$/, '')]);

/** Reads the bytes of one mail; throws where they are no mail at all. What a report returns of our mail is read for its Message-ID only. */
export const readMail = async (bytes: Buffer): Promise<ReadMail> => {
  const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxNestingDepth: 20, maxHeadersSize: 256 * 1024 });
  const id = createHash('sha256').update(mail.messageId ?? bytes).digest('hex');
  const status = mail.attachments.find((a) => REPORTS.includes(a.mimeType));
  const returned = [...returnedIds(mail), ...quotedIds(mail.text ?? '')];
  const report = (status && parseReport(textOf(status))) ?? wordsOf(mail, returned);
  const answered = [...localParts(mail.inReplyTo), ...localParts(mail.references).reverse()];
  const keys = [...new Set([...keyIn(report?.envelopeId), ...(isOfServer(mail) ? returned : returnedIds(mail)), ...answered])]
    .filter((key) => NAME.test(key)).slice(0, MOST_KEYS);
  if (report) return { id, keys, kind: 'report', report, reportIds: reportIdsOf(mail, report) };
  if (isAutomatic(mail)) return { id, keys, kind: 'automatic' };
  return { id, keys, kind: 'personal', text: written(mail), from: (mail.from?.address ?? '').toLowerCase() };
};

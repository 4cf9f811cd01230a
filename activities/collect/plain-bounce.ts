import type { ReceiptStatus } from '../../domain/delivery';
import type { DeliveryReport } from './report';

/** A mail that a server wrote, without the part that says in fields what became of ours (RFC 3464): only its words do. */
export type PlainBounce = { readonly subject: string; readonly text: string };

/** `Message-ID: <…>` of a mail that is returned in the text itself. */
const RETURNED_ID = /^[> \t]{0,20}message-id:\s*<([^<>@\s]{1,100})@[^<>\s]*>/gim;
export const quotedIds = (text: string): readonly string[] => [...text.matchAll(RETURNED_ID)].map(([, local]) => local ?? '');

const DELAYED = /\bdelay(?:ed)?\b|\bwarning\b|will be retried|still trying|not yet been delivered|sẽ thử lại|bị chậm/i;
const FAILED = /undeliver|return(?:ed)? (?:mail|to sender)|fail(?:ed|ure)|could ?n[o']t be delivered|not be delivered|unable to deliver|no such user|rejected|không gửi được|không thể gửi|bị trả lại/i;

const statusOf = ({ subject, text }: PlainBounce): ReceiptStatus | undefined => {
  const [said] = text.split(RETURNED_ID);
  const words = `${subject}\n${said ?? ''}`;
  if (DELAYED.test(subject)) return 'delayed';
  return FAILED.test(words) ? 'failed' : DELAYED.test(words) ? 'delayed' : undefined;
};

/** What the words say; undefined where they say nothing of a delivery. No address is blamed for words. */
export const plainBounce = (mail: PlainBounce): DeliveryReport | undefined => {
  const status = statusOf(mail);
  if (status === undefined) return undefined;
  const line = mail.text.split('\n').find((one) => /\b[45]\d\d\b|\b[45]\.\d{1,3}\.\d{1,3}\b/.test(one)) ?? mail.subject;
  return {
    status, code: /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(mail.text)?.[0] ?? '', recipients: [], envelopeId: undefined, queueId: undefined, detail: line.trim().slice(0, 500),
  };
};

import { addressOn } from '../../domain/address';
import type { Ledger } from '../../ledger/connect';
import { MAILBOX, type NewReceipt } from '../../ledger/outbox';
import { findSentMail, type MailEffects, type SentMail } from '../../ledger/replies';
import { blamesAddress } from '../adapters/smtp';
import type { ReadMail } from './read-mail';
import type { DeliveryReport } from './report';

const isSame = (one: string, other: string): boolean => addressOn('email', { email: one }) === addressOn('email', { email: other });

/** Blames the address only where the report is about it, and not about one that it forwards to. */
const receiptOf = (report: DeliveryReport, { key, address }: SentMail): NewReceipt | undefined => {
  const { status, code, recipients, detail } = report;
  if (status === undefined) return undefined;
  const isBadAddress = status === 'failed' && blamesAddress(code) && recipients.some((r) => isSame(r, address));
  return { source: MAILBOX, key, status, isBadAddress, detail };
};

/** By what the mail says that it speaks of; a report also by the relay's own id, where it names the recipient too. */
const messageOf = async (ledger: Ledger, mail: ReadMail): Promise<SentMail | undefined> => {
  if (mail.kind !== 'report') return (await findSentMail(ledger, mail.keys))[0];
  const { queueId, recipients } = mail.report;
  const known = await findSentMail(ledger, mail.keys, queueId);
  return known.find((m) => mail.keys.includes(m.key)) ?? known.find((m) => recipients.some((r) => isSame(r, m.address)));
};

/** What follows from a mail: nothing where it speaks of no mail of ours, whoever claims to have written it. */
export const effectsOf = async (ledger: Ledger, mail: ReadMail): Promise<MailEffects> => {
  if (mail.kind === 'automatic' || (mail.kind === 'personal' && mail.text === '')) return {};
  const message = await messageOf(ledger, mail);
  if (message === undefined) return {};
  if (mail.kind === 'report') {
    const receipt = receiptOf(mail.report, message);
    return receipt === undefined ? {} : { receipt };
  }
  const position = isSame(mail.from, message.address) ? message.positions[0] ?? null : null;
  return { reply: { id: mail.id, message: message.key, task: message.task, position, content: mail.text } };
};

import { addressOn } from '../../domain/address';
import type { Ledger } from '../../ledger/connect';
import { MAILBOX, type NewReceipt } from '../../ledger/outbox';
import { findSentMail, type MailEffects, type SentMail } from '../../ledger/replies';
import { readReportId } from '../../links';
import { blamesAddress } from '../adapters/smtp';
import type { LinkKeys } from '../ports';
import type { ReadMail } from './read-mail';
import type { DeliveryReport } from './report';

/** Written behind a receiver's words that nobody vouches for; shown to people. */
const UNPROVEN = '(báo cáo chưa xác thực)';

const isSame = (one: string, other: string): boolean => addressOn('email', { email: one }) === addressOn('email', { email: other });

/**
 * Blames the address only where a server that had our envelope says so, and where the report is about that address and not about one that it forwards to.
 * Anybody else who knows a mail's Message-ID can write that it did not arrive: that makes it a message to look at, never a dead address, and never one that arrived.
 */
const receiptOf = (report: DeliveryReport, { key, address }: SentMail, isProven: boolean): NewReceipt | undefined => {
  const { status, code, recipients, detail } = report;
  if (status === undefined || (status === 'delivered' && !isProven)) return undefined;
  const isBadAddress = isProven && status === 'failed' && blamesAddress(code) && recipients.some((r) => isSame(r, address));
  return { source: MAILBOX, key, status, isBadAddress, detail: isProven ? detail : `${detail} ${UNPROVEN}`.trim() };
};

type Report = Extract<ReadMail, { kind: 'report' }>;

/** By what the mail says that it speaks of; a report also by the relay's own id, where it names the recipient too. */
const ofReport = async (ledger: Ledger, { keys, report: { queueId, recipients } }: Report): Promise<SentMail | undefined> => {
  const known = await findSentMail(ledger, keys, queueId);
  return known.find((m) => keys.includes(m.key)) ?? known.find((m) => recipients.some((r) => isSame(r, m.address)));
};

const effectsOfReport = async (ledger: Ledger, mail: Report, linkKeys: LinkKeys): Promise<MailEffects> => {
  const secrets = Object.values(linkKeys.byId);
  const proven = mail.reportIds.flatMap((id) => readReportId(secrets, id) ?? []);
  const [sent] = proven.length === 0 ? [] : await findSentMail(ledger, proven);
  const message = sent ?? (await ofReport(ledger, mail));
  const receipt = message === undefined ? undefined : receiptOf(mail.report, message, message === sent);
  return receipt === undefined ? {} : { receipt };
};

/** What follows from a mail: nothing where it speaks of no mail of ours, whoever claims to have written it. */
export const effectsOf = async (ledger: Ledger, mail: ReadMail, linkKeys: LinkKeys): Promise<MailEffects> => {
  if (mail.kind === 'report') return effectsOfReport(ledger, mail, linkKeys);
  if (mail.kind === 'automatic' || mail.text === '') return {};
  const [message] = await findSentMail(ledger, mail.keys);
  if (message === undefined) return {};
  const position = isSame(mail.from, message.address) ? message.positions[0] ?? null : null;
  return { reply: { id: mail.id, message: message.key, task: message.task, position, content: mail.text } };
};

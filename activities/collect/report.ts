import type { ReceiptStatus } from '../../domain/delivery';

/** What a mail server says of one of our mails (RFC 3464). */
export type DeliveryReport = {
  /** Undefined where it says nothing for sure: handed to a system that reports no more. */
  readonly status: ReceiptStatus | undefined;
  /** `5.1.1`: class, subject, detail (RFC 3463). Empty where it is not given. */
  readonly code: string;
  /** As given to the relay and as it was in the end, in small letters. */
  readonly recipients: readonly string[];
  /** The envelope's id that we gave: the message's key. */
  readonly envelopeId: string | undefined;
  /** Under which the relay had queued the mail, where it says so. */
  readonly queueId: string | undefined;
  /** For the ledger only: a server's words may name an address. */
  readonly detail: string;
};

type Fields = ReadonlyMap<string, string>;
const STATUS: Readonly<Record<string, ReceiptStatus>> = { failed: 'failed', delayed: 'delayed', delivered: 'delivered', expanded: 'delivered' };
/** Where several recipients came of one (an alias): whoever got it has it; else a failure says more than a delay. */
const WEIGHT: readonly (ReceiptStatus | undefined)[] = ['delivered', 'failed', 'delayed', undefined];

/** Groups of header-like fields with blank lines between them, names in small letters. */
const groupsOf = (text: string): Fields[] =>
  text.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ').split(/\n\n+/).map((group) =>
    new Map(group.split('\n').flatMap((line) => {
      const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()] as const];
    }))).filter((fields) => fields.size > 0);

/** `rfc822; a@b` as `a@b`. */
const addressIn = (field: string | undefined): readonly string[] =>
  (field === undefined ? [] : [field.replace(/^[\w-]+\s*;\s*/, '').replace(/^<|>$/g, '').toLowerCase()]);
/** `+3D` as `=` (RFC 3461, xtext). */
const fromXtext = (text: string): string => text.replace(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const ofRecipient = (fields: Fields, mail: Fields): DeliveryReport => {
  const code = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '';
  const envelopeId = mail.get('original-envelope-id');
  const queueId = mail.get('x-postfix-queue-id');
  return {
    code, envelopeId: envelopeId === undefined ? undefined : fromXtext(envelopeId), queueId: queueId !== undefined && /^\w{1,64}$/.test(queueId) ? queueId : undefined,
    status: STATUS[(fields.get('action') ?? '').toLowerCase()],
    recipients: [...addressIn(fields.get('original-recipient')), ...addressIn(fields.get('final-recipient'))],
    detail: [code, (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '')].filter(Boolean).join(' ').slice(0, 500),
  };
};

/** The report in the body of a `message/delivery-status`: the one that says most, since each of our mails has one recipient. Undefined where there is none. */
export const parseReport = (text: string): DeliveryReport | undefined => {
  const groups = groupsOf(text);
  const mail = groups.find((fields) => !fields.has('action')) ?? new Map<string, string>();
  const reports = groups.filter((fields) => fields.has('action')).map((fields) => ofRecipient(fields, mail));
  return reports.sort((a, b) => WEIGHT.indexOf(a.status) - WEIGHT.indexOf(b.status))[0];
};

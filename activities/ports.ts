import type { Outcome } from '../domain/delivery';
import type { Instant } from '../domain/time';
import type { MessageInput, RenderedMail, RenderedSms } from '../messages/input';

/** How one submission ended; `detail` is for the ledger only (a server's answer may name an address). */
export type SendResult = {
  readonly outcome: Outcome;
  readonly detail: string;
  /** The receiver's own id of the submission, which its receipts name. */
  readonly providerId?: string;
  /** Refused because of the address itself, not of what was said or when. */
  readonly isBadAddress?: boolean;
};

/**
 * Takes one mail to one recipient. `body` is called only when the server has asked for it, and its bytes go out only after it has answered: where
 * it throws, nothing was sent. `key` is the message's: a relay that writes reports of its delivery puts it in them (RFC 3461). Never throws itself.
 */
export type Mailer = {
  send(mail: { readonly to: string; readonly key: string; readonly body: () => Promise<Buffer> }): Promise<SendResult>;
  close(): Promise<void>;
};

/** One text message. `to` in E.164. `key` is the same for every attempt. `at` is our time. `template`: the approved text it was made of, with its values in order. */
export type OutgoingSms = {
  readonly to: string;
  readonly text: string;
  readonly key: string;
  readonly at: Instant;
  readonly template?: { readonly id: string; readonly parameters: readonly string[] };
};
/** Takes one text message; never throws. */
export type SmsGateway = {
  /** Names the source of its receipts. */
  readonly name: string;
  /** Messages a second that it takes; null where nothing is known. */
  readonly ratePerSecond: number | null;
  /** Messages at a time: more would wait with their body begun. */
  readonly concurrency: number;
  /** For how many minutes it drops a repetition that carries the same key; null where it does not. */
  readonly keyHoldsMinutes: number | null;
  send(sms: OutgoingSms): Promise<SendResult>;
};

/** `uid` rises with arrival; `bytes` are the beginning of the mail, up to a limit; `arrivedAt` and `size` (of the whole, in bytes) as the server says. */
export type ReceivedMail = { readonly uid: number; readonly bytes: Buffer; readonly arrivedAt?: Instant; readonly size?: number };
export type MailboxBatch = { readonly uidValidity: string; readonly mails: readonly ReceivedMail[]; readonly left: number };
/** Where reports of mail servers and people's answers arrive. It is only read: nothing in it is moved, marked or deleted. */
export type Mailbox = {
  /**
   * What came after the cursor, oldest first, at most `limit`, with how many are left; all of it where the mailbox was made anew since. Throws where it
   * cannot be read.
   */
  read(after: { readonly uidValidity: string; readonly uid: number } | undefined, limit: number): Promise<MailboxBatch>;
};

/** What people read; null where nothing of a message goes by SMS. */
export type Render = { readonly renderMail: (input: MessageInput) => RenderedMail; readonly renderSms: (input: MessageInput) => RenderedSms | null };

/** Keys that links were made with, by id; the current one makes new links. */
export type LinkKeys = { readonly currentId: string; readonly byId: Readonly<Record<string, string>> };

/** What the log takes of delivery: counts, keys and reasons, never a contact. */
export type Log = {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
};

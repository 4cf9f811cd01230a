import type { Instant } from '../domain/time';
import type { Outcome } from '../ledger/outbox';
import type { MessageInput, RenderedMail, RenderedSms } from '../messages/input';

/** How one submission ended; `detail` is for the ledger only (a server's answer may name an address). */
export type SendResult = { readonly outcome: Outcome; readonly detail: string };

/**
 * Takes one mail to one recipient. `body` is called only when the server has asked for it, and its bytes go out only after it has answered: where
 * it throws, nothing was sent. Never throws itself.
 */
export type Mailer = {
  send(mail: { readonly to: string; readonly body: () => Promise<Buffer> }): Promise<SendResult>;
  close(): Promise<void>;
};

/** Takes one text message. `key` is the same for every attempt: a gateway that knows it sends no second one. `at` is our time. */
export type SmsGateway = { send(sms: { readonly to: string; readonly text: string; readonly key: string; readonly at: Instant }): Promise<SendResult> };

/** What people read; null where nothing of a message goes by SMS. */
export type Render = { readonly renderMail: (input: MessageInput) => RenderedMail; readonly renderSms: (input: MessageInput) => RenderedSms | null };

/** Keys that links were made with, by id; the current one makes new links. */
export type LinkKeys = { readonly currentId: string; readonly byId: Readonly<Record<string, string>> };

/** What the log takes of delivery: counts, keys and reasons, never a contact. */
export type Log = {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
};

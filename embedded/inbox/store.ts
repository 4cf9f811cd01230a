import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { openLines } from './lines';

/** `date` is what the mail itself says (our time), `receivedAt` the clock of this machine; both ISO 8601. */
export type MailEntry = {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly date: string;
  readonly messageId: string;
  readonly receivedAt: string;
  readonly size: number;
};
export type SmsEntry = { readonly id: string; readonly to: string; readonly text: string; readonly key: string; readonly at: string; readonly receivedAt: string };

export type InboxStore = {
  readonly mails: readonly MailEntry[];
  readonly texts: readonly SmsEntry[];
  /** Answers when the mail is on disk. */
  takeMail(bytes: Buffer, to: readonly string[]): Promise<MailEntry>;
  /** One message per key: a repetition answers with the first. */
  takeSms(sms: { readonly to: string; readonly text: string; readonly key: string; readonly at: number }): Promise<SmsEntry>;
  /** The bytes as received; undefined for an id that is not known. */
  readMail(id: string): Promise<{ readonly entry: MailEntry; readonly bytes: Buffer; readonly email: Email } | undefined>;
};

const idOf = (n: number): string => String(n).padStart(6, '0');
const isoNow = (): string => new Date().toISOString();

/** Mails as `.eml` files with an index, phones as lines; all of it is there again after a restart. */
export const openInboxStore = async (dir: string): Promise<InboxStore> => {
  await mkdir(join(dir, 'mails'), { recursive: true, mode: 0o700 });
  const [mails, texts] = await Promise.all([openLines<MailEntry>(join(dir, 'mails.jsonl')), openLines<SmsEntry>(join(dir, 'phones.jsonl'))]);
  const pending = new Map<string, Promise<SmsEntry>>();
  let lastMail = Number(mails.all.at(-1)?.id ?? 0);
  let lastSms = Number(texts.all.at(-1)?.id ?? 0);
  const fileOf = (id: string): string => join(dir, 'mails', `${id}.eml`);

  const writeSms: InboxStore['takeSms'] = async ({ at, ...sms }) => {
    lastSms += 1;
    const entry = { id: idOf(lastSms), ...sms, at: new Date(at).toISOString(), receivedAt: isoNow() };
    await texts.append(entry);
    return entry;
  };
  return {
    mails: mails.all, texts: texts.all,
    takeMail: async (bytes, to) => {
      lastMail += 1;
      const id = idOf(lastMail);
      const email = await PostalMime.parse(bytes);
      const entry = {
        id, to: to.map((one) => one.toLowerCase()), from: email.from?.address ?? '', subject: email.subject ?? '', date: email.date ?? '', messageId: email.messageId ?? '',
        receivedAt: isoNow(), size: bytes.length,
      };
      await writeFile(fileOf(id), bytes);
      await mails.append(entry);
      return entry;
    },
    takeSms: (sms) => {
      const first = texts.all.find((t) => t.key === sms.key);
      if (first) return Promise.resolve(first);
      const there = pending.get(sms.key) ?? writeSms(sms).finally(() => pending.delete(sms.key));
      pending.set(sms.key, there);
      return there;
    },
    readMail: async (id) => {
      const entry = mails.all.find((m) => m.id === id);
      if (entry === undefined) return undefined;
      const bytes = await readFile(fileOf(id));
      return { entry, bytes, email: await PostalMime.parse(bytes) };
    },
  };
};

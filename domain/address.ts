import type { Channel } from './notice';

type Contact = { readonly email?: string; readonly phone?: string };

/** `0912 345 678`, `84912345678` and `+84 912.345.678` are one phone. */
const phoneOf = (text: string): string => text.replace(/[\s.()-]/g, '').replace(/^0(?=\d)/, '+84').replace(/^84(?=\d)/, '+84');

/** One spelling of an address, so that two seats with one mailbox get one message; undefined where there is none on the channel. */
export const addressOn = (channel: Channel, { email, phone }: Contact): string | undefined => {
  if (channel === 'email') return email?.normalize('NFC').trim().toLowerCase() || undefined;
  return phone === undefined || phone.trim() === '' ? undefined : phoneOf(phone);
};

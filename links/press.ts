import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { toCrockford } from './crockford';

/** What a button was made for: `link` and `task` it stands on, the act, and a word for the state that its page showed. */
export type PressFor = { readonly link: string; readonly task: string; readonly act: string; readonly shown: string };
const ID_LENGTH = 24;
const SIGNATURE_LENGTH = 26;

const signature = (key: string, id: string, { link, task, act, shown }: PressFor): string =>
  toCrockford(createHmac('sha256', key).update(['press', id, link, task, act, shown].join('\n')).digest(), SIGNATURE_LENGTH);

/** One press of one button, to be put into its form: `id.signature`. */
export const newPress = (key: string, made: PressFor): string => {
  const id = toCrockford(randomBytes(16), ID_LENGTH);
  return `${id}.${signature(key, id, made)}`;
};

/** The id of a press that this server made for exactly this button; undefined for any other. */
export const readPress = (key: string, text: string, made: PressFor): string | undefined => {
  const [id = '', signed = '', ...rest] = text.split('.');
  if (rest.length > 0 || id.length !== ID_LENGTH) return undefined;
  const [a, b] = [Buffer.from(signature(key, id, made)), Buffer.from(signed)];
  return a.length === b.length && timingSafeEqual(a, b) ? id : undefined;
};

/** What a person may note down or read out: `8KQ2-M7XD`. Made of the press, so that the same press has the same. */
export const receiptCode = (key: string, pressId: string): string =>
  toCrockford(createHmac('sha256', key).update(`receipt\n${pressId}`).digest(), 8).replace(/^(.{4})/, '$1-');

/** A word for anything that is bound: which fields, in which order, does not show. */
export const sealOf = (key: string, parts: readonly string[]): string => createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');

import { createHmac, timingSafeEqual } from 'node:crypto';
import { toCrockford } from './crockford';

/** 80 bits: nobody guesses it within the life of a message. */
const TAG_LENGTH = 16;

const tagOf = (key: string, message: string): string =>
  toCrockford(createHmac('sha256', key).update(`report\n${message}`).digest(), TAG_LENGTH).toLowerCase();

/**
 * What a mail server puts into its report of a message, as the envelope's id (RFC 3461, 4.4) or in the address that reports come to: the message's key
 * and a secret that stands in no part of the mail which a person sees. Who names it was told by a server that had the envelope.
 */
export const reportIdOf = (key: string, message: string): string => `${message}-${tagOf(key, message)}`;

/** The message of a report's id, in constant time; undefined for any that no key of this server has made. */
export const readReportId = (keys: readonly string[], text: string): string | undefined => {
  const [, message = '', tag = ''] = /^([A-Za-z0-9]{1,80})-([0-9a-z]{16})$/.exec(text.trim()) ?? [];
  if (message === '') return undefined;
  return keys.some((key) => timingSafeEqual(Buffer.from(tagOf(key, message)), Buffer.from(tag))) ? message : undefined;
};

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SmsReceiptSignature, SmsSettings } from '../../domain/sms-gateway';
import { fillSettings } from '../../domain/sms-request';

/** `signed`: the bytes as they came. `header`: what stands in the header that the description names; undefined where it is not there. */
export type SignedCallback = { readonly signed: string; readonly header: string | undefined };

/** True where the gateway that shares the secret has signed these bytes; in constant time. */
export const isSignedBy = (
  { algorithm, encoding, prefix, secret }: SmsReceiptSignature, values: SmsSettings, { signed, header }: SignedCallback,
): boolean => {
  if (header === undefined || !header.startsWith(prefix)) return false;
  const expected = createHmac(algorithm, fillSettings(secret, values)).update(signed, 'utf8').digest();
  const given = Buffer.from(header.slice(prefix.length).trim(), encoding);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

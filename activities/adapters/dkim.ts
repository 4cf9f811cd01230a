import DKIM from 'nodemailer/lib/dkim';
import { buffer } from 'node:stream/consumers';

/** Signs as `d=domain; s=selector` (RFC 6376, rsa-sha256); `privateKey` in PEM. */
export type DkimKey = { readonly domain: string; readonly selector: string; readonly privateKey: string };

/**
 * Puts a DKIM signature before the bytes of a mail, which stay as they are. The signature holds no time and RSA has no chance in it: the same bytes and
 * key give the same signature at every attempt. The library's own option cannot be used: it reads the body before the server has asked for it. Throws
 * where the key does not sign, so that nothing leaves unsigned.
 */
export const createSigner = (key: DkimKey | undefined): ((bytes: Buffer) => Promise<Buffer>) => {
  if (key === undefined) return async (bytes) => bytes;
  const dkim = new DKIM({ domainName: key.domain, keySelector: key.selector, privateKey: key.privateKey });
  return async (bytes) => {
    const signed = await buffer(dkim.sign(bytes));
    if (signed.length === bytes.length) throw new Error('the DKIM key does not sign');
    return signed;
  };
};

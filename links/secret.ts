import { createHash, createHmac } from 'node:crypto';
import { readCrockford, toCrockford } from './crockford';

/** Where the link is read: 26 characters (130 bits) in a mail, 12 (60 bits) in an SMS of 160 characters, behind a limit on misses. */
export type SecretKind = 'email' | 'sms';
export const SECRET_LENGTH = { email: 26, sms: 12 } as const satisfies Record<SecretKind, number>;

/** Names a key without telling it: another secret has another name, so that what was frozen under the old one is never filled with the new one. */
export const linkKeyId = (key: string): string => `k${createHash('sha256').update(`link key\n${key}`).digest('hex').slice(0, 12)}`;

/** The server's key: links, presses, codes and seals are made with it, and it is never shown. `keyId` names it. */
export type LinkKey = { readonly key: string; readonly keyId: string };
export const linkKeyOf = (secret: string): LinkKey => ({ key: secret, keyId: linkKeyId(secret) });

/** The key stays on the server; `keyId` names it, so that links of an older key can still be told apart. */
export type MintInput = LinkKey & { readonly linkId: string; readonly kind: SecretKind };

/**
 * The secret of a link: HMAC-SHA256 (RFC 2104) of its id under the server's key, in Crockford's base 32. The same link has the same secret, so a
 * message that is sent again has the same bytes, and nobody needs to keep it.
 */
export const mintSecret = ({ key, keyId, linkId, kind }: MintInput): string =>
  toCrockford(createHmac('sha256', key).update(`link\n${kind}\n${keyId}\n${linkId}`).digest(), SECRET_LENGTH[kind]);

/** What the ledger keeps of a secret: SHA-256 in hex. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * What stands for the secret in stored bytes: as long and of the same characters, so that no line of a message breaks elsewhere when it is filled.
 * Made from the link's id alone, it opens nothing.
 */
export const slotFor = (linkId: string, kind: SecretKind): string =>
  toCrockford(createHash('sha256').update(`slot\n${kind}\n${linkId}`).digest(), SECRET_LENGTH[kind]);

/** A secret as it came in a path, read as it was meant; undefined for what cannot be one. Its hash is what to look for. */
export const readSecret = (text: string): string | undefined => {
  if (text.length > 64) return undefined;
  const read = readCrockford(text);
  return read !== undefined && (Object.values(SECRET_LENGTH) as readonly number[]).includes(read.length) ? read : undefined;
};

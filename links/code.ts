import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { toCrockford } from './crockford';

export const CODE_DIGITS = 6;

type CodeKey = { readonly key: string; readonly codeId: string };

/** Six digits, made of the server's key and the code's id alone: the same message has the same bytes, and nobody needs to keep them. */
export const mintCode = ({ key, codeId }: CodeKey): string => {
  const bytes = createHmac('sha256', key).update(`code\n${codeId}`).digest();
  return String(bytes.readUIntBE(0, 6) % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0');
};

/** What the ledger keeps of a code. Keyed, since a million plain hashes are tried in a second. */
export const hashCode = ({ key, codeId }: CodeKey, code: string): string => createHmac('sha256', key).update(`code hash\n${codeId}\n${code}`).digest('hex');

/** Compares in constant time; spaces between the digits do not count. */
export const isCode = (input: CodeKey, typed: string, hash: string): boolean => {
  const [a, b] = [Buffer.from(hashCode(input, typed.replace(/\s/g, ''))), Buffer.from(hash)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** What stands for the code in stored bytes: as long, and with a letter first, so that it never looks like one. */
export const codeSlotFor = (codeId: string): string => `X${toCrockford(createHash('sha256').update(`code slot\n${codeId}`).digest(), CODE_DIGITS - 1)}`;

/** Ids of the link rows of one code: one for each message that it was put into. */
export const codeLinkId = (codeId: string, message: string): string => `${codeId}.${message}`;
export const codeIdOf = (linkId: string): string => linkId.slice(0, linkId.indexOf('.'));

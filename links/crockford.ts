/** Crockford's base 32: no I, L, O and U, so that a code read from a phone cannot be misread. Five bits a character. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first `length` characters of the bytes, most significant bits first. @throws RangeError where the bytes do not suffice. */
export const toCrockford = (bytes: Uint8Array, length: number): string => {
  if (bytes.length * 8 < length * 5) throw new RangeError(`${bytes.length} bytes do not make ${length} characters`);
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5 && text.length < length; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 31];
  }
  return text;
};

/** What a person typed or a mail program changed, as it was meant: capitals, no hyphens and spaces, O as 0, I and L as 1. Undefined for anything else. */
export const readCrockford = (text: string): string | undefined => {
  const read = text.replace(/[-\s]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]+$/.test(read) ? read : undefined;
};

/** Line breaks that an encoding may put inside a slot: quoted-printable's soft break (RFC 2045, 6.7) and a folded calendar line (RFC 5545, 3.1). */
const BREAK = '(?:=\\r\\n|\\r\\n[ \\t])*';

const splittable = (slot: string): string => [...slot].join(BREAK);

/** The replacement's characters in the places of the slot's, breaks where they were. */
const poured = (found: string, replacement: string): string => {
  let next = 0;
  return found.replace(/(=\r\n|\r\n[ \t])|[^]/g, (one, broken?: string) => broken ?? replacement[next++] ?? one);
};

const unbroken = (found: string): string => found.replace(/=\r\n|\r\n[ \t]/g, '');

/**
 * Stored bytes with every slot replaced, also where a soft line break splits it; the result is as long as the input, byte for byte outside the slots.
 * @throws RangeError where a replacement is not as long as its slot.
 */
export const fillSlots = (bytes: Uint8Array, replacements: ReadonlyMap<string, string>): Buffer => {
  for (const [slot, replacement] of replacements) {
    if (slot.length === 0 || slot.length !== replacement.length) throw new RangeError('a slot and what fills it are of one length');
  }
  if (replacements.size === 0) return Buffer.from(bytes);
  const pattern = new RegExp([...replacements.keys()].map(splittable).join('|'), 'g');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return Buffer.from(text.replace(pattern, (found) => poured(found, replacements.get(unbroken(found)) ?? found)), 'latin1');
};

/** Line breaks that an encoding may put inside a slot: quoted-printable's soft break (RFC 2045, 6.7) and a folded calendar line (RFC 5545, 3.1). */
const BREAK = /=\r\n|\r\n[ \t]/g;

type Joined = { readonly text: string; /** Where a place in `text` is in the bytes. */ readonly place: (at: number) => number };

/** The bytes as text without the breaks. */
const joined = (text: string): Joined => {
  const starts: number[] = [0];
  const shifts: number[] = [0];
  const parts: string[] = [];
  let from = 0;
  let shift = 0;
  for (const found of text.matchAll(BREAK)) {
    parts.push(text.slice(from, found.index));
    from = found.index + found[0].length;
    shift += found[0].length;
    starts.push(from - shift);
    shifts.push(shift);
  }
  parts.push(text.slice(from));
  const place = (at: number): number => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return at + (shifts[low] ?? 0);
  };
  return { text: parts.join(''), place };
};

/**
 * Stored bytes with every slot replaced, also where a soft line break splits it; the result is as long as the input, byte for byte outside the slots.
 * @throws RangeError where a replacement is not as long as its slot.
 */
export const fillSlots = (bytes: Uint8Array, replacements: ReadonlyMap<string, string>): Buffer => {
  const filled = Buffer.from(bytes);
  if (replacements.size === 0) return filled;
  const { text, place } = joined(filled.toString('latin1'));
  for (const [slot, replacement] of replacements) {
    if (slot.length === 0 || slot.length !== replacement.length) throw new RangeError('a slot and what fills it are of one length');
    for (let at = text.indexOf(slot); at >= 0; at = text.indexOf(slot, at + slot.length)) {
      for (let i = 0; i < replacement.length; i += 1) filled[place(at + i)] = replacement.charCodeAt(i);
    }
  }
  return filled;
};

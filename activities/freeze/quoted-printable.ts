/** The longest line, its soft break included (RFC 2045, 6.7). */
const LINE = 76;
const TAB = 9;
const SPACE = 32;
const EQUALS = 61;

const escaped = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const CODES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte === TAB || (byte >= SPACE && byte <= 126 && byte !== EQUALS) ? String.fromCharCode(byte) : escaped(byte));

/** A blank at the end of a line would be lost on the way. */
const isLoneBlank = (byte: number, isLast: boolean): boolean => isLast && (byte === TAB || byte === SPACE);

const encodeLine = (line: string): string => {
  const bytes = Buffer.from(line, 'utf8');
  let out = '';
  let width = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    const code = isLoneBlank(byte, i === bytes.length - 1) ? escaped(byte) : CODES[byte] ?? '';
    if (width + code.length > LINE - 1) {
      out += '=\r\n';
      width = 0;
    }
    out += code;
    width += code.length;
  }
  return out;
};

/** A text as quoted-printable UTF-8 with CRLF line ends: in ASCII, and the same for the same text. */
export const quotedPrintable = (text: string): string => text.split(/\r\n|\r|\n/).map(encodeLine).join('\r\n');

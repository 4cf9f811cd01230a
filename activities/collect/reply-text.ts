/** A longer letter than this is one to be read in the mailbox. */
const LONGEST = 10_000;
const CUT_MARK = '… (còn nữa, xem trong hộp thư)';

/** `Vào 08:00, Th 2, 22 thg 10, 2018 … đã viết:`, `On … wrote:`; mail programs break it over two or three lines. */
const ATTRIBUTION = /^(?:Vào|Ngày|Lúc|On)\s[^]{0,400}?(?:đã viết|viết|wrote)\s*:$/;
const HEADER_OF_QUOTE = /^\*?(?:From|Từ|Người gửi)\s*:\*?\s+\S/;
const NEXT_OF_QUOTE = /^\*?(?:Sent|Date|To|Subject|Đã gửi|Gửi lúc|Ngày|Tới|Đến|Gửi tới|Chủ đề|Tiêu đề)\s*:\*?\s/;
const SEPARATOR = /^(?:-{2,}\s*(?:Original Message|Forwarded message|Thư gốc|Tin nhắn gốc|Thư đã chuyển tiếp|Thư chuyển tiếp)\s*-{2,}|_{20,}|-- )$/i;

/** How many lines of an attribution begin here; 0 where none does. */
const attributionAt = (lines: readonly string[], at: number): number =>
  [1, 2, 3].find((n) => ATTRIBUTION.test(lines.slice(at, at + n).join(' ').trim())) ?? 0;

/** True where everything from here on is not the writer's: a separator, a block of headers, or an attribution of a quote that bears no marks. */
const endsHere = (lines: readonly string[], at: number): boolean => {
  const line = lines[at] ?? '';
  if (SEPARATOR.test(line)) return true;
  if (HEADER_OF_QUOTE.test(line)) return lines.slice(at + 1, at + 4).some((next) => NEXT_OF_QUOTE.test(next));
  const length = attributionAt(lines, at);
  return length > 0 && !(lines.slice(at + length).find((next) => next.trim() !== '') ?? '').startsWith('>');
};

const ownLines = (lines: readonly string[]): string[] => {
  const own: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (endsHere(lines, at)) break;
    const attribution = attributionAt(lines, at);
    if (attribution > 0) at += attribution - 1;
    else if (!lines[at]?.startsWith('>')) own.push(lines[at] ?? '');
  }
  return own;
};

const shortened = (text: string): string => {
  const letters = [...text];
  return letters.length <= LONGEST ? text : letters.slice(0, LONGEST).join('') + CUT_MARK;
};

/**
 * What a person wrote, of the plain text of a mail that answers ours: without what it quotes and without a signature behind `-- `, written above the quote,
 * below it or between its lines. At most 10,000 characters; empty where nothing of one's own stands there.
 */
export const replyText = (text: string): string => {
  const clean = text.replace(/\r\n?/g, '\n').replace(/[\u00a0\u202f]/g, ' ').replace(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, '');
  return shortened(ownLines(clean.split('\n')).map((line) => line.trimEnd()).join('\n').replace(/\n{3,}/g, '\n\n').trim());
};

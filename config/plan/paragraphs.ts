/** A paragraph of the document without the marks of Markdown. `level`: number of `#` before it, 0 for ordinary text. */
export type Paragraph = { readonly line: number; readonly level: number; readonly isBold: boolean; readonly text: string };

const strip = (line: string): string => line.replace(/^#{1,6}\s*/, '').replace(/\*\*|__/g, '').replace(/\s+/g, ' ').trim();

/** Every non-blank line that is not part of a table. */
export const paragraphsOf = (text: string): Paragraph[] =>
  text.split('\n').flatMap((line, i) => {
    const clean = strip(line);
    if (clean === '' || line.includes('\t') || clean.startsWith('|')) return [];
    return [{ line: i + 1, level: /^#{1,6}(?=\s)/.exec(line)?.[0].length ?? 0, isBold: line.includes('**'), text: clean }];
  });

/** A line cut by a page break ends without punctuation and goes on with a small letter. */
export const isCut = (before: string, after: string): boolean => /[\p{Ll},]$/u.test(before.slice(-2)) && /^\p{Ll}/u.test(after);

/** A sentence does not grow beyond this by joining: what follows is another paragraph. */
const MAX_JOINED = 10_000;
const BULLET = /^[-+•*]\s+/u;
const SECTION = /^([IVX]+)\.\s+(.+)$/u;

/** The paragraphs between the heading of a roman section whose title fits and the next roman heading; cut sentences are joined. */
export const sectionOf = (paragraphs: readonly Paragraph[], title: RegExp): Paragraph[] => {
  const start = paragraphs.findIndex((p) => SECTION.test(p.text) && title.test(p.text));
  if (start < 0) return [];
  const next = paragraphs.findIndex((p, i) => i > start && SECTION.test(p.text));
  const body = paragraphs.slice(start + 1, next < 0 ? undefined : next);
  const out: Paragraph[] = [];
  for (const p of body) {
    const last = out.at(-1);
    if (last !== undefined && last.text.length < MAX_JOINED && p.level === 0 && !BULLET.test(p.text) && isCut(last.text, p.text)) out[out.length - 1] = { ...last, text: `${last.text} ${p.text}` };
    else out.push(p);
  }
  return out;
};

/** The number of the section whose heading fits: `IV`. */
export const sectionNumber = (paragraphs: readonly Paragraph[], title: RegExp): string | undefined =>
  paragraphs.map((p) => SECTION.exec(p.text)).find((m) => m !== null && title.test(m[0]))?.[1];

/** The text behind a bullet; undefined where there is none. */
export const bulletText = (text: string): string | undefined => (BULLET.test(text) ? text.replace(BULLET, '') : undefined);

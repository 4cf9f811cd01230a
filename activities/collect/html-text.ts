const TOKENS = /<!--|-->|<\/?([a-z][a-z0-9]*)[^<>]*>|[^<-]+|[<-]/gi;
const UNSEEN: readonly string[] = ['script', 'style', 'head', 'title'];
const NEW_LINE: readonly string[] = ['br', 'p', 'div', 'tr', 'li', 'h1', 'h2', 'h3', 'blockquote', 'table', 'hr', 'ul', 'ol'];
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** `&agrave;` and the like: a letter with its mark. */
const MARKS: Readonly<Record<string, string>> = { grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303' };

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');
const named = (name: string): string | undefined => {
  const mark = MARKS[name.slice(1)];
  return mark === undefined ? NAMED[name.toLowerCase()] : `${name[0]}${mark}`.normalize('NFC');
};
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string) => {
    if (decimal !== undefined) return character(Number(decimal));
    return hex === undefined ? named(name) ?? whole : character(Number.parseInt(hex, 16));
  });

/** What a tag or a piece of text gives to the words. */
const seen = (token: string, tag: string | undefined): string => {
  if (tag !== undefined) return NEW_LINE.includes(tag) ? '\n' : '';
  return token.replace(/\s+/g, ' ');
};

/** What ends the part that nobody sees which begins here; undefined where none begins. */
const unseenFrom = (token: string, tag: string | undefined): string | undefined => {
  if (token === '<!--') return '-->';
  return tag !== undefined && UNSEEN.includes(tag) && !token.startsWith('</') ? `</${tag}` : undefined;
};
const endsAt = (token: string, tag: string | undefined, until: string): boolean =>
  token === until || (tag !== undefined && token.startsWith('</') && until === `</${tag}`);

/** The words of an HTML mail, one line for each block: for reading by people, never for showing as HTML. In time proportional to its length. */
export const htmlText = (html: string): string => {
  const words: string[] = [];
  let last = '\n';
  let until: string | undefined;
  for (const [token, name] of html.matchAll(TOKENS)) {
    const tag = name?.toLowerCase();
    if (until === undefined) {
      until = unseenFrom(token, tag);
      const said = until === undefined ? seen(token, tag) : '';
      words.push(last === '\n' ? said.trimStart() : said);
      last = words.at(-1)?.at(-1) ?? last;
    } else if (endsAt(token, tag, until)) until = undefined;
  }
  return decoded(words.join('')).trim();
};

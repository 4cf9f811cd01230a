import { convert, type HtmlToTextOptions } from 'html-to-text';

/** Beyond these a letter is one to be read in the mailbox: a mail of the mailbox is cut at 256 KB before. */
const LIMITS = { maxInputLength: 512 * 1024, maxDepth: 60, maxChildNodes: 5_000, maxBaseElements: 20, ellipsis: '…' };

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  limits: LIMITS,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['p', 'blockquote', 'pre', 'ul', 'ol', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
      selector,
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1, uppercase: false },
    })),
  ],
};

/** The words of an HTML mail, one line for each block: for reading by people, never for showing as HTML. */
export const htmlText = (html: string): string => convert(html, OPTIONS).trim();

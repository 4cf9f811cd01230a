import type { Block, MailDocument } from './document';

const block = (b: Block): string => {
  switch (b.type) {
    case 'heading': return `== ${b.text} ==`;
    case 'paragraph': return b.text;
    case 'facts': return b.rows.map(([label, value]) => `- ${label}: ${value}`).join('\n');
    case 'list': return b.items.map(({ text, url }) => (url === undefined ? `- ${text}` : `- ${text}\n  ${url}`)).join('\n');
    case 'request': return `${b.text}: ${b.url}`;
    case 'letter': return [`----- ${b.caption} -----`, ...b.lines, '-----'].join('\n');
  }
};

/** The plain part: every word and every link of the HTML part, lines parted by `\n`, in NFC. */
export const toText = ({ greeting, blocks, closing, sender, footer }: MailDocument): string =>
  `${[greeting, ...blocks.map(block), closing, ...(sender === undefined ? [] : [sender]), `--\n${footer}`].join('\n\n')}\n`.normalize('NFC');

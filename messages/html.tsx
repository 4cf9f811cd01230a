import type { Block, MailDocument } from './document';

/** Inline styles only: mail programs drop style sheets. Contrast of every pair is at least 7:1 (WCAG 2.2, 1.4.6). */
const STYLE = {
  body: 'margin:0;padding:16px;background:#ffffff;color:#1a1a1a;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5',
  main: 'max-width:680px;margin:0 auto',
  greeting: 'margin:0 0 16px;font-size:16px;font-weight:bold',
  heading: 'margin:28px 0 12px;padding-top:16px;border-top:1px solid #8a8a8a;font-size:17px;line-height:1.4',
  paragraph: 'margin:0 0 16px',
  table: 'width:100%;margin:0 0 16px;border-collapse:collapse',
  label: 'padding:6px 12px 6px 0;border-bottom:1px solid #d0d0d0;text-align:left;vertical-align:top;font-weight:bold;width:34%',
  value: 'padding:6px 0;border-bottom:1px solid #d0d0d0;vertical-align:top',
  list: 'margin:0 0 16px;padding-left:20px',
  item: 'margin:0 0 8px',
  link: 'color:#0b3d91;text-decoration:underline;word-break:break-all',
  button: 'display:inline-block;padding:12px 20px;background:#0b3d91;color:#ffffff;text-decoration:none;font-weight:bold;border-radius:4px',
  letter: 'margin:0 0 16px;padding:16px;border:1px solid #8a8a8a',
  caption: 'margin:0 0 12px;font-weight:bold',
  line: 'margin:0 0 8px;white-space:pre-wrap',
  footer: 'margin:24px 0 0;padding-top:12px;border-top:1px solid #8a8a8a;font-size:14px;color:#404040',
} as const;

const Facts = ({ rows }: Extract<Block, { type: 'facts' }>) => (
  <table style={STYLE.table}>
    <tbody>{rows.map(([label, value]) => <tr><th scope="row" style={STYLE.label}>{label}</th><td style={STYLE.value}>{value}</td></tr>)}</tbody>
  </table>
);

const List = ({ items }: Extract<Block, { type: 'list' }>) => (
  <ul style={STYLE.list}>
    {items.map(({ text, url }) => <li style={STYLE.item}>{text}{url === undefined ? null : <><br /><a href={url} style={STYLE.link}>{url}</a></>}</li>)}
  </ul>
);

const Request = ({ text, url, label }: Extract<Block, { type: 'request' }>) => (
  <>
    <p style={STYLE.paragraph}>{text}: <a href={url} style={STYLE.link}>{url}</a></p>
    <p style={STYLE.paragraph}><a href={url} style={STYLE.button}>{label}</a></p>
  </>
);

const Letter = ({ caption, lines }: Extract<Block, { type: 'letter' }>) => (
  <div style={STYLE.letter}><p style={STYLE.caption}>{caption}</p>{lines.map((line) => <p style={STYLE.line}>{line}</p>)}</div>
);

const BlockView = ({ block }: { readonly block: Block }) => {
  switch (block.type) {
    case 'heading': return <h2 style={STYLE.heading}>{block.text}</h2>;
    case 'paragraph': return <p style={STYLE.paragraph}>{block.text}</p>;
    case 'facts': return <Facts {...block} />;
    case 'list': return <List {...block} />;
    case 'request': return <Request {...block} />;
    case 'letter': return <Letter {...block} />;
  }
};

const Page = ({ subject, greeting, blocks, closing, sender, footer }: MailDocument) => (
  <html lang="vi">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{subject}</title>
    </head>
    <body style={STYLE.body}>
      <main style={STYLE.main}>
        <h1 style={STYLE.greeting}>{greeting}</h1>
        {blocks.map((block) => <BlockView block={block} />)}
        <p style={STYLE.paragraph}>{closing}</p>
        {sender === undefined ? null : <p style={STYLE.paragraph}><strong>{sender}</strong></p>}
        <p style={STYLE.footer}>{footer}</p>
      </main>
    </body>
  </html>
);

/** The HTML part: escaped by construction, no script, no image, nothing loaded from elsewhere, in NFC. */
export const toHtml = (mail: MailDocument): string => `<!DOCTYPE html>${String(<Page {...mail} />)}\n`.normalize('NFC');

/** What a mail says, before it is text or HTML: both are made from the same blocks, so neither can say less than the other. */
export type Block =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'facts'; readonly rows: readonly FactRow[] }
  | { readonly type: 'list'; readonly items: readonly ListItem[] }
  /** A request that ends in a link: "Đề nghị … tại: {url}". `label` is what the link does. */
  | { readonly type: 'request'; readonly text: string; readonly url: string; readonly label: string }
  | { readonly type: 'letter'; readonly caption: string; readonly lines: readonly string[] };

export type FactRow = readonly [label: string, value: string];
export type ListItem = { readonly text: string; readonly url?: string };

export type MailDocument = {
  readonly subject: string;
  readonly greeting: string;
  readonly blocks: readonly Block[];
  readonly closing: string;
  /** The unit that speaks; left out where it speaks to itself. */
  readonly sender?: string;
  readonly footer: string;
};

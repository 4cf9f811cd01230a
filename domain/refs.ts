/** A free text is written to the ledger first; acts, events and notices carry this reference. `length` in characters. */
export type TextRef = { readonly id: string; readonly hash: string; readonly length: number };
/** A file of the ledger: `length` in bytes, `name` and media `type` as they were checked when it was kept. */
export type FileRef = { readonly id: string; readonly hash: string; readonly length: number; readonly name: string; readonly type: string };

/** A free text is written to the ledger first; acts, events and notices carry this reference. `length` in characters. */
export type TextRef = { readonly id: string; readonly hash: string; readonly length: number };
/** A file of the ledger: `length` in bytes, media `type` as it was checked when it was kept. Its name is somebody's own words, and is looked up by the id. */
export type FileRef = { readonly id: string; readonly hash: string; readonly length: number; readonly type: string };
/** The reference and nothing besides: the first release wrote the name with it. */
export const fileRef = ({ id, hash, length, type }: FileRef): FileRef => ({ id, hash, length, type });

import type { Client } from '@temporalio/client';

/** A connection that is made at the first need and kept; one that could not be made is tried again at the next. */
export const keptOpen = (connect: () => Promise<Client>): { readonly get: () => Promise<Client>; readonly close: () => Promise<void> } => {
  let opened: Promise<Client> | undefined;
  const get = (): Promise<Client> => (opened ??= connect().catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
  return { get, close: async () => { await (await opened?.catch(() => undefined))?.connection.close(); } };
};

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../config/env';
import { type LinkKey, linkKeyOf } from '../links';

/** Where a home keeps the key that `dondoc up` made for it. */
export const linkSecretPath = (home: string): string => join(home, 'link-secret');

/** The key of this installation: `DONDOC_LINK_SECRET`, else the one of its home; undefined where this machine has neither. */
export const siteKey = async ({ linkSecret, home }: Pick<Settings, 'linkSecret' | 'home'>): Promise<LinkKey | undefined> => {
  const secret = linkSecret ?? (await readFile(linkSecretPath(home), 'utf8').then((text) => text.trim(), () => ''));
  return secret === '' ? undefined : linkKeyOf(secret);
};

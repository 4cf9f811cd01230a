import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** What `up` writes into a home, and what `--fresh` removes. */
export const UP_PARTS: readonly string[] = [
  'ledger',
  'socket',
  'inbox',
  'temporal.db',
  'temporal.db-shm',
  'temporal.db-wal',
  'temporal.log',
  'dondoc.log',
  'run.json',
  'link-secret',
  'home.json',
];
/** With what the audit leaves there: all that is ours, the rest of the folder is somebody else's. */
const OURS: readonly string[] = [...UP_PARTS, 'audit.json'];

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

const statOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });
const isOpen = (stat: Stats | undefined, bits = OTHERS): boolean =>
  stat !== undefined && !stat.isSymbolicLink() && (stat.mode & bits) !== 0;

/** What other accounts of this machine reach in a home. `folder`: the home itself, and whether only ours lies in it. */
export type OpenHome = {
  readonly folder: { readonly path: string; readonly isOursAlone: boolean; readonly isWritable: boolean } | undefined;
  readonly parts: readonly string[];
};

/**
 * Nothing in a home that is closed, or is not there, and where the system knows no such modes; no symbolic link is
 * followed.
 */
export const openToOthers = (home: string): OpenHome => {
  const stat = process.getuid === undefined ? undefined : statOf(home);
  if (stat === undefined || !stat.isDirectory() || !isOpen(stat)) return { folder: undefined, parts: [] };
  const names = readdirSync(home);
  return {
    folder: {
      path: home,
      isOursAlone: names.every((name) => OURS.includes(name)),
      isWritable: isOpen(stat, OTHERS_WRITE) && (stat.mode & STICKY) === 0,
    },
    parts: names
      .filter((name) => OURS.includes(name))
      .map((name) => join(home, name))
      .filter((path) => isOpen(statOf(path))),
  };
};

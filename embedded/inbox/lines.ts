import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file of JSON lines that only grows. A line that a killed process left unfinished is passed over. */
export type Lines<T> = { readonly all: readonly T[]; append(value: T): Promise<void> };

const parsed = <T>(line: string): readonly T[] => {
  try {
    return line === '' ? [] : [JSON.parse(line) as T];
  } catch {
    return [];
  }
};

/** Opens the file, or begins it. What `append` has answered for is on disk. */
export const openLines = async <T>(path: string): Promise<Lines<T>> => {
  await mkdir(dirname(path), { recursive: true });
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const all = text.split('\n').flatMap((line) => parsed<T>(line));
  if (text !== '' && !text.endsWith('\n')) await appendFile(path, '\n');
  let last: Promise<void> = Promise.resolve();
  return {
    all,
    append: (value) => {
      const written = last.catch(() => undefined).then(() => appendFile(path, `${JSON.stringify(value)}\n`)).then(() => { all.push(value); });
      last = written;
      return written;
    },
  };
};

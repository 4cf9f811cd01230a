import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const up = (from: string): string => (existsSync(join(from, 'package-lock.json')) || dirname(from) === from ? from : up(dirname(from)));

/** The folder of the checkout, from the sources and from `dist` alike. */
export const projectRoot = (): string => up(__dirname);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDirectory } from '../../../config/directory';
import { readPlan, type PlanReading } from '../../../config/read-plan';
import type { Directory } from '../../../domain/plan';

const ROOT = join(__dirname, '../../..');
export const example = (name: string): Buffer => readFileSync(join(ROOT, 'examples', name));
export const fixture = (name: string): Buffer => readFileSync(join(ROOT, 'test/fixtures/config', name));

export const demoDirectory = (): Directory => {
  const { directory, errors } = readDirectory(example('thu-muc-thai-binh.yaml').toString(), 'thu-muc-thai-binh.yaml');
  if (directory === null) throw new Error(JSON.stringify(errors));
  return directory;
};
export const readFixture = (name: string, options: { code?: string; issuedOn?: string; directory?: Directory } = {}): PlanReading =>
  readPlan({ name, bytes: fixture(name) }, { directory: demoDirectory(), ...options });
export const readSeed = (): PlanReading =>
  readPlan({ name: 'ke-hoach-25-ctr-thai-binh.txt', bytes: example('ke-hoach-25-ctr-thai-binh.txt') }, { directory: demoDirectory(), code: 'CN18' });

/** A problem as a person reads it, in one line. */
export const line = (p: { where: string; row?: string; cell?: string; message: string; accepted: string }): string =>
  [p.where, ...(p.row === undefined ? [] : [`số ${p.row}`]), ...(p.cell === undefined ? [] : [p.cell]), `${p.message} (${p.accepted})`].join(' | ');

/** npm run bench [-- NAME …]: measures, prints, and after a whole run writes docs/benchmarks.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure, Part } from './figure';
import { parts } from './parts';
import { asDocument, asTable } from './report';

export type Measured = { readonly part: Part; readonly figures: readonly Figure[]; readonly seconds: number };

const DOCUMENT = join(__dirname, '..', '..', 'docs', 'benchmarks.md');
const bundleWorkflows = require('../support/global-setup.cjs') as () => Promise<void>;
const say = (line: string): void => { process.stderr.write(`  ${line}\n`); };

const measure = async (part: Part): Promise<Measured> => {
  process.stderr.write(`== ${part.name}: ${part.title}\n`);
  const from = Date.now();
  const figures = await part.run(say);
  const measured = { part, figures, seconds: (Date.now() - from) / 1000 };
  process.stdout.write(`${asTable(measured)}\n`);
  return measured;
};

const main = async (wanted: readonly string[]): Promise<void> => {
  const unknown = wanted.filter((name) => !parts.some((p) => p.name === name));
  if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}; there are ${parts.map((p) => p.name).join(', ')}`);
  await bundleWorkflows();
  const all: Measured[] = [];
  for (const part of parts.filter((p) => wanted.length === 0 || wanted.includes(p.name))) all.push(await measure(part));
  if (wanted.length > 0) return;
  writeFileSync(DOCUMENT, asDocument(all));
  process.stdout.write('docs/benchmarks.md is written.\n');
};

main(process.argv.slice(2)).then(() => process.exit(0), (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  process.exit(1);
});

// npm run bench [-- NAME …]: measures ratios (test/bench) and, after a whole run, writes docs/benchmarks.md.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root, runNode } from './lib/project.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const loader = join(root, 'test', 'support', 'swc-require.cjs');
const program = ['--disable-warning=ExperimentalWarning', '-r', loader, join('test', 'bench', 'main.ts')];
process.exitCode = await runNode([...program, ...process.argv.slice(2)]);

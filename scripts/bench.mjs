// npm run bench [-- NAME …]: measures ratios (test/bench) and, after a whole run, writes docs/benchmarks.md.
import { join } from 'node:path';
import { ensureInstalled, requireNode, root, runNode } from './lib/project.mjs';

requireNode();
await ensureInstalled();
process.exitCode = await runNode(['--disable-warning=ExperimentalWarning', '-r', join(root, 'test', 'support', 'swc-require.cjs'), join('test', 'bench', 'main.ts'), ...process.argv.slice(2)]);

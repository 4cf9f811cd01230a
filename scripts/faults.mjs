// npm run faults [-- short | -- only TEXT]: injects every fault of delivery (test/faults) and, after a whole run, writes the table of docs/delivery.md.
import { join } from 'node:path';
import { ensureInstalled, requireNode, root, runNode } from './lib/project.mjs';

requireNode();
await ensureInstalled();
const loader = join(root, 'test', 'support', 'swc-require.cjs');
process.exitCode = await runNode(['--disable-warning=ExperimentalWarning', '-r', loader, join('test', 'faults', 'main.ts'), ...process.argv.slice(2)]);

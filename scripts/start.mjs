// npm start: installs and builds what is missing, then runs everything embedded in this process. Flags: --fresh, --real-clock.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root } from './lib/project.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const { main } = createRequire(import.meta.url)(join(root, 'dist', 'embedded', 'up.js'));
await main(process.argv.slice(2));

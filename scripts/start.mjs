// npm start: installs and builds what is missing, then runs everything embedded in this process. Flags: --fresh, --real-clock.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root } from './lib/project.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
/** Under npm nobody else would tell us that npm itself was killed: then we stop as if we had been told to. */
if (process.env['npm_lifecycle_event'] === 'start') {
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM'); }, 1000).unref();
}
const { main } = createRequire(import.meta.url)(join(root, 'dist', 'embedded', 'up.js'));
await main(process.argv.slice(2));

#!/usr/bin/env node
/** Runs the compiled program: `worker` and `up` are processes of their own rooms, everything else is the command line. */
import { existsSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const PROCESSES = { worker: 'worker/main.js', up: 'embedded/up.js' };
const asksForHelp = process.argv.includes('--help') || process.argv.includes('-h');
const program = asksForHelp ? undefined : PROCESSES[process.argv[2]];
const target = join(dist, program ?? 'client/cli/main.js');

if (existsSync(target)) {
  process.argv.splice(1, program ? 2 : 1, target);
  Module.runMain();
} else {
  const message = 'Chưa biên dịch chương trình. Chạy "npm run build" rồi thử lại.';
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error: { code: 'not-built', message } })}\n`);
  else process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}

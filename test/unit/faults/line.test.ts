import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const GONE_MS = 20_000;

/** Clients are killed, and the line is cut at once, in a process of its own. */
const PROGRAM = `
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { createServer } = require('node:net');
const { startLine } = require('./test/faults/line.ts');
const CLIENT = "for (let i = 0; i < 5; i += 1) require('node:net').connect(+process.argv[1], '127.0.0.1');";
const CLIENTS = 12;
const main = async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).resume());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const reader = () => ({ fromClient: () => [], fromServer: () => [] });
  const line = await startLine({ port: server.address().port, host: '127.0.0.1' }, reader);
  for (let n = 0; n < CLIENTS; n += 1) {
    const client = spawn(process.execPath, ['-e', CLIENT, String(line.port)]);
    await once(server, 'connection');
    client.kill('SIGKILL');
    await once(client, 'exit');
    line.cutAll();
  }
  await line.stop();
  server.close();
};
void main();
`;

it('a process ends by itself after it cut a line whose client had just been killed', async () => {
  const loader = join(ROOT, 'test', 'support', 'swc-require.cjs');
  const child = spawn(process.execPath, ['-r', loader, '-e', PROGRAM], { cwd: ROOT, stdio: 'inherit' });
  const timer = setTimeout(() => child.kill('SIGKILL'), GONE_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  expect(code).toBe(0);
}, 30_000);

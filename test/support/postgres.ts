import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
const candidates = (): string[] => [
  ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)).map((v) => join(DEBIAN, v, 'bin')) : []),
  ...(process.env['PATH'] ?? '').split(delimiter),
];
/** The folder with `initdb` and `postgres`, or undefined where PostgreSQL is not installed. */
export const postgresPrograms = (): string | undefined => candidates().find((dir) => ['initdb', 'postgres'].every((p) => dir !== '' && existsSync(join(dir, p))));

/** PostgreSQL refuses to run as root: then its own user, or `nobody`. */
const serverUser = (): { uid?: number; gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  const name = spawnSync('id', ['-u', 'postgres']).status === 0 ? 'postgres' : 'nobody';
  const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
};

const untilReady = (server: ReturnType<typeof spawn>): Promise<void> =>
  new Promise((resolve, reject) => {
    let seen = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      seen = (seen + text).slice(-4000);
      if (seen.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL ended at once: ${seen}`)));
  });

/** A server of its own in a temporary folder, on a Unix socket only. */
export const startPostgres = async (bin: string): Promise<{ readonly socketDir: string; stop(): Promise<void> }> => {
  const dir = mkdtempSync(join(tmpdir(), 'dondoc-pg-'));
  const user = serverUser();
  chmodSync(dir, 0o711);
  if (user.uid !== undefined && user.gid !== undefined) chownSync(dir, user.uid, user.gid);
  const data = join(dir, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], { ...user, cwd: dir, stdio: 'pipe' });
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', dir, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=60'], {
    ...user, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilReady(server);
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  return { socketDir: dir, stop };
};

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

const untilReady = (server: ReturnType<typeof spawn>, log: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let seen = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      appendFileSync(log, text);
      seen = (seen + text).slice(-4000);
      if (seen.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL ended at once: ${seen}`)));
  });

/** The server's own processes, itself included: each of its children is the leader of a session, so that no signal reaches them all. */
const familyOf = (pid: number): number[] => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...(children === '' ? [] : children.split(' ').map(Number))];
};
/** One letter as in `ps`: T stands still, Z has ended; undefined where there is none. */
const stateOf = (pid: number): string | undefined => {
  try {
    return /^\d+ \(.*\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
};
/** One that has ended holds no shared memory any more, without which the server does not start again. */
const isGone = (pid: number): boolean => [undefined, 'X', 'Z'].includes(stateOf(pid));
const LOOK_MS = 2;
const untilIt = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
};
const killAll = (pids: readonly number[]): void => pids.forEach((pid) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // One that has just ended by itself needs no signal.
  }
});

export type Postgres = {
  readonly socketDir: string;
  /** What the server has said since its first start. */
  readonly logFile: string;
  /** SIGKILL to all its processes, as by the system: nothing is tidied up. Linux only. */
  kill(): Promise<void>;
  /** Starts it again on its data, after `kill` or after its files were replaced. */
  start(): Promise<void>;
  /** SIGINT: its sessions are ended and its files are whole; `start` goes on. */
  halt(): Promise<void>;
  stop(): Promise<void>;
};

/** A server of its own in a temporary folder, on a Unix socket only; `options` are settings of the server besides ours. */
export const startPostgres = async (bin: string, options: Readonly<Record<string, string>> = {}): Promise<Postgres> => {
  const dir = mkdtempSync(join(tmpdir(), 'dondoc-pg-'));
  const user = serverUser();
  chmodSync(dir, 0o711);
  if (user.uid !== undefined && user.gid !== undefined) chownSync(dir, user.uid, user.gid);
  const data = join(dir, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], { ...user, cwd: dir, stdio: 'pipe' });
  const logFile = join(dir, 'server.log');
  const more = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ReturnType<typeof spawn>;
  const start = (): Promise<void> => {
    server = spawn(join(bin, 'postgres'), ['-D', data, '-k', dir, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=60', ...more], {
      ...user, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'],
    });
    return untilReady(server, logFile);
  };
  const end = async (signal: () => void): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    signal();
    await ended;
  };
  await start();
  const halt = (): Promise<void> => end(() => server.kill('SIGINT'));
  return {
    socketDir: dir, logFile, start, halt,
    kill: async () => {
      const pid = server.pid ?? 0;
      // A server that stands still forks no child that the list would lack.
      process.kill(pid, 'SIGSTOP');
      await untilIt(() => stateOf(pid) === 'T' || isGone(pid));
      const family = isGone(pid) ? [] : familyOf(pid);
      await end(() => killAll(family));
      await untilIt(() => family.every(isGone));
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) await halt();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

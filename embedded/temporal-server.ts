import { Connection } from '@temporalio/client';
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes';

export type DevServerOptions = {
  /** Path of the `temporal` program. */
  readonly cli: string;
  /** SQLite file of the server, made if absent; left out: in memory. */
  readonly dbFile?: string;
  /** Left out, or taken by somebody else: any free port. */
  readonly port?: number;
  /** Temporal's own pages; `null` leaves them out. Left out, or taken: any free port. */
  readonly uiPort?: number | null;
  /** File that gets what the server says. */
  readonly logFile: string;
};
export type DevServer = {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** Undefined without pages. */
  readonly uiUrl: string | undefined;
  /** Ends the server and waits for its end; a second call waits too. */
  stop(): Promise<void>;
  /** Settles when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
};

const HOST = '127.0.0.1';
const READY_TIMEOUT_MS = 60_000;
const KILL_AFTER_MS = 5_000;

/**
 * The server dies with us: the shell reads our end of its standard input, which closes when this process ends in any way, and then stops the server.
 * `read` is part of the shell, so nobody else is left over.
 */
const GUARD = [
  '"$@" 3<&- </dev/null & server=$!',
  '( while read -r line <&3; do :; done; kill -TERM $server; sleep 5; kill -KILL $server ) 2>/dev/null & guard=$!',
  "trap 'kill -TERM $server' TERM INT HUP",
  'wait $server; code=$?',
  'while kill -0 $server 2>/dev/null; do wait $server; code=$?; done',
  'kill $guard 2>/dev/null; exit $code',
].join('\n');

const listenOnce = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(port, HOST, () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
/** The port asked for where nobody has it, else any free one on loopback. */
export const freePort = (wanted = 0): Promise<number> => listenOnce(wanted).catch(() => listenOnce(0));

const argumentsFor = (options: DevServerOptions, port: number, uiPort: number | undefined): string[] => [
  'server', 'start-dev', '--ip', HOST, '--port', String(port), '--log-level', 'warn',
  ...(options.dbFile === undefined ? [] : ['--db-filename', options.dbFile]),
  ...(uiPort === undefined ? ['--headless'] : ['--ui-ip', HOST, '--ui-port', String(uiPort), '--ui-disable-news-fetch']),
  ...Object.values(SEARCH_ATTRIBUTES).flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
];

const spawnGuarded = (options: DevServerOptions, args: readonly string[]): ChildProcess => {
  const log = openSync(options.logFile, 'a', 0o600);
  // A group of its own: Ctrl-C reaches us alone, and we end the server last.
  const child = spawn('/bin/sh', ['-c', `exec 3<&0\n${GUARD}`, 'dondoc-temporal', options.cli, ...args], { stdio: ['pipe', log, log], detached: true });
  closeSync(log);
  return child;
};

/** One attempt: the server answers, and the namespace is there. */
const answers = async (address: string): Promise<boolean> => {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
};

const untilReady = async (address: string, hasEnded: () => boolean, logFile: string): Promise<void> => {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(address))) {
    if (hasEnded()) throw new Error(`máy chủ Temporal kết thúc ngay khi khởi động; đề nghị xem ${logFile}`);
    if (Date.now() > deadline) throw new Error(`máy chủ Temporal không trả lời sau ${READY_TIMEOUT_MS / 1000} giây; đề nghị xem ${logFile}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/**
 * Starts the Temporal dev server as a child of this process, on loopback only, with the search attributes of dondoc registered, and answers when
 * it serves. It ends with `stop`, and also when this process is killed.
 */
export const startDevServer = async (options: DevServerOptions): Promise<DevServer> => {
  const port = await freePort(options.port);
  const uiPort = options.uiPort === null ? undefined : await freePort(options.uiPort);
  const address = `${HOST}:${port}`;
  const child = spawnGuarded(options, argumentsFor(options, port, uiPort));
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => { hasEnded = true; resolve(); });
    child.once('exit', () => { hasEnded = true; child.stdin?.destroy(); resolve(); });
  });
  const stop = async (): Promise<void> => {
    if (hasEnded) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.stdin?.destroy(), KILL_AFTER_MS);
    await ended;
    clearTimeout(force);
  };
  try {
    await untilReady(address, () => hasEnded, options.logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, uiUrl: uiPort === undefined ? undefined : `http://${HOST}:${uiPort}`, stop, ended };
};

import { Connection } from '@temporalio/client';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes';
import { freePort } from './free-port';
import { hiddenHost, openUiDoor, type UiDoor } from './temporal-ui';

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
  /** Where Temporal's HTTP API listens; it answers nobody. */
  readonly httpUrl: string;
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
  'kill $guard 2>/dev/null; wait $guard 2>/dev/null; exit $code',
].join('\n');

type Ports = { readonly port: number; readonly httpPort: number; /** Undefined without pages. */ readonly ui: { readonly host: string; readonly port: number } | undefined };
/** The HTTP API looks at nothing but `Host`, and a page of any site may post to it: it answers to a name that nobody knows. */
const closedName = (): string => `${randomBytes(16).toString('hex')}.invalid`;

const argumentsFor = (options: DevServerOptions, { port, httpPort, ui }: Ports): string[] => [
  'server', 'start-dev', '--ip', HOST, '--port', String(port), '--log-level', 'warn',
  '--http-port', String(httpPort), '--dynamic-config-value', `frontend.httpAllowedHosts=["${closedName()}"]`,
  ...(options.dbFile === undefined ? [] : ['--db-filename', options.dbFile]),
  ...(ui === undefined ? ['--headless'] : ['--ui-ip', ui.host, '--ui-port', String(ui.port), '--ui-disable-news-fetch']),
  ...Object.values(SEARCH_ATTRIBUTES).flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
];

const spawnGuarded = (options: DevServerOptions, args: readonly string[]): ChildProcess => {
  const log = openSync(options.logFile, 'a', 0o600);
  // A group of its own: Ctrl-C reaches us alone, and we end the server last.
  const child = spawn('/bin/sh', ['-c', `umask 077\nexec 3<&0\n${GUARD}`, 'dondoc-temporal', options.cli, ...args], { stdio: ['pipe', log, log], detached: true });
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

/** Programs of before 2024 know no names to answer to. */
const mustBeClosed = async (httpPort: number): Promise<void> => {
  const { status } = await fetch(`http://${HOST}:${httpPort}/api/v1/namespaces`);
  if (status !== 403) throw new Error('chương trình temporal này để ngỏ cổng HTTP cho mọi trang web; đề nghị dùng bản mới hơn (DONDOC_TEMPORAL_CLI)');
};

const uiPlace = async (): Promise<NonNullable<Ports['ui']>> => {
  const host = hiddenHost();
  return { host, port: await freePort(0, host) };
};

/**
 * Starts the Temporal dev server as a child of this process, on loopback only, with the search attributes of dondoc registered, and answers when
 * it serves. It ends with `stop`, and also when this process is killed.
 */
export const startDevServer = async (options: DevServerOptions): Promise<DevServer> => {
  const port = await freePort(options.port);
  const httpPort = await freePort();
  const ui = options.uiPort === null ? undefined : await uiPlace();
  const address = `${HOST}:${port}`;
  const child = spawnGuarded(options, argumentsFor(options, { port, httpPort, ui }));
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => { hasEnded = true; resolve(); });
    child.once('exit', () => { hasEnded = true; child.stdin?.destroy(); resolve(); });
  });
  let door: UiDoor | undefined;
  const stop = async (): Promise<void> => {
    await door?.close();
    if (hasEnded) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.stdin?.destroy(), KILL_AFTER_MS);
    await ended;
    clearTimeout(force);
  };
  try {
    await untilReady(address, () => hasEnded, options.logFile);
    await mustBeClosed(httpPort);
    door = ui && (await openUiDoor(await freePort(options.uiPort ?? 0), ui));
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, httpUrl: `http://${HOST}:${httpPort}`, uiUrl: door?.url, stop, ended };
};

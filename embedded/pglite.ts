import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { socketFolder } from '../ledger/connect';
import { takeLedgerLock } from './ledger-lock';
import { keepBatchesTogether } from './pglite-guard';

const MAX_CONNECTIONS = 64;

export type PgliteOptions = {
  /** Folder of the ledger's files. `undefined`: in memory, gone with the process. */
  readonly dataDir: string | undefined;
  readonly socketDir: string;
  /** Where a snapshot of an empty database is kept, so that only the first start ever takes seconds. Left out: `.cache` of the project. */
  readonly cacheDir?: string;
  readonly log?: (line: string) => void;
};

const projectRoot = (from: string): string => (existsSync(join(from, 'package.json')) || dirname(from) === from ? from : projectRoot(dirname(from)));

const pgliteVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(require.resolve('@electric-sql/pglite')), '..', 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
};

/** Other processes see the whole file or none. */
const writeWhole = (file: string, content: Uint8Array): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, content);
  renameSync(`${file}.${process.pid}`, file);
};

/** An empty database from the snapshot; where there is none yet it is made, and kept for the next time. */
const createEmpty = async (dataDir: string | undefined, snapshot: string, log: (line: string) => void): Promise<PGlite> => {
  const where = dataDir === undefined ? {} : { dataDir };
  if (existsSync(snapshot)) return PGlite.create({ ...where, loadDataDir: new Blob([readFileSync(snapshot)]) });
  log('preparing the embedded database for the first time');
  const db = await PGlite.create(where);
  const dump = await db.dumpDataDir('gzip');
  writeWhole(snapshot, new Uint8Array(await dump.arrayBuffer()));
  return db;
};

/** A cluster that was not finished is never opened: it is made aside and renamed when it is whole. */
const openCluster = async (dataDir: string, snapshot: string, log: (line: string) => void): Promise<PGlite> => {
  const cluster = join(dataDir, 'pg');
  if (!existsSync(cluster)) {
    rmSync(`${cluster}.part`, { recursive: true, force: true });
    const db = await createEmpty(`${cluster}.part`, snapshot, log);
    await db.close();
    renameSync(`${cluster}.part`, cluster);
  }
  return PGlite.create({ dataDir: cluster });
};

/** The folder belongs to this user alone: whoever reaches the socket reaches everything. */
const prepareSocket = (dir: string): string => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const owner = lstatSync(dir);
  if (!owner.isDirectory() || (process.getuid !== undefined && owner.uid !== process.getuid())) throw new Error(`${dir} belongs to somebody else`);
  const path = join(dir, '.s.PGSQL.5432');
  rmSync(path, { force: true });
  return path;
};

/**
 * Opens the embedded ledger and serves it on a Unix socket: `connectLedger({ socketDir })` with the folder given here or the one answered.
 * It survives a killed process, not a power failure (PGlite never calls fsync). One session serves all clients in turn: `set` without `local`,
 * advisory locks and SKIP LOCKED mean nothing here. `stop` may be called twice.
 * @throws LedgerInUse while another living process has it open.
 */
export const startPglite = async (options: PgliteOptions): Promise<{ readonly socketDir: string; stop(): Promise<void> }> => {
  const { dataDir, log = () => undefined } = options;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const release = dataDir === undefined ? () => undefined : takeLedgerLock(dataDir);
  try {
    const snapshot = join(options.cacheDir ?? join(projectRoot(__dirname), '.cache'), `pglite-${pgliteVersion()}.tar.gz`);
    const db = keepBatchesTogether(dataDir === undefined ? await createEmpty(undefined, snapshot, log) : await openCluster(dataDir, snapshot, log));
    const socketDir = socketFolder(options.socketDir);
    const server = new PGLiteSocketServer({ db, path: prepareSocket(socketDir), maxConnections: MAX_CONNECTIONS });
    await server.start();
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await server.stop();
      await db.close();
      release();
    };
    return { socketDir, stop: () => (stopped ??= stop()) };
  } catch (error) {
    release();
    throw error;
  }
};

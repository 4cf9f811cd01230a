import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPglite } from '../../embedded/pglite';
import { connectLedger, type Ledger } from '../../ledger/connect';
import { migrateLedger } from '../../ledger/migrate';
import { postgresPrograms, startPostgres } from './postgres';

type Server = { readonly socketDir: string; stop(): Promise<void> };
export type LedgerEngine = {
  readonly name: 'PGlite' | 'PostgreSQL';
  /** An empty, migrated ledger. It replaces the one before on the same engine, which is closed; the first call starts the engine. */
  freshLedger(): Promise<Ledger>;
  /** The folder of the engine's socket, for a second connection beside the ledger. */
  socketDir(): Promise<string>;
  /** Closes the ledger and ends the engine. */
  stop(): Promise<void>;
};

const engine = (name: LedgerEngine['name'], start: () => Promise<Server>): LedgerEngine => {
  let server: Promise<Server> | undefined;
  let ledger: Ledger | undefined;
  const running = (): Promise<Server> => (server ??= start());
  return {
    name,
    freshLedger: async () => {
      await ledger?.close();
      ledger = connectLedger({ socketDir: (await running()).socketDir });
      await sql`drop schema if exists public cascade`.execute(ledger);
      await sql`create schema public`.execute(ledger);
      await migrateLedger(ledger);
      return ledger;
    },
    socketDir: async () => (await running()).socketDir,
    stop: async () => {
      await ledger?.close();
      await (await server)?.stop();
      [server, ledger] = [undefined, undefined];
    },
  };
};

const startInMemory = async (): Promise<Server> => {
  const socketDir = mkdtempSync(join(tmpdir(), 'dondoc-pglite-'));
  const pglite = await startPglite({ dataDir: undefined, socketDir });
  return { socketDir: pglite.socketDir, stop: () => pglite.stop().then(() => rmSync(socketDir, { recursive: true, force: true })) };
};

/** The embedded engine, in memory: for tests that need a ledger and are not about the engine. Call `stop` in `afterAll`. */
export const embeddedEngine = (): LedgerEngine => engine('PGlite', startInMemory);

/** Every engine of this machine: the embedded one always, PostgreSQL where its programs are installed, otherwise said aloud. */
export const ledgerEngines = (): readonly LedgerEngine[] => {
  const bin = postgresPrograms();
  if (bin !== undefined) return [embeddedEngine(), engine('PostgreSQL', () => startPostgres(bin))];
  process.stderr.write('SKIPPED on PostgreSQL: initdb and postgres are not installed here; these tests ran on the embedded engine only.\n');
  return [embeddedEngine()];
};

/** The same tests on every engine; `fresh` gives each test an empty ledger. */
export const onEachEngine = (tests: (fresh: () => Promise<Ledger>, engine: LedgerEngine) => void): void => {
  describe.each(ledgerEngines().map((e) => [e.name, e] as const))('on %s', (_name, one) => {
    afterAll(() => one.stop());
    tests(() => one.freshLedger(), one);
  });
};

/** A ledger on the embedded engine, with what ends both. */
export const freshLedger = async (): Promise<{ readonly ledger: Ledger; readonly socketDir: string; stop(): Promise<void> }> => {
  const one = embeddedEngine();
  const ledger = await one.freshLedger();
  return { ledger, socketDir: await one.socketDir(), stop: () => one.stop() };
};

import { join } from 'node:path';
import type { Settings } from '../../config/env';
import type { Clock } from '../../contracts/clock';
import { connectLedger, type Ledger, type OnQuery } from '../../ledger/connect';
import { migrateLedger } from '../../ledger/migrate';
import { PATIENCE_OF_PAGES } from '../../ledger/patience';
import { readClock, writeClock } from '../../ledger/settings';
import { prepareLedger } from '../../worker/prepare-ledger';
import { LedgerInUse } from '../ledger-lock';
import { startPglite } from '../pglite';
import { CannotStart } from './home';
import type { Stack } from './stack';

/** Connections of the worker's pool, and so the most activities at a time; pages and the clock have a few of their own. */
export const POOL = { worker: 20, others: 6 } as const;

export type Ledgers = { readonly worker: Ledger; readonly others: Ledger; readonly socketDir: string | undefined };

const startEngine = async (home: string, log: (line: string) => void): Promise<Awaited<ReturnType<typeof startPglite>>> => {
  try {
    return await startPglite({ dataDir: join(home, 'ledger'), socketDir: join(home, 'socket'), log });
  } catch (error) {
    if (error instanceof LedgerInUse) throw new CannotStart(`Dữ liệu trong ${home} đang được tiến trình ${error.pid} sử dụng. Đề nghị dừng tiến trình đó trước.`);
    throw error;
  }
};

/** The ledger of `DATABASE_URL`, or the embedded one behind its socket; migrated, with a calendar, and with `clock` where it has none yet. */
export const startLedger = async (settings: Settings, clock: Clock, stack: Stack, log: (line: string) => void, onQuery?: OnQuery): Promise<Ledgers> => {
  const engine = settings.databaseUrl === null ? await startEngine(settings.home, log) : undefined;
  if (engine) stack.onStop('ledger engine', engine.stop);
  const address = engine ? { socketDir: engine.socketDir } : { connectionString: settings.databaseUrl ?? '' };
  const watched = onQuery === undefined ? {} : { onQuery };
  const worker = connectLedger(address, { max: POOL.worker, ...watched });
  // The embedded engine is in this process: it is slow at times, and never far away.
  const ofPages = engine ? {} : { patience: PATIENCE_OF_PAGES };
  const others = connectLedger(address, { max: POOL.others, ...ofPages, ...watched });
  stack.onStop('ledger', () => Promise.all([worker.close(), others.close()]));
  await migrateLedger(worker);
  if ((await readClock(others)) === undefined) await writeClock(others, clock);
  await prepareLedger(others, clock.anchor);
  return { worker, others, socketDir: engine?.socketDir };
};

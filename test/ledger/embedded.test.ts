import { sql } from 'kysely';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerInUse, takeLedgerLock } from '../../embedded/ledger-lock';
import { startPglite } from '../../embedded/pglite';
import { connectLedger } from '../../ledger/connect';
import { migrateLedger } from '../../ledger/migrate';
import { readClock, writeClock } from '../../ledger/settings';

const CLOCK = { anchor: 1, from: 2, rate: 1 };
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dondoc-embedded-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('what was written is there after a stop and a start, over a socket that a killed process left behind and a path too long for a socket', async () => {
  const socketDir = join(dir, 'a'.repeat(120));
  const first = await startPglite({ dataDir: join(dir, 'data'), socketDir });
  const db = connectLedger({ socketDir });
  await migrateLedger(db);
  await writeClock(db, CLOCK);
  await db.close();
  await first.stop();
  await first.stop();
  expect(Buffer.byteLength(first.socketDir)).toBeLessThan(90);
  mkdirSync(first.socketDir, { recursive: true });
  writeFileSync(join(first.socketDir, '.s.PGSQL.5432'), '');

  const second = await startPglite({ dataDir: join(dir, 'data'), socketDir });
  const again = connectLedger({ socketDir: second.socketDir });
  expect(await migrateLedger(again)).toEqual([]);
  expect(await readClock(again)).toEqual(CLOCK);
  await again.close();
  await second.stop();
  rmSync(first.socketDir, { recursive: true, force: true });
});

test('a database that was only half made is made again', async () => {
  mkdirSync(join(dir, 'data', 'pg.part'), { recursive: true });
  writeFileSync(join(dir, 'data', 'pg.part', 'PG_VERSION'), '');
  const pglite = await startPglite({ dataDir: join(dir, 'data'), socketDir: dir });
  const db = connectLedger({ socketDir: dir });
  expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  await db.close();
  await pglite.stop();
  expect(existsSync(join(dir, 'data', 'pg.part'))).toBe(false);
});

test('a second start is kept out while the first lives, and its failure leaves the lock to the first', async () => {
  const release = takeLedgerLock(dir);
  expect(() => takeLedgerLock(dir)).toThrow(LedgerInUse);
  await expect(startPglite({ dataDir: dir, socketDir: dir })).rejects.toMatchObject({ name: 'LedgerInUse', pid: process.pid });
  expect(readFileSync(join(dir, 'ledger.lock'), 'utf8')).toContain(String(process.pid));
  release();
  takeLedgerLock(dir)();
  expect(existsSync(join(dir, 'ledger.lock'))).toBe(false);
});

test.each([['a dead process', '999999999 1\n'], ['an earlier process under a number that is in use again', `${process.pid} 1\n`], ['a file that says nothing', '\n']])(
  'the lock of %s is taken over', (_who, content) => {
    writeFileSync(join(dir, 'ledger.lock'), content);
    const release = takeLedgerLock(dir);
    expect(readFileSync(join(dir, 'ledger.lock'), 'utf8')).toContain(`${process.pid} `);
    release();
  },
);

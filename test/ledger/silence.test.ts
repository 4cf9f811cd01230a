import { type Kysely, sql } from 'kysely';
import { connectLedger, type Ledger } from '../../ledger/connect';
import { migrateLedger } from '../../ledger/migrate';
import type { Patience } from '../../ledger/patience';
import type { Schema } from '../../ledger/schema';
import { type BlackHole, startBlackHole } from '../support/black-hole';
import { embeddedEngine, ledgerEngines } from '../support/ledger';

/** The shipped limits in small, so that nobody waits for long; wide enough for a busy machine. */
const SHORT: Patience = { connect: 1_500, ask: 500, answer: 1_500, work: 60_000, idle: 60_000 };
/** By when everything has settled: asked, not answered, and once more for who waited for a connection. */
const SETTLED_MS = 10_000;
const within = async (work: Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work;
  return performance.now() - begun;
};
const count = async (db: Ledger): Promise<number> =>
  Number((await sql<{ n: number }>`select count(*)::int as n from tally`.execute(db)).rows[0]?.n);
const write = (db: Ledger, subject: string): Promise<unknown> =>
  sql`insert into tally (kind, subject, since, count) values ('k', ${subject}, now(), 1)`.execute(db);
const sleep = (db: Kysely<Schema>, seconds: number): Promise<unknown> =>
  sql`select pg_sleep(${seconds}::float8)`.execute(db);
const SILENT = { code: '08006', message: 'the ledger does not answer' };

const engine = ledgerEngines().find((e) => e.name === 'PostgreSQL');
(engine === undefined ? describe.skip : describe)('a ledger on PostgreSQL that falls silent', () => {
  let [hole, db]: [BlackHole, Ledger] = [undefined!, undefined!];
  const open = (patience: Partial<Patience> = {}): Ledger =>
    connectLedger(
      { connectionString: `postgres://postgres@127.0.0.1:${hole.port}/postgres` },
      { max: 3, patience: { ...SHORT, ...patience } },
    );
  beforeEach(async () => {
    await engine!.freshLedger();
    hole = await startBlackHole({ path: `${await engine!.socketDir()}/.s.PGSQL.5432` });
    db = open();
  });
  afterEach(async () => {
    hole.speak();
    await db.close();
    await hole.stop();
  });
  afterAll(() => engine?.stop());

  it('fails whatever is under way, transactions too, and serves again as soon as it speaks', async () => {
    let fall: () => void = () => undefined;
    const silence = new Promise<void>((resolve) => {
      fall = resolve;
    });
    const half = db.transaction().execute(async (tx) => {
      await sql`insert into tally (kind, subject, since, count) values ('k', 'half', now(), 1)`.execute(tx);
      await silence;
      await sql`select 1`.execute(tx);
    });
    await count(db);
    hole.swallow();
    fall();
    const all = [half, ...Array.from({ length: 6 }, (_, i) => write(db, `lost-${i}`))];
    expect(await within(Promise.allSettled(all))).toBeLessThan(SETTLED_MS);
    await expect(half).rejects.toMatchObject(SILENT);
    for (const one of await Promise.allSettled(all)) expect(one.status).toBe('rejected');
    hole.speak();
    expect(await within(write(db, 'after'))).toBeLessThan(SETTLED_MS);
    expect(await count(db)).toBe(1);
  });

  it('finds that a statement was lost although the server answers again', async () => {
    await count(db);
    hole.swallow();
    const lost = write(db, 'lost');
    setTimeout(() => hole.speak(), 100);
    await expect(lost).rejects.toMatchObject(SILENT);
    expect(await count(db)).toBe(0);
  });

  it('leaves a statement alone that the server is at work on', async () => {
    await sleep(db, 2.5);
    expect(await db.transaction().execute((tx) => sleep(tx, 1.5).then(() => 'done'))).toBe('done');
  });

  it('uses no connection again that is as old as a lost one', async () => {
    await Promise.all([sleep(db, 0.2), sleep(db, 0.2), sleep(db, 0.2)]);
    hole.strand();
    await expect(count(db)).rejects.toMatchObject(SILENT);
    expect(await Promise.all([count(db), count(db), count(db)])).toEqual([0, 0, 0]);
  });

  it('gives a statement, and a transaction in which nothing happens, their time; a migration has its own', async () => {
    await db.close();
    db = open({ work: 700, idle: 700 });
    await expect(sleep(db, 30)).rejects.toMatchObject({ code: '57014' });
    const stands = db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await sql`select 1`.execute(tx);
    });
    await expect(stands).rejects.toThrow();
    expect(await migrateLedger(db)).toEqual([]);
    expect((await sql<{ statement_timeout: string }>`show statement_timeout`.execute(db)).rows[0]).toEqual({
      statement_timeout: '700ms',
    });
  });
});

it('the embedded engine has the time of one statement for each', async () => {
  const embedded = embeddedEngine();
  await embedded.freshLedger();
  const other = connectLedger(
    { socketDir: await embedded.socketDir() },
    { patience: { ...SHORT, ask: 100, work: 400 } },
  );
  let free: () => void = () => undefined;
  const held = connectLedger({ socketDir: await embedded.socketDir() });
  await count(other);
  const isHeld = new Promise<void>((resolve) => {
    void held.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx);
      resolve();
      await new Promise<void>((go) => {
        free = go;
      });
    });
  });
  await isHeld;
  await expect(count(other)).rejects.toMatchObject(SILENT);
  free();
  expect(await count(other)).toBe(0);
  await Promise.all([other.close(), held.close()]);
  await embedded.stop();
});

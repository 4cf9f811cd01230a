import { sql } from 'kysely';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durabilityCheck, durabilityOf } from '../../client/cli/durability-check';
import type { Ledger } from '../../ledger/connect';
import { readDurability } from '../../ledger/durability';
import { ledgerEngines } from '../support/ledger';
import { until } from '../support/live-site';
import { postgresPrograms } from '../support/postgres';
import { dondoc } from '../unit/client/terminal';

const SAFE = { isFlushed: true, synchronousCommit: 'on', standbys: 0, waitsForStandby: false };

it.each([
  ['a server of its own', {}, ['ok']],
  ['one that does not flush', { isFlushed: false }, ['failed']],
  ['one that answers before it has written', { synchronousCommit: 'off' }, ['warning']],
  ['a replica that nobody waits for', { standbys: 1 }, ['warning']],
  ['a replica that is waited for', { standbys: 1, waitsForStandby: true }, ['ok']],
  [
    'one that our account does not wait for',
    { standbys: 1, waitsForStandby: true, synchronousCommit: 'local' },
    ['warning'],
  ],
  ['both at once', { standbys: 1, isFlushed: false }, ['failed', 'warning']],
])('%s', (_name, more, states) => {
  expect(durabilityOf({ ...SAFE, ...more }).map((c) => c.state)).toEqual(states);
});

const engine = ledgerEngines().find((e) => e.name === 'PostgreSQL');
(engine === undefined ? describe.skip : describe)('as PostgreSQL says it', () => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await engine!.freshLedger();
  });
  afterAll(() => engine!.stop());

  it('names what is wrong, and how to mend it', async () => {
    expect(await readDurability(ledger)).toEqual({ ...SAFE, isFlushed: false });
    const DATABASE_URL = `postgres://postgres@localhost/postgres?host=${await engine!.socketDir()}`;
    const { checks } = (await dondoc(['doctor', '--json'], { env: { DATABASE_URL } })).json() as {
      readonly checks: unknown;
    };
    expect(checks).toContainEqual(
      expect.objectContaining({ name: 'durability', state: 'failed', remedy: expect.stringContaining('fsync = on') }),
    );
  });

  it('reads what holds for our own account', async () => {
    await sql`alter role postgres set synchronous_commit = off`.execute(ledger);
    try {
      // Holds for connections from now on.
      const later = await engine!.freshLedger();
      expect(await readDurability(later)).toMatchObject({ synchronousCommit: 'off' });
    } finally {
      ledger = await engine!.freshLedger();
      await sql`alter role postgres reset synchronous_commit`.execute(ledger);
      ledger = await engine!.freshLedger();
    }
  });

  it('sees a replica that follows', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'dondoc-wal-'));
    const program = join(postgresPrograms()!, 'pg_receivewal');
    const replica = spawn(program, ['-h', await engine!.socketDir(), '-U', 'postgres', '-D', dir], { stdio: 'ignore' });
    const ended = once(replica, 'exit');
    try {
      await until('the replica follows', async () => (await readDurability(ledger)).standbys === 1);
      const details = (await durabilityCheck(ledger)).map((c) => c.detail);
      expect(details).toContainEqual(expect.stringContaining('1 máy dự phòng nhận dữ liệu không đồng bộ'));
    } finally {
      replica.kill('SIGKILL');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

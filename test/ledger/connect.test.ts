import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { connectLedger } from '../../ledger/connect';
import { migrateLedger } from '../../ledger/migrate';
import { onEachEngine } from '../support/ledger';

const AT = Date.UTC(2018, 9, 22, 1, 0, 0, 123);

onEachEngine((fresh, engine) => {
  test('a second migration changes nothing', async () => {
    const db = await fresh();
    expect(await migrateLedger(db)).toEqual([]);
  });

  test('a ledger that had a later number first gets the one that came after it', async () => {
    const db = await fresh();
    await sql`delete from kysely_migration where name = '0011-doors'`.execute(db);
    await sql`alter table web_session drop column person`.execute(db);
    await sql`alter table link drop column person`.execute(db);
    expect(await migrateLedger(db)).toEqual(['0011-doors']);
    expect(await db.selectFrom('web_session').select('person').execute()).toEqual([]);
  });

  test('dates, instants, big integers, JSON and bytes come back the same from every engine', async () => {
    const db = await fresh();
    await db.insertInto('seat').values({ position: 'tb-x/officer', person: 'p1', name: 'Người Một', from_on: '2018-10-22', to_on: null }).execute();
    await db.insertInto('plan').values({
      code: 'CN18', hash: 'h', header: JSON.stringify({ code: 'CN18', title: 'Kế hoạch phát triển' }), spec: '[]', file_name: 'a.txt',
      file: Buffer.from([0, 255, 7]), started_at: new Date(AT),
    }).execute();
    const seat = await db.selectFrom('seat').select(['id', 'from_on', 'to_on']).executeTakeFirstOrThrow();
    expect(seat).toEqual({ id: 1, from_on: '2018-10-22', to_on: null });
    const plan = await db.selectFrom('plan').select(['header', 'spec', 'file', 'started_at', 'withdrawn_at']).executeTakeFirstOrThrow();
    expect(plan).toEqual({
      header: { code: 'CN18', title: 'Kế hoạch phát triển' }, spec: [], file: Buffer.from([0, 255, 7]), started_at: AT, withdrawn_at: null,
    });
    const { count } = await db.selectFrom('seat').select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    expect(count).toBe(1);
  });

  test('an instant survives any time zone of the session', async () => {
    const db = await fresh();
    await db.transaction().execute(async (tx) => {
      await sql`set local timezone to 'America/St_Johns'`.execute(tx);
      await tx.insertInto('text').values({ id: 't', subject: 's', field: 'f', hash: 'h', length: 1, content: 'x', created_at: new Date(AT) }).execute();
      expect((await tx.selectFrom('text').select('created_at').executeTakeFirstOrThrow()).created_at).toBe(AT);
    });
    expect((await db.selectFrom('text').select('created_at').executeTakeFirstOrThrow()).created_at).toBe(AT);
  });

  test('a client that is killed inside a transaction leaves nothing behind, and others go on', async () => {
    const db = await fresh();
    const client = new Client({ host: await engine.socketDir(), user: 'postgres', database: 'postgres' });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    await client.query(`insert into setting (name, value) values ('half', '1')`);
    const ended = new Promise((resolve) => client.once('end', resolve));
    client.connection.stream.destroy();
    await ended;
    await db.insertInto('setting').values({ name: 'whole', value: '2' }).execute();
    expect(await db.selectFrom('setting').selectAll().where('name', 'in', ['half', 'whole']).execute()).toEqual([{ name: 'whole', value: 2 }]);
  });

  test('a server that goes away in the middle of a transaction fails the transaction, not the process, and is found again', async () => {
    await fresh();
    const dir = mkdtempSync(join(tmpdir(), 'dondoc-wire-'));
    const target = join(await engine.socketDir(), '.s.PGSQL.5432');
    const wires = new Set<Socket>();
    const wire = createServer((socket) => {
      const beyond = connect(target);
      for (const end of [socket, beyond]) wires.add(end.on('error', () => undefined));
      socket.pipe(beyond).pipe(socket);
    });
    await new Promise<void>((resolve) => wire.listen(join(dir, '.s.PGSQL.5432'), resolve));
    const db = connectLedger({ socketDir: dir });
    const broken = db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx);
      wires.forEach((end) => end.destroy());
      await sql`select 2`.execute(tx);
    });
    await expect(broken).rejects.toThrow(/terminated|ended|closed|ECONNRESET|EPIPE|not queryable/);
    expect((await sql<{ n: number }>`select 3 as n`.execute(db)).rows[0]?.n).toBe(3);
    await db.close();
    await new Promise((resolve) => wire.close(resolve));
    rmSync(dir, { recursive: true, force: true });
  });

  test('large and small statements of many clients at once never mix', async () => {
    await fresh();
    const db = connectLedger({ socketDir: await engine.socketDir() }, { max: 8 });
    const long = 'đ'.repeat(150_000);
    const answers = await Promise.all(Array.from({ length: 80 }, async (_, i) => {
      if (i % 2 === 0) return (await sql<{ n: number }>`select ${long}::text as a, length(${long}::text || ${String(i)}) as n`.execute(db)).rows[0]?.n;
      return (await sql<{ n: number }>`select ${i}::int as n`.execute(db)).rows[0]?.n;
    }));
    await db.close();
    expect(answers).toEqual(Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? 150_000 + String(i).length : i)));
  });
});

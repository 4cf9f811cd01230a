import { createOpen } from '../../activities/open';
import { REFUSED_AFTER_REOPEN } from '../../contracts/failures';
import { sql } from 'kysely';
import type { CommitBatch } from '../../contracts/task';
import { commitBatch, TaskUnknown } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { insertTask, listOpenTasks, readEvents, readSeed, setNeedsRepair } from '../../ledger/tasks';
import { onEachEngine } from '../support/ledger';
import { acknowledgedEvent, assignedEvent, noticeOf, projectionFor, seedOf, START } from '../support/task-values';

const TASK = 'CN18-05';
const NOW = START + 5_000;
const first = (more: Partial<CommitBatch> = {}): CommitBatch => ({
  task: TASK, events: [assignedEvent()], notices: [noticeOf(TASK)], projection: projectionFor(TASK, 1), now: NOW, ...more,
});
const second = (more: Partial<CommitBatch> = {}): CommitBatch => ({
  task: TASK, events: [acknowledgedEvent()], notices: [], projection: projectionFor(TASK, 2), now: NOW + 1, ...more,
});

onEachEngine((fresh) => {
  let db: Ledger;
  beforeEach(async () => {
    db = await fresh();
    await insertTask(db, seedOf(TASK), START);
  });

  test('a batch is written whole: events with who did it, notices with one delivery a channel, and the row of the board', async () => {
    expect(await commitBatch(db, first({ events: [assignedEvent(), acknowledgedEvent()], projection: projectionFor(TASK, 2) }))).toEqual({ outcome: 'written', head: 2, urgent: true });
    expect(await readEvents(db, TASK)).toEqual([assignedEvent(), acknowledgedEvent()]);
    const rows = await db.selectFrom('event').select(['seq', 'act', 'position', 'person', 'operator', 'via', 'effective_at', 'decided_at', 'recorded_at']).orderBy('seq').execute();
    expect(rows).toEqual([
      { seq: 1, act: null, position: null, person: null, operator: null, via: 'system', effective_at: START, decided_at: START, recorded_at: NOW },
      {
        seq: 2, act: 'acknowledge', position: 'tb-skhdt/officer', person: 'p-1', operator: 'p-2', via: 'link', effective_at: START + 1_800_000, decided_at: START + 3_600_000,
        recorded_at: NOW,
      },
    ]);
    expect(await db.selectFrom('delivery').select(['notice', 'channel', 'state', 'send_at']).orderBy('channel').execute()).toEqual([
      { notice: noticeOf(TASK).key, channel: 'email', state: 'planned', send_at: START }, { notice: noticeOf(TASK).key, channel: 'sms', state: 'planned', send_at: START },
    ]);
    expect(await db.selectFrom('notice').select(['plan', 'grp', 'channels', 'passed']).execute()).toEqual([{ plan: 'CN18', grp: 'start-1', channels: ['email', 'sms'], passed: null }]);
    expect(await db.selectFrom('task').select(['seq', 'state', 'due_on', 'next_rung', 'next_rung_on', 'next_wake_at']).execute()).toEqual([
      { seq: 2, state: 'in_progress', due_on: '2018-12-31', next_rung: 'T-20', next_rung_on: '2018-12-03', next_wake_at: START + 86_400_000 },
    ]);
  });

  test('a column that only a newer worker knows keeps its default', async () => {
    for (const table of ['event', 'notice']) await sql`alter table ${sql.table(table)} add column newer text not null default 'so'`.execute(db);
    await commitBatch(db, first());
    const { rows } = await sql`select e.newer as event, n.newer as notice from event e, notice n`.execute(db);
    expect(rows).toEqual([{ event: 'so', notice: 'so' }]);
  });

  test('the same batch again is the same, still says that it is urgent, and writes nothing', async () => {
    await commitBatch(db, first());
    expect(await commitBatch(db, first())).toEqual({ outcome: 'same', head: 1, urgent: true });
    expect(await db.selectFrom('event').select('seq').execute()).toHaveLength(1);
    expect(await db.selectFrom('delivery').select('channel').execute()).toHaveLength(2);
  });

  test('a retry that runs at the same time as the first attempt ends as one written and one same', async () => {
    const outcomes = (await Promise.all([commitBatch(db, first()), commitBatch(db, first())])).map((r) => r.outcome);
    expect(outcomes.sort()).toEqual(['same', 'written']);
  });

  test('a ledger that lacks earlier events is behind, and takes them when they are written again together', async () => {
    expect(await commitBatch(db, second())).toEqual({ outcome: 'behind', head: 0, urgent: false });
    expect(await readEvents(db, TASK)).toEqual([]);
    expect(await commitBatch(db, second({ events: [assignedEvent(), acknowledgedEvent()] }))).toMatchObject({ outcome: 'written', head: 2 });
  });

  test('a batch whose beginning is there already is completed', async () => {
    await commitBatch(db, first());
    expect(await commitBatch(db, second({ events: [assignedEvent(), acknowledgedEvent()] }))).toMatchObject({ outcome: 'written', head: 2 });
    expect((await readEvents(db, TASK)).map((e) => e.seq)).toEqual([1, 2]);
  });

  test('a ledger that holds more, or other content under the same number, is ahead and stays as it is', async () => {
    await commitBatch(db, first({ events: [assignedEvent(), acknowledgedEvent()], projection: projectionFor(TASK, 2) }));
    expect((await commitBatch(db, first())).outcome).toBe('ahead');
    expect((await commitBatch(db, second({ events: [{ ...acknowledgedEvent(), at: START + 1 }] }))).outcome).toBe('ahead');
    expect(await readEvents(db, TASK)).toEqual([assignedEvent(), acknowledgedEvent()]);
  });

  test('a notice key is planned once, whoever plans it again', async () => {
    await commitBatch(db, first());
    await commitBatch(db, second({ notices: [noticeOf(TASK, { reason: 'again' }), noticeOf(TASK, { key: 'other', channels: ['email'], class: 'digest' })] }));
    expect(await db.selectFrom('notice').select(['key', 'reason']).orderBy('decided_at').orderBy('reason').execute()).toHaveLength(2);
    expect(await db.selectFrom('notice').select('reason').where('key', '=', noticeOf(TASK).key).execute()).toEqual([{ reason: 'assigned' }]);
    expect(await db.selectFrom('delivery').select('channel').execute()).toHaveLength(3);
  });

  test('a batch without events writes its notices at the head it was decided for', async () => {
    await commitBatch(db, first());
    expect((await commitBatch(db, second({ events: [], notices: [noticeOf(TASK, { key: 'k2' })] }))).outcome).toBe('behind');
    expect(await commitBatch(db, first({ events: [], notices: [noticeOf(TASK, { key: 'k2' })] }))).toMatchObject({ outcome: 'written', head: 1 });
    expect(await db.selectFrom('notice').select('key').execute()).toHaveLength(2);
  });

  test('a task without a row is an error of its own', async () => {
    await expect(commitBatch(db, first({ task: 'CN18-99' }))).rejects.toThrow(TaskUnknown);
  });

  test('events refuse UPDATE, DELETE and TRUNCATE', async () => {
    await commitBatch(db, first());
    await expect(sql`update event set type = 'x'`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`delete from event`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`truncate event`.execute(db)).rejects.toThrow('append-only');
    expect(await readEvents(db, TASK)).toEqual([assignedEvent()]);
  });

  test('open tasks are those that still need a workflow; a second seed changes nothing', async () => {
    await insertTask(db, { ...seedOf(TASK), plan: 'OTHER' }, START);
    expect((await readSeed(db, TASK))?.plan).toBe('CN18');
    await insertTask(db, seedOf('CN18-06'), START);
    await commitBatch(db, first({ task: 'CN18-06', notices: [], projection: { ...projectionFor('CN18-06', 1), state: 'merged' } }));
    await setNeedsRepair(db, TASK, 'lý do');
    expect(await listOpenTasks(db)).toEqual([{ task: TASK, plan: 'CN18', seq: 0, state: null, needsRepair: 'lý do' }]);
  });

  test('a task that opens anew loses its mark, but not the word of an act that was lost, which nobody has read', async () => {
    const open = createOpen({ ledger: db });
    const mark = async () => (await listOpenTasks(db))[0]?.needsRepair;
    await setNeedsRepair(db, TASK, 'ledger-behind');
    await open({ seed: seedOf(TASK) });
    expect(await mark()).toBeNull();
    await setNeedsRepair(db, TASK, `${REFUSED_AFTER_REOPEN}:submit:wrong-state`);
    await open({ seed: seedOf(TASK) });
    expect(await mark()).toBe(`${REFUSED_AFTER_REOPEN}:submit:wrong-state`);
  });
});

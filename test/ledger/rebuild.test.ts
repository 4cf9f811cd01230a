import { commitBatch } from '../../ledger/commit';
import { projectionsAsOf, rebuildProjections, stateFromEvents } from '../../ledger/rebuild';
import { insertTask } from '../../ledger/tasks';
import { onEachEngine } from '../support/ledger';
import { acknowledgedEvent, assignedEvent, projectionFor, seedOf, START } from '../support/task-values';

const DAY = 86_400_000;

onEachEngine((fresh) => {
  test('rows of the board come back from the events alone, also as of a day in the past', async () => {
    const db = await fresh();
    await insertTask(db, seedOf('CN18-05'), START);
    await insertTask(db, seedOf('CN18-06'), START);
    const later = { ...acknowledgedEvent(), at: START + 3 * DAY };
    await commitBatch(db, { task: 'CN18-05', events: [assignedEvent(), later], notices: [], projection: { ...projectionFor('CN18-05', 2), lead: 'wrong', dueOn: null }, now: START });

    expect(await rebuildProjections(db)).toBe(2);
    expect(await db.selectFrom('task').select(['id', 'seq', 'state', 'lead', 'due_on']).orderBy('id').execute()).toEqual([
      { id: 'CN18-05', seq: 2, state: 'in_progress', lead: 'tb-skhdt', due_on: '2018-12-31' }, { id: 'CN18-06', seq: 0, state: null, lead: null, due_on: null },
    ]);
    expect((await projectionsAsOf(db, '2018-10-24')).map((p) => [p.task, p.seq, p.state])).toEqual([['CN18-05', 1, 'assigned']]);
    expect((await projectionsAsOf(db, '2018-10-25')).map((p) => p.state)).toEqual(['in_progress']);
    expect(await projectionsAsOf(db, '2018-10-21')).toEqual([]);
    expect(await stateFromEvents(db, 'CN18-99')).toBeUndefined();
  });
});

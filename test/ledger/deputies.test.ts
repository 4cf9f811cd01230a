import { carryOut } from '../../activities/carry-out';
import type { TaskEvent } from '../../domain/task';
import { resolvePosition } from '../../ledger/seats';
import { furnish } from '../support/delivery';
import { onEachEngine } from '../support/ledger';
import { acknowledgedEvent, START } from '../support/task-values';

const HOLDER = 'tb-skhdt/officer';
const DEPUTY = 'p-2-0';
const delegated = (until: string): TaskEvent => ({ ...acknowledgedEvent(), act: 'delegate', fields: { to: DEPUTY, from: '2018-10-22', until } }) as TaskEvent;

onEachEngine((fresh) => {
  test('a deputy who is named again until a later day, or an earlier one, sits until that day', async () => {
    const ledger = await fresh();
    await furnish(ledger);
    const holds = async (day: string) => (await resolvePosition(ledger, HOLDER, day))?.person === DEPUTY;
    await carryOut(ledger, 'CN18-01', [delegated('2018-10-25')], START);
    expect([await holds('2018-10-25'), await holds('2018-10-26')]).toEqual([true, false]);
    await carryOut(ledger, 'CN18-01', [delegated('2018-11-30')], START);
    expect([await holds('2018-11-30'), await holds('2018-12-01')]).toEqual([true, false]);
    await carryOut(ledger, 'CN18-01', [delegated('2018-10-24')], START);
    expect([await holds('2018-10-24'), await holds('2018-10-25')]).toEqual([true, false]);
  });
});

import type { Client } from '@temporalio/client';
import { createApp } from '../../../client/web/app';
import { ourTime } from '../../../contracts/clock';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { createHold } from '../../../embedded/demo-hold';
import { leadDemoClock, standingAt } from '../../../embedded/demo-loop';
import type { Ledger } from '../../../ledger/connect';
import { readClock, writeClock } from '../../../ledger/settings';
import { insertTask } from '../../../ledger/tasks';
import { at } from '../../support/builders';
import { embeddedEngine } from '../../support/ledger';
import { seedOf } from '../../support/task-values';

const MINUTE = 60_000;
const STARTS = at('2018-10-22T08:00');
const NEXT_WAKE = at('2018-12-03T07:04');
const engine = embeddedEngine();
afterAll(() => engine.stop());

test('a hold lasts as long as it was asked for after the last visit, and zero never holds', () => {
  let real = 5;
  const [hold, none] = [createHold(MINUTE, () => real), createHold(0, () => real)];
  const after = (ms: number): boolean => { real += ms; return hold.isHeld(); };
  expect(hold.isHeld()).toBe(false);
  hold.touch();
  none.touch();
  expect([after(0), after(MINUTE - 1)]).toEqual([true, true]);
  hold.touch();
  expect([after(MINUTE - 1), after(1), none.isHeld()]).toEqual([true, false, false]);
});

test('pages behind links are visits, the board, the messages and the probes are none', async () => {
  const ledger = await engine.freshLedger();
  let visits = 0;
  const app = createApp({ ledger, now: async () => STARTS, onVisit: () => { visits += 1; } });
  for (const path of ['/', '/outbox', '/tasks/CN18-05', '/healthz', '/style.css']) await app.request(path);
  expect(visits).toBe(0);
  const link = `/t/${'0'.repeat(26)}`;
  await app.request(link);
  await app.request(`${link}/viec/CN18-05`, { method: 'POST' });
  expect(visits).toBe(2);
});

/** A Temporal that takes every signal. */
const deafClient = () => ({ workflow: { getHandle: () => ({ signal: async () => undefined }), signalWithStart: async () => undefined } }) as never as Client;
const standing = async (ledger: Ledger): Promise<void> => {
  await writeClock(ledger, standingAt(STARTS, Date.now()));
  await insertTask(ledger, seedOf('CN18-05'), STARTS);
  await ledger.updateTable('task').set({ seq: 1, state: 'assigned', next_wake_at: new Date(NEXT_WAKE) }).execute();
};

test('time stands while it is held, however long, and then goes on to the next thing that happens, without a complaint', async () => {
  const ledger = await engine.freshLedger();
  await standing(ledger);
  const HELD = 4;
  const seen: number[] = [];
  const said: string[] = [];
  let [real, looks] = [Date.now(), 0];
  await new Promise<void>((resolve) => {
    const leader = leadDemoClock({
      ledger, client: deafClient(), calendar: SHIPPED_CALENDAR, realNow: () => real, log: (line) => said.push(line), onMonth: () => void leader.stop().then(resolve),
      isHeld: () => {
        looks += 1;
        real += looks <= HELD ? MINUTE : 1_000;
        void readClock(ledger).then((clock) => seen.push(clock?.until ?? 0));
        return looks <= HELD;
      },
    });
  });
  expect(looks).toBeGreaterThan(HELD);
  expect(seen.slice(0, HELD)).toEqual(Array.from({ length: HELD }, () => STARTS));
  const clock = await readClock(ledger);
  expect(clock && [ourTime({ ...clock, anchor: 0 }, 0), clock.until]).toEqual([NEXT_WAKE, NEXT_WAKE]);
  expect(said).toEqual([]);
});

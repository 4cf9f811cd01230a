import { Worker } from '@temporalio/worker';
import type { Frozen, PostActivities } from '../../contracts/activities';
import { type PostInput, type PostWorkflow, postWorkflowType } from '../../contracts/post';
import type { WorkingCalendar } from '../../domain/calendar';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { dateAt, DAY_MS, type Instant } from '../../domain/time';
import { at } from '../support/builders';
import { memoryLedger } from '../support/fake-activities';
import { startTimeSkipping, workflowBundle } from '../support/temporal';

let env: Awaited<ReturnType<typeof startTimeSkipping>>;
beforeAll(async () => { env = await startTimeSkipping(); });
afterAll(async () => { await env.teardown(); });

/** Friday 26/10/2018, and the Saturday after it made a working day. */
const WITH_SATURDAY: WorkingCalendar = { version: 'with-saturday', years: SHIPPED_CALENDAR.years.map((y) => (y.year === 2018 ? { ...y, madeUp: [...y.madeUp, '2018-10-27'] } : y)) };

type Hands = { readonly freeze: (input: Parameters<PostActivities['freeze']>[0]) => Promise<Frozen>; readonly send?: PostActivities['send'] };
/** A post with these hands from an instant of its own clock for so long; answers with its history's timers. */
const runPost = async (name: string, from: Instant, lastsMs: number, hands: Hands, more: Partial<PostInput> = {}): Promise<number> => {
  const activities = { ...memoryLedger().activities, send: async () => ({ sent: 0, left: 0 }), ...hands };
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: name, workflowBundle, activities });
  return worker.runUntil(async () => {
    const clock = { anchor: await env.currentTimeMs(), from, rate: 1 };
    const handle = await env.client.workflow.start<PostWorkflow>(postWorkflowType, { workflowId: `post/${name}`, taskQueue: name, args: [{ clock, calendar: SHIPPED_CALENDAR, ...more }] });
    await env.sleep(lastsMs);
    const { events } = await handle.fetchHistory();
    await handle.terminate();
    return (events ?? []).filter((e) => e.timerStartedEventAttributes != null).length;
  });
};

it('a calendar that was loaded meanwhile is the post\'s from its next pass on: a made-up Saturday has its slots', async () => {
  const passes: { readonly at: Instant; readonly version: string | undefined }[] = [];
  await runPost('calendar', at('2018-10-26T16:00'), DAY_MS, {
    freeze: async ({ now, calendarVersion }) => {
      passes.push({ at: now, version: calendarVersion });
      return { frozen: 0, ...(calendarVersion === WITH_SATURDAY.version ? {} : { calendar: WITH_SATURDAY }) };
    },
  });
  expect(passes[0]?.version).toBe(SHIPPED_CALENDAR.version);
  expect(passes.slice(1).every((p) => p.version === WITH_SATURDAY.version)).toBe(true);
  expect(passes.some((p) => dateAt(p.at) === '2018-10-27')).toBe(true);
}, 60_000);

it('what is to be looked at again after the sending hours waits for the next slot by one timer', async () => {
  const from = at('2018-10-25T16:20');
  const timers = await runPost('evening', from, 8 * 60 * 60_000, { freeze: async ({ now }) => ({ frozen: 0, recheckAt: now + 15 * 60_000 }) });
  expect(timers).toBeLessThan(6);
}, 60_000);

it('what a freeze has frozen that was repeated over night is not sent with yesterday\'s words', async () => {
  const seen: string[] = [];
  const backAt = (await env.currentTimeMs()) + 16 * 60 * 60_000;
  await runPost('night', at('2018-10-25T16:29'), 17 * 60 * 60_000, {
    freeze: async ({ now }) => {
      if ((await env.currentTimeMs()) < backAt) throw new Error('the ledger is away');
      seen.push(`freeze ${dateAt(now)}`);
      return { frozen: seen.length < 3 ? 1 : 0 };
    },
    send: async ({ now }) => {
      seen.push(`send ${dateAt(now)}`);
      return { sent: 1, left: 0 };
    },
  });
  expect(seen.slice(0, 3)).toEqual(['freeze 2018-10-25', 'freeze 2018-10-26', 'send 2018-10-26']);
}, 60_000);

it('the stamp of the outbox is given back to the ledger with every pass, and by the next run', async () => {
  const stamps: (number | undefined)[] = [];
  await runPost('stamp', at('2018-10-25T08:00'), 3 * DAY_MS, {
    freeze: async ({ stamp }) => {
      stamps.push(stamp);
      return { frozen: 1, stamp: 41 };
    },
    send: async () => ({ sent: 1, left: 0, stamp: 42 }),
  });
  expect(stamps[0]).toBeUndefined();
  expect(new Set(stamps.slice(1))).toEqual(new Set([42]));
}, 60_000);

import { WorkflowContinuedAsNewError } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { Frozen, PostActivities } from '../../contracts/activities';
import { POST_VERSION, type PostInput, type PostWorkflow, postWorkflowType } from '../../contracts/post';
import { clockMoved } from '../../contracts/task';
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
    const input = { version: POST_VERSION, clock, calendar: SHIPPED_CALENDAR, ...more };
    const handle = await env.client.workflow.start<PostWorkflow>(postWorkflowType, { workflowId: `post/${name}`, taskQueue: name, args: [input] });
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

it('a ledger that is away over night is asked anew in the morning: nothing is frozen with yesterday\'s words', async () => {
  const seen: string[] = [];
  const backAt = (await env.currentTimeMs()) + 15 * 60 * 60_000;
  await runPost('night', at('2018-10-25T16:29'), 17 * 60 * 60_000, {
    freeze: async ({ now }) => {
      if ((await env.currentTimeMs()) < backAt) throw new Error('the ledger is away');
      seen.push(`freeze ${dateAt(now)}`);
      return { frozen: seen.length < 2 ? 1 : 0 };
    },
    send: async ({ now }) => {
      seen.push(`send ${dateAt(now)}`);
      return { sent: 1, left: 0 };
    },
  });
  expect(seen.slice(0, 2)).toEqual(['freeze 2018-10-26', 'send 2018-10-26']);
}, 60_000);

it.each([
  ['some seconds go by', 'long-pass', () => env.sleep(5_000)],
  ['the clock is moved by ten minutes', 'moved-pass', async () => {
    const clock = { anchor: await env.currentTimeMs(), from: at('2018-10-25T08:35'), rate: 1 };
    await env.client.workflow.getHandle('post/moved-pass').signal(clockMoved, clock);
  }],
])('a slot that passes while a pass is under way has a pass of its own at once: %s', async (_, name, meanwhile) => {
  const slot = at('2018-10-25T08:30');
  const passes: Instant[] = [];
  await runPost(name, slot - 3_000, 60 * 60_000, {
    freeze: async ({ now }) => {
      passes.push(now);
      return { frozen: passes.length === 1 ? 1 : 0 };
    },
    send: async () => {
      if (passes.length === 1) await meanwhile();
      return { sent: 1, left: 0 };
    },
  });
  expect(passes.find((p) => p >= slot)).toBeLessThan(slot + 10 * 60_000);
}, 60_000);

it('the stamp of the outbox is given back to the ledger with every pass, and by the next run', async () => {
  const stamps: (number | undefined)[] = [];
  const times: (Instant | undefined)[] = [];
  await runPost('stamp', at('2018-10-25T08:00'), 3 * DAY_MS, {
    freeze: async ({ stamp, stampedAt, now }) => {
      stamps.push(stamp);
      times.push(stampedAt === undefined ? undefined : now - stampedAt);
      return { frozen: 1, stamp: 41 };
    },
    send: async () => ({ sent: 1, left: 0, stamp: 42 }),
  });
  expect(stamps[0]).toBeUndefined();
  expect(new Set(stamps.slice(1))).toEqual(new Set([42]));
  // The last pass before was a day ago at most, and never later than this one.
  expect(times.slice(1).every((ms) => ms !== undefined && ms >= 0 && ms <= DAY_MS)).toBe(true);
}, 60_000);

it('a freeze that fails is taken again with the time of that moment, and four seconds after three failures, until the ledger is back', async () => {
  const from = at('2018-10-25T09:00');
  const seen: { readonly at: Instant; readonly isDone: boolean }[] = [];
  let sent = 0;
  await runPost('away', from, 5 * 60_000, {
    freeze: async ({ now }) => {
      const isDone = now >= from + 60_000;
      seen.push({ at: now, isDone });
      if (!isDone) throw new Error('the ledger is away');
      return { frozen: sent === 0 ? 1 : 0 };
    },
    send: async () => {
      sent += 1;
      return { sent: 1, left: 0 };
    },
  });
  const failed = seen.filter((s) => !s.isDone);
  expect(new Set(failed.slice(3, 6).map((s) => Math.floor((s.at - from) / 4_000)))).toEqual(new Set([1]));
  expect(failed.length).toBeLessThanOrEqual(3 * 16);
  expect(seen.find((s) => s.isDone)?.at).toBeLessThan(from + 66_000);
  expect(sent).toBe(1);
}, 60_000);

it('codes that could not be sent at night are tried again for as long as somebody may wait for them', async () => {
  const from = at('2018-10-25T21:00');
  const seen: Instant[] = [];
  let sent = 0;
  await runPost('codes', from, 60 * 60_000, {
    freeze: async ({ now, codesOnly }) => {
      if (codesOnly === true) seen.push(now);
      if (now < from + 25_000) throw new Error('the ledger is away');
      return { frozen: sent === 0 ? 1 : 0 };
    },
    send: async ({ codesOnly }) => {
      if (codesOnly === true) sent += 1;
      return { sent: 1, left: 0 };
    },
  });
  expect(sent).toBe(1);
  expect(seen.length).toBeLessThan(10);
  await runPost('codes-away', from, 60 * 60_000, { freeze: async ({ now }) => { seen.push(now); throw new Error('the ledger is away'); } });
  expect(Math.max(...seen)).toBeLessThanOrEqual(from + 10 * 60_000 + 5_000);
}, 60_000);

it('a code whose channel is away at night is sent when that is tried again', async () => {
  const from = at('2018-10-25T21:00');
  const seen: Instant[] = [];
  await runPost('code-later', from, 60 * 60_000, {
    freeze: async () => ({ frozen: seen.length < 2 ? 1 : 0 }),
    send: async ({ now }) => {
      seen.push(now);
      return seen.length === 1 ? { tried: 1, sent: 0, left: 1, retryAt: from + 5 * 60_000 } : { tried: 1, sent: 1, left: 0 };
    },
  });
  expect(seen).toHaveLength(2);
  expect(seen[1]).toBeGreaterThanOrEqual(from + 5 * 60_000);
}, 60_000);

it('a run that is a day old ends between two rounds of a long pass, and the next run goes on with them', async () => {
  let rounds = 0;
  const name = 'rounds';
  const activities = { ...memoryLedger().activities, freeze: async () => ({ frozen: 1 }), send: async () => {
    rounds += 1;
    if (rounds === 3) await env.client.workflow.getHandle(`post/${name}`).signal(clockMoved, await clockAt('2018-10-26T09:00'));
    return { sent: 1, left: 1 };
  } };
  const clockAt = async (text: string) => ({ anchor: await env.currentTimeMs(), from: at(text), rate: 1 });
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: name, workflowBundle, activities });
  await worker.runUntil(async () => {
    const clock = await clockAt('2018-10-25T09:00');
    const args: [PostInput] = [{ version: POST_VERSION, clock, calendar: SHIPPED_CALENDAR }];
    const first = await env.client.workflow.start<PostWorkflow>(postWorkflowType, { workflowId: `post/${name}`, taskQueue: name, args });
    const run = env.client.workflow.getHandle(first.workflowId, first.firstExecutionRunId, { followRuns: false });
    await expect(run.result()).rejects.toThrow(WorkflowContinuedAsNewError);
    expect(rounds).toBeLessThan(12);
    await env.client.workflow.getHandle(first.workflowId).terminate();
  });
}, 60_000);

import { Worker } from '@temporalio/worker';
import type { MessageActivities } from '../../contracts/activities';
import { type MessageInput, type MessageWorkflow, messageWorkflowType, urge } from '../../contracts/post';
import { HOUR_MS, type Instant } from '../../domain/time';
import { at } from '../support/builders';
import { memoryLedger } from '../support/fake-activities';
import { startTimeSkipping, workflowBundle } from '../support/temporal';

let env: Awaited<ReturnType<typeof startTimeSkipping>>;
beforeAll(async () => { env = await startTimeSkipping(); });
afterAll(async () => { await env.teardown(); });

it('an attempt that a person wants at night is made in the morning, as the person\'s', async () => {
  const [evening, morning] = [at('2018-10-22T20:00'), at('2018-10-23T08:00')];
  const seen: { readonly now: Instant; readonly isUrged: boolean }[] = [];
  const attend: MessageActivities['attend'] = async ({ now, urgedAt }) => {
    const isUrged = urgedAt !== undefined;
    seen.push({ now, isUrged });
    return now < morning ? { state: 'rejected', nextAt: morning, isUrged } : { state: 'accepted', nextAt: null };
  };
  const activities = { ...memoryLedger().activities, attend };
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: 'night', workflowBundle, activities });
  await worker.runUntil(async () => {
    const clock = { anchor: await env.currentTimeMs(), from: evening, rate: 1 };
    const handle = await env.client.workflow.signalWithStart<MessageWorkflow>(messageWorkflowType, {
      workflowId: 'message/night', taskQueue: 'night', args: [{ key: 'night', clock, at: evening + HOUR_MS }], signal: urge, signalArgs: [],
    });
    await env.sleep(13 * HOUR_MS);
    expect(await handle.result()).toBe('accepted');
  });
  expect(seen.map((s) => s.isUrged)).toEqual([true, true]);
  expect(seen[1]!.now).toBeGreaterThanOrEqual(morning);
}, 60_000);

it('an attempt that a person wants outlives a worker that died, and is wanted once', async () => {
  const morning = at('2018-10-23T09:00');
  const wishes: (Instant | undefined)[] = [];
  const attend: MessageActivities['attend'] = async ({ now, urgedAt }) => {
    wishes.push(urgedAt);
    if (wishes.length === 1) throw new Error('the ledger does not answer');
    return wishes.length === 2 ? { state: 'ambiguous', nextAt: now + HOUR_MS } : { state: 'accepted', nextAt: null };
  };
  const activities = { ...memoryLedger().activities, attend };
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: 'wish', workflowBundle, activities });
  await worker.runUntil(async () => {
    const clock = { anchor: await env.currentTimeMs(), from: morning, rate: 1 };
    const handle = await env.client.workflow.signalWithStart<MessageWorkflow>(messageWorkflowType, {
      workflowId: 'message/wish', taskQueue: 'wish', args: [{ key: 'wish', clock, at: morning }], signal: urge, signalArgs: [],
    });
    await env.sleep(2 * HOUR_MS);
    expect(await handle.result()).toBe('accepted');
  });
  expect(wishes).toEqual([expect.any(Number), wishes[0], undefined]);
}, 60_000);

it('tells with every look how many attempts it was told of: a ledger that has fewer was restored', async () => {
  const from = at('2018-10-22T09:00');
  const seen: (number | undefined)[] = [];
  const attend: MessageActivities['attend'] = async ({ now, attempts }) => {
    seen.push(attempts);
    if (seen.length === 2) throw new Error('the ledger is away');
    return seen.length === 4 ? { state: 'accepted', nextAt: null } : { state: 'ambiguous', nextAt: now + HOUR_MS, attempts: seen.length };
  };
  const activities = { ...memoryLedger().activities, attend };
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: 'told', workflowBundle, activities });
  await worker.runUntil(async () => {
    const clock = { anchor: await env.currentTimeMs(), from, rate: 1 };
    const options = { workflowId: 'message/told', taskQueue: 'told' };
    const args: [MessageInput] = [{ key: 'told', clock, at: from }];
    expect(await env.client.workflow.execute<MessageWorkflow>(messageWorkflowType, { ...options, args })).toBe('accepted');
  });
  expect(seen).toEqual([undefined, 1, 1, 3]);
}, 60_000);

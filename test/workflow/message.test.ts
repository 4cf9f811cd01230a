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

type Attend = MessageActivities['attend'];
type Life = { readonly name: string; readonly from: Instant; readonly firstLook?: Instant; readonly hours: number };
/** The life of a message that a person has just asked for: its last word, once so many hours have passed. */
const afterWish = async ({ name, from, firstLook = from, hours }: Life, attend: Attend): Promise<string> => {
  const activities = { ...memoryLedger().activities, attend };
  const options = { connection: env.nativeConnection, taskQueue: name, workflowBundle, activities };
  const worker = await Worker.create(options);
  return worker.runUntil(async () => {
    const clock = { anchor: await env.currentTimeMs(), from, rate: 1 };
    const args: [MessageInput] = [{ key: name, clock, at: firstLook }];
    const handle = await env.client.workflow.signalWithStart<MessageWorkflow>(messageWorkflowType, {
      workflowId: `message/${name}`, taskQueue: name, args, signal: urge, signalArgs: [],
    });
    await env.sleep(hours * HOUR_MS);
    return handle.result();
  });
};

it('an attempt that a person wants at night is made in the morning, as the person\'s', async () => {
  const [evening, morning] = [at('2018-10-22T20:00'), at('2018-10-23T08:00')];
  const seen: { readonly now: Instant; readonly isUrged: boolean }[] = [];
  const life = { name: 'night', from: evening, firstLook: evening + HOUR_MS, hours: 13 };
  const state = await afterWish(life, async ({ now, urgedAt }) => {
    const isUrged = urgedAt !== undefined;
    seen.push({ now, isUrged });
    return now < morning ? { state: 'rejected', nextAt: morning, isUrged } : { state: 'accepted', nextAt: null };
  });
  expect(state).toBe('accepted');
  expect(seen.map((s) => s.isUrged)).toEqual([true, true]);
  expect(seen[1]!.now).toBeGreaterThanOrEqual(morning);
}, 60_000);

it('an attempt that a person wants outlives a worker that died, and is wanted once', async () => {
  const wishes: (Instant | undefined)[] = [];
  const life = { name: 'wish', from: at('2018-10-23T09:00'), hours: 2 };
  const state = await afterWish(life, async ({ now, urgedAt }) => {
    wishes.push(urgedAt);
    if (wishes.length === 1) throw new Error('the ledger does not answer');
    return wishes.length === 2 ? { state: 'ambiguous', nextAt: now + HOUR_MS } : { state: 'accepted', nextAt: null };
  });
  expect(state).toBe('accepted');
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

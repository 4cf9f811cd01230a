import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Activities } from '../../contracts/activities';
import { poke, type PostWorkflow, postWorkflowType } from '../../contracts/post';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { dateAt, HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time';
import { at } from '../support/builders';
import { memoryLedger } from '../support/fake-activities';

const EVENING = at('2018-10-25T15:50');
const NIGHT_MS = 4 * HOUR_MS;
const TWO_DAYS_MS = 48 * HOUR_MS;

/** A ledger that asks for another look, freezes over a night, is away once, and has a mailbox. */
const busyActivities = (): Activities => {
  let calls = 0;
  let sent = 0;
  /** A look that is over by the time of the answer is asked for ten times: each is taken at once. */
  let late = 0;
  const recheckAt = (now: Instant): { readonly recheckAt?: Instant } => {
    if (dateAt(now) === '2018-10-25') return { recheckAt: now + 15 * MINUTE_MS };
    late += 1;
    return late > 10 ? {} : { recheckAt: now - MINUTE_MS };
  };
  return {
    ...memoryLedger().activities,
    freeze: async ({ now, codesOnly }) => {
      calls += 1;
      return { frozen: codesOnly || calls % 3 === 0 ? 2 : 0, hasMailbox: calls > 4, stamp: calls, ...recheckAt(now) };
    },
    send: async () => {
      sent += 1;
      if (sent === 3) throw new Error('the worker was interrupted');
      return { sent: 2, left: sent % 2, stamp: calls };
    },
    collect: async () => ({ collected: calls % 2, left: 0 }),
  };
};

/** Two days of a post, with a code asked for at night; answers with the workflow's id. */
export const recordedPost = async (env: TestWorkflowEnvironment, workflowBundle: WorkflowBundleOption): Promise<string> => {
  const taskQueue = 'post';
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue, workflowBundle, activities: busyActivities() });
  return worker.runUntil(async () => {
    const clock = { anchor: await env.currentTimeMs(), from: EVENING, rate: 1 };
    const handle = await env.client.workflow.start<PostWorkflow>(postWorkflowType, { workflowId: 'post', taskQueue, args: [{ clock, calendar: SHIPPED_CALENDAR }] });
    await env.sleep(NIGHT_MS);
    await handle.signal(poke);
    await env.sleep(TWO_DAYS_MS);
    await handle.terminate();
    return handle.workflowId;
  });
};

import { Worker } from '@temporalio/worker';
import { startPlan } from '../../client/start-plan';
import { ourTime } from '../../contracts/clock';
import { TASK_QUEUE, taskWorkflowId } from '../../contracts/ids';
import { type TaskWorkflow, view } from '../../contracts/task';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { HOUR_MS, type Instant } from '../../domain/time';
import { leadDemoClock, standingAt } from '../../embedded/demo-loop';
import type { Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { readClock, writeClock } from '../../ledger/settings';
import { insertTask } from '../../ledger/tasks';
import { prepareLedger } from '../../worker/prepare-ledger';
import { at } from '../support/builders';
import { freshLedger } from '../support/ledger';
import { startSmtpPeer } from '../support/smtp-peer';
import { exampleStory } from '../support/story';
import { delivered, deliveringActivities, doAct, rehearsed, type StoryAct } from '../support/story-delivery';
import { startDevServerForTest, workflowBundle } from '../support/temporal';
import { seedOf } from '../support/task-values';

/** As far as a minute goes; the whole story is played on the time-skipping server. */
const UNTIL = at('2018-11-30T17:00');
/** An hour of the story in 20 ms: the pauses in between are those of the demonstration. */
const RATE = HOUR_MS / 20;
const LOOK_MS = 20;

/** For the clock a person is one more task that wakes: it stands still at each act until the person has done it. */
const VISITOR = 'VISITOR-01';
const visitAt = (ledger: Ledger, next: Instant): Promise<unknown> =>
  ledger.updateTable('task').set({ next_wake_at: new Date(next) }).where('id', '=', VISITOR).execute();

it('the demonstration, acts of the story included, sends what the rehearsal says, slot by slot', async () => {
  const { plan, file, directory, acts: all, startAt } = exampleStory();
  const acts = all.filter((a) => a.at < UNTIL);
  const [server, { ledger, stop }, peer] = await Promise.all([startDevServerForTest(), freshLedger(), startSmtpPeer()]);
  const clock = standingAt(startAt, Date.now(), RATE);
  await writeClock(ledger, clock);
  await prepareLedger(ledger, startAt);
  await importDirectory(ledger, directory, { replace: false, today: '2018-10-22' });
  const { activities, mailer } = deliveringActivities(ledger, server.client, peer.url);
  const worker = await Worker.create({ connection: server.nativeConnection, taskQueue: TASK_QUEUE, workflowBundle, activities });
  const { startId } = await worker.runUntil(async () => {
    const started = await startPlan({ ledger, client: server.client, plan, file, startAt, now: startAt, clock, calendar: SHIPPED_CALENDAR });
    await insertTask(ledger, seedOf(VISITOR), startAt);
    await ledger.updateTable('task').set({ seq: 1, state: 'assigned' }).where('id', '=', VISITOR).execute();
    await visitAt(ledger, acts[0]?.at ?? UNTIL);
    const leader = leadDemoClock({ ledger, client: server.client, calendar: SHIPPED_CALENDAR, rate: RATE });
    const reached = async (instant: Instant): Promise<void> => {
      for (;;) {
        const now = await readClock(ledger);
        if (now !== undefined && ourTime(now, Date.now()) >= instant) return;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    };
    /** The ledger knows the hour a moment before the task is told: nobody acts in that moment. */
    const isTold = async (one: StoryAct): Promise<void> => {
      const handle = server.client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(one.task));
      while ((await handle.query(view)).now < one.at) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    };
    for (const [i, one] of acts.entries()) {
      await reached(one.at);
      await isTold(one);
      await doAct(server.client, one);
      await visitAt(ledger, acts[i + 1]?.at ?? UNTIL);
    }
    await reached(UNTIL);
    await leader.stop();
    return started;
  });
  expect(await delivered(ledger, UNTIL)).toEqual(rehearsed(startId, UNTIL));
  await Promise.all([mailer.close(), peer.stop(), server.stop()]);
  await stop();
}, 300_000);

import { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPlan } from '../../client/start-plan';
import { type Clock, ourTime } from '../../contracts/clock';
import { POST_WORKFLOW_ID, TASK_QUEUE, taskWorkflowId } from '../../contracts/ids';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../domain/time';
import { readAgenda } from '../../ledger/agenda';
import type { Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { writeClock } from '../../ledger/settings';
import { listOpenTasks } from '../../ledger/tasks';
import { version } from '../../package.json';
import { prepareLedger } from '../../worker/prepare-ledger';
import { at } from '../support/builders';
import { doorTo } from '../support/door';
import { freshLedger } from '../support/ledger';
import { tellClock, until } from '../support/live-site';
import { startSmtpPeer } from '../support/smtp-peer';
import { exampleStory } from '../support/story';
import { delivered, deliveringActivities, doAct, type Phones, rehearsed } from '../support/story-delivery';
import { startTimeSkipping, workflowBundle } from '../support/temporal';

const FIRST_YEAR = at('2019-01-08T17:00');
/** The end of the example story. */
const UNTIL = at('2026-02-27T17:00');

const HISTORIES = join(__dirname, '..', 'replay', 'histories');
/** The first run of a release leaves its histories behind, to be replayed by every later one. */
const record = (id: string, history: Buffer): void => {
  const name = { [POST_WORKFLOW_ID]: `post-${version}.bin`, 'task/CN18-06': `task-${version}.bin` }[id];
  if (name === undefined || existsSync(join(HISTORIES, name))) return;
  mkdirSync(HISTORIES, { recursive: true });
  writeFileSync(join(HISTORIES, name), history);
};
/** The history of the run that a workflow is in. */
const historyOf = async ({ client }: TestWorkflowEnvironment, id: string): Promise<Buffer> =>
  Buffer.from(temporal.api.history.v1.History.encode(await client.workflow.getHandle(id).fetchHistory()).finish());

/** Our time on a server that skips. */
type Passing = {
  /** Every slot of every day passes. */
  readonly live: (to: Instant) => Promise<void>;
  /** Hours in which nothing is due are leapt over, all but the last one before and the first one after something is. */
  readonly leap: (to: Instant) => Promise<void>;
};
const passing = (env: TestWorkflowEnvironment, ledger: Ledger, first: Clock): Passing => {
  let clock = first;
  const now = async (): Promise<Instant> => ourTime(clock, await env.currentTimeMs());
  const live = async (to: Instant): Promise<void> => { await env.sleep(Math.max(1, to - (await now()))); };
  const firstDue = async (): Promise<Instant> => {
    const { opening, inFlight, wakes, plannedAt, nextTryAt } = await readAgenda(ledger);
    return opening + inFlight > 0 ? 0 : Math.min(...[wakes[0], plannedAt, nextTryAt].map((at) => at ?? Infinity));
  };
  const leap = async (to: Instant): Promise<void> => {
    // What was answered a moment ago is being written: time does not skip meanwhile.
    await live(Math.min(to, (await now()) + MINUTE_MS));
    for (let at = await now(); at < to; at = await now()) {
      const due = Math.min(to, await firstDue());
      if (due - at > 2 * HOUR_MS) {
        clock = { anchor: await env.currentTimeMs(), from: due - HOUR_MS, rate: 1 };
        await writeClock(ledger, clock);
        await tellClock(env, ledger, clock);
      }
      await live(Math.min(to, due > at ? due + HOUR_MS : at + MINUTE_MS));
    }
  };
  return { live, leap };
};

/** The last to be started is ended first, also where the test fails. */
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => { for (const stop of stops.reverse()) await stop(); }, 60_000);

it('twelve tasks from the first mail to the end of the story in 2026: what is sent is what the rehearsal says, and nothing personal stands in a history', async () => {
  const { plan, file, directory, acts, texts, startAt } = exampleStory();
  const [env, { ledger, stop }, peer] = await Promise.all([startTimeSkipping(), freshLedger(), startSmtpPeer()]);
  stops.push(stop, () => env.teardown(), () => peer.stop());
  const phones: Phones = [];
  const anchor = await env.currentTimeMs();
  const clock = { anchor, from: startAt - HOUR_MS, rate: 1 };
  const { live, leap } = passing(env, ledger, clock);
  await prepareLedger(ledger, startAt);
  await writeClock(ledger, clock);
  await importDirectory(ledger, directory, { replace: false, today: '2018-10-22' });
  const { activities, mailer } = deliveringActivities(ledger, env.client, peer.url, phones);
  stops.push(() => mailer.close());
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: TASK_QUEUE, workflowBundle, activities });

  const histories: string[] = [];
  const keepHistories = async (isRecorded: boolean): Promise<void> => {
    for (const id of [POST_WORKFLOW_ID, ...plan.tasks.map((t) => taskWorkflowId(t.id))]) {
      const history = await historyOf(env, id);
      histories.push(history.toString('utf8'));
      if (isRecorded) record(id, history);
    }
  };
  const answers: string[] = [];
  const act = async (those: typeof acts, goTo: (to: Instant) => Promise<void>): Promise<void> => {
    for (const one of those) {
      await goTo(one.at);
      answers.push(await doAct(doorTo(env.client), one));
    }
  };
  const { startId } = await worker.runUntil(async () => {
    const started = await startPlan({ ledger, client: env.client, plan, file, startAt, now: startAt - HOUR_MS, clock, calendar: SHIPPED_CALENDAR });
    // All of a start are told together: they decide at the same instant as the post, and no time skips until each has written it.
    await live(startAt);
    await until('every task is assigned', async () => (await listOpenTasks(ledger)).every((t) => t.seq > 0));
    await act(acts.filter((a) => a.at < FIRST_YEAR), live);
    await live(FIRST_YEAR);
    await keepHistories(true);
    await act(acts.filter((a) => a.at >= FIRST_YEAR), leap);
    await leap(UNTIL);
    await keepHistories(false);
    return started;
  });

  const { acts: expected, arrivals, ...told } = rehearsed(startId, UNTIL);
  expect(answers).toEqual(expected);
  expect(await delivered(ledger, UNTIL)).toEqual(told);
  const received = [...peer.taken.map((t) => `email ${t.to}`), ...phones.map((p) => `sms ${p.to}`)];
  expect(received.sort()).toEqual(arrivals.map((line) => line.split(' ').slice(1).join(' ')).sort());

  const forbidden = [...texts, ...directory.seats.flatMap((s) => [s.name, s.email, s.phone, s.phone?.replace('+', '')])]
    .filter((t): t is string => t !== undefined && t.length > 3);
  expect(forbidden.length).toBeGreaterThan(100);
  for (const history of histories) expect(forbidden.filter((t) => history.includes(t))).toEqual([]);
}, 480_000);

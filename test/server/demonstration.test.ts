import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { siteKey } from '../../client/link-key';
import type { ActDoor } from '../../client/tasks';
import { processEnv } from '../../config/env';
import { ourTime } from '../../contracts/clock';
import { taskWorkflowId } from '../../contracts/ids';
import { type TaskWorkflow, view } from '../../contracts/task';
import { HOUR_MS, type Instant } from '../../domain/time';
import { up } from '../../embedded/up';
import { connectLedger, type Ledger } from '../../ledger/connect';
import { readClock } from '../../ledger/settings';
import { insertTask } from '../../ledger/tasks';
import { at } from '../support/builders';
import { exampleStory } from '../support/story';
import { arrivalLine, delivered, doAct, rehearsed, type StoryAct } from '../support/story-delivery';
import { workflowBundle } from '../support/temporal';
import { seedOf } from '../support/task-values';

/**
 * The years that a demonstration shows in ten minutes at most. The story's own end is `DONDOC_TEST_UNTIL=2026-02-27T17:00`; up to there rehearsal and
 * workflows are compared every time, on the time-skipping server.
 */
const UNTIL = at(processEnv()['DONDOC_TEST_UNTIL'] ?? '2020-12-31T17:00');
/** An hour of the story in 20 ms: the pauses in between are those of the demonstration. */
const RATE = HOUR_MS / 20;
const LOOK_MS = 20;

const home = mkdtempSync(join(tmpdir(), 'dondoc-demonstration-'));
/** The last to be started is ended first. */
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  rmSync(home, { recursive: true, force: true });
}, 60_000);

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_MS));
const storyTime = async (ledger: Ledger): Promise<Instant> => {
  const clock = await readClock(ledger);
  return clock === undefined ? 0 : ourTime(clock, Date.now());
};

/** For the clock a person is one more task that wakes: it stands still at each act until the person has done it. */
const VISITOR = 'VISITOR-01';
const visitAt = (ledger: Ledger, next: Instant): Promise<unknown> =>
  ledger.updateTable('task').set({ next_wake_at: new Date(next) }).where('id', '=', VISITOR).execute();
const enter = async (ledger: Ledger, first: Instant): Promise<void> => {
  await insertTask(ledger, seedOf(VISITOR), first);
  await ledger.updateTable('task').set({ seq: 1, state: 'assigned', next_wake_at: new Date(first) }).where('id', '=', VISITOR).execute();
  expect(await storyTime(ledger)).toBeLessThan(first);
};

/** Everybody of the story does what they do when the clock stands there; the story then goes on to its end. Answers what they were told. */
const live = async (ledger: Ledger, door: ActDoor, acts: readonly StoryAct[]): Promise<string[]> => {
  const reached = async (instant: Instant): Promise<void> => { while ((await storyTime(ledger)) < instant) await pause(); };
  /** The ledger knows the hour a moment before the task is told: nobody acts in that moment. */
  const isTold = async (one: StoryAct): Promise<void> => {
    const handle = client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(one.task));
    while ((await handle.query(view)).now < one.at) await pause();
  };
  const client = await door.temporal();
  const answers: string[] = [];
  for (const [i, one] of acts.entries()) {
    await reached(one.at);
    await isTold(one);
    answers.push(await doAct(door, one));
    await visitAt(ledger, acts[i + 1]?.at ?? UNTIL);
  }
  await reached(UNTIL);
  return answers;
};

/** What lies in the mailboxes and on the phones of the inbox. */
const arrived = async (inboxUrl: string): Promise<string[]> => {
  const get = async <T>(path: string): Promise<readonly T[]> => (await fetch(`${inboxUrl}${path}`)).json() as Promise<readonly T[]>;
  const mails = await get<{ readonly to: readonly string[]; readonly date: string }>('/api/mails');
  const texts = await get<{ readonly to: string; readonly at: string }>('/api/sms');
  return [
    ...mails.map((m) => arrivalLine({ at: Date.parse(m.date), channel: 'email', address: m.to.join() })),
    ...texts.map((t) => arrivalLine({ at: Date.parse(t.at), channel: 'sms', address: t.to })),
  ].sort();
};

it('the demonstration, lived through for years with everything that people do, plans, sends and answers what the rehearsal says, slot by slot', async () => {
  const env = { PATH: processEnv()['PATH'], HOME: processEnv()['HOME'], LOG_LEVEL: 'warn', DONDOC_CLOCK: `2018-10-22T08:00,${RATE}` };
  const ports = { web: 0, inbox: 0, smtp: 0 };
  const demonstration = await up({ env, home, fresh: false, realClock: false, ports, workflowBundle: workflowBundle.codePath, holdMs: 0, say: () => undefined });
  stops.push(demonstration.stop);
  const ledger = connectLedger({ socketDir: demonstration.socketDir ?? '' });
  const connection = await Connection.connect({ address: demonstration.temporalAddress });
  stops.push(() => ledger.close(), () => connection.close());
  const acts = exampleStory().acts.filter((a) => a.at < UNTIL);
  await enter(ledger, acts[0]?.at ?? UNTIL);
  const client = new Client({ connection });
  const key = (await siteKey({ linkSecret: null, home }))!;
  const answers = await live(ledger, { ...key, temporal: async () => client }, acts);
  const { id } = await ledger.selectFrom('start').select('id').executeTakeFirstOrThrow();
  const { acts: expected, arrivals, ...told } = rehearsed(id, UNTIL);
  expect(answers).toEqual(expected);
  expect(await delivered(ledger, UNTIL)).toEqual(told);
  expect(await arrived(demonstration.inboxUrl)).toEqual(arrivals);
}, 600_000);

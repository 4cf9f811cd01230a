import type { Client, WorkflowHandle } from '@temporalio/client';
import { setTimeout as pause } from 'node:timers/promises';
import { startPlan } from '../../../client/start-plan';
import { actOnTask, startTasks } from '../../../client/tasks';
import { taskWorkflowId } from '../../../contracts/ids';
import type { TaskWorkflow } from '../../../contracts/task';
import type { Command } from '../../../domain/acts';
import type { Plan } from '../../../domain/plan';
import { instantAt } from '../../../domain/time';
import { insertTasks } from '../../../ledger/tasks';
import { linkKeyOf } from '../../../links';
import { stopwatch, until } from '../arms';
import { countOf } from '../count';
import { atMost, median, type Part, plain, round } from '../figure';
import { CALENDAR, header, seedFor, spec, TODAY } from '../people';
import type { RealWorker } from '../real-worker';
import { LINK_SECRET } from '../settings';
import { type Site, startSite } from '../site';

const NOW = instantAt(TODAY, 9 * 60);
const UNITS = 40;
const ROUNDS = 7;
const TASKS = 500;
/** How long a worker lives before it is killed. */
const LIFE_MS = 3_000;
const KILLS = 12;

const clock = () => ({ anchor: Date.now(), from: NOW, rate: 1 });
const remind: Command = { act: 'remind', fields: {}, actor: { by: 'admin', via: 'system' } };

const handleOf = (client: Client, task: string): WorkflowHandle<TaskWorkflow> =>
  client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(task));
/** When a worker completed the first step after an instant, in milliseconds since the epoch. */
const firstStepAfter = async (client: Client, task: string, instant: number): Promise<number | undefined> => {
  const { events } = await handleOf(client, task).fetchHistory();
  const times = (events ?? []).filter((e) => e.workflowTaskCompletedEventAttributes != null)
    .map((e) => Number(e.eventTime?.seconds ?? 0) * 1000 + Number(e.eventTime?.nanos ?? 0) / 1e6);
  return times.find((time) => time > instant);
};

const seeds = Array.from({ length: ROUNDS * 2 }, (_, i) => seedFor('BD0', spec(`BD0-${i}`, i % UNITS, '2025-12-31')));

type Restarts = { readonly fresh: number[]; readonly held: number[] };
/** Seconds from the start of a worker's process to the first step of a task that no worker had, and of one that the killed one had in memory. */
const restarts = async (site: Site, say: (line: string) => void): Promise<Restarts> => {
  const { client, ledger } = site;
  const [fresh, held]: [number[], number[]] = [[], []];
  let worker: RealWorker = site.startRealWorker();
  for (let n = 0; n < ROUNDS; n += 1) {
    const [old, young] = [seeds[2 * n]!, seeds[2 * n + 1]!];
    await insertTasks(ledger, [old, young], NOW);
    await startTasks(client, [old], clock());
    await until('the task waits', async () => (await countOf(ledger.selectFrom('task').where('id', '=', old.id).where('seq', '>', 0))) === 1);
    await worker.kill();
    worker = site.startRealWorker();
    const { startedAt } = worker;
    await startTasks(client, [young], clock());
    void actOnTask({ ...linkKeyOf(LINK_SECRET), temporal: async () => client }, old.id, remind, NOW).catch(() => undefined);
    for (const [task, seconds] of [[young.id, fresh], [old.id, held]] as const) {
      let at: number | undefined;
      await until('the first step', async () => { at = await firstStepAfter(client, task, startedAt); return at !== undefined; });
      seconds.push(((at ?? NaN) - startedAt) / 1000);
    }
    say(`round ${n + 1}: ${round(fresh.at(-1)!)} s, in a dead worker's memory ${round(held.at(-1)!)} s`);
  }
  await worker.kill();
  return { fresh, held };
};

const plan: Plan = {
  plan: header('BDK'), tasks: Array.from({ length: TASKS }, (_, i) => spec(`BDK-${i}`, i % UNITS, '2025-12-31')),
  duties: [], indicators: [], recipients: [], warnings: [],
};

type Killed = { readonly committed: number[]; readonly sentAfter: number | null; readonly rest: number };
/** How many of the tasks were committed after each life of a worker that is killed every three seconds, and after how many all mails are out. */
const underKills = async (site: Site, say: (line: string) => void): Promise<Killed> => {
  const { client, ledger, sink } = site;
  const now = clock();
  await site.setClock(now);
  const file = { name: 'ke-hoach.txt', bytes: Buffer.from('BDK') };
  await startPlan({ ledger, client, plan, file, startAt: NOW, now: NOW, clock: now, calendar: CALENDAR });
  const committedNow = () => countOf(ledger.selectFrom('task').where('plan', '=', 'BDK').where('seq', '>', 0));
  const open = async (): Promise<number> => countOf(ledger.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice')
    .where('notice.plan', '=', 'BDK').where('delivery.state', 'in', ['planned', 'claimed']));
  const isSent = async (): Promise<boolean> => (await committedNow()) === TASKS && (await open()) === 0;
  const committed: number[] = [];
  for (let life = 1; life <= KILLS; life += 1) {
    const worker = site.startRealWorker();
    await pause(LIFE_MS);
    await worker.kill();
    committed.push(await committedNow());
    say(`life ${life}: ${committed.at(-1)} tasks, ${await sink.ask('taken')} mails`);
    if (await isSent()) return { committed, sentAfter: life, rest: 0 };
  }
  const worker = site.startRealWorker();
  const took = stopwatch();
  await until('all is sent', isSent);
  const rest = took();
  await worker.kill();
  return { committed, sentAfter: null, rest };
};

export const restart: Part = {
  name: 'restart', title: 'After a worker\'s kill',
  about: 'The installed program (`dist/worker/main.js`). `SIGKILL`, and a new process at once.',
  run: async (say) => {
    const site = await startSite(UNITS);
    try {
      await site.setClock(clock());
      const { fresh, held } = await restarts(site, say);
      const { committed, sentAfter, rest } = await underKills(site, say);
      return [
        atMost('first step, seconds', median(fresh), 2, round(median(fresh)),
          `From the start of the process to the first completed workflow task, median of ${ROUNDS}.`),
        plain('a task that the dead one had in memory, seconds', round(median(held)),
          `The same, of an act on a task that the killed worker had been looking after; ${round(Math.min(...held))} to `
            + `${round(Math.max(...held))}: Temporal waits ten seconds for a step that was under way.`),
        plain(`start of ${TASKS} tasks, a kill every ${LIFE_MS / 1000} s`,
          sentAfter === null ? `all sent ${round(rest)} s after the last` : `all sent in life ${sentAfter}`,
          `Tasks committed after each life: ${committed.join(', ')}.`),
      ];
    } finally {
      await site.stop();
    }
  },
};

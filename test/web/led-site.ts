import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { main } from '../../client/cli/main';
import { openLedger } from '../../client/services';
import { hashOf, seedsOf } from '../../client/start-plan';
import { connectTemporal } from '../../client/temporal';
import { processEnv, readSettings } from '../../config/env';
import { ourTime } from '../../contracts/clock';
import { taskWorkflowId } from '../../contracts/ids';
import { type TaskWorkflow, view } from '../../contracts/task';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import type { Directory, Plan } from '../../domain/plan';
import { dateAt, HOUR_MS, type Instant, isoInstant } from '../../domain/time';
import { standingAt } from '../../embedded/demo-loop';
import { type Running, up } from '../../embedded/up';
import { openHome } from '../../embedded/up/home';
import { startLedger } from '../../embedded/up/ledger';
import { createStack } from '../../embedded/up/stack';
import { connectLedger, type Ledger } from '../../ledger/connect';
import { importDirectory } from '../../ledger/directory';
import { insertPlan, recordStart } from '../../ledger/plans';
import { readClock } from '../../ledger/settings';
import { insertTask, insertTasks } from '../../ledger/tasks';
import { seedOf } from '../support/task-values';
import { workflowBundle } from '../support/temporal';

/** An hour of the story in 20 ms; it stands wherever something happens. */
const RATE = HOUR_MS / 20;
const LOOK_MS = 20;
/** Where nothing moves for half a minute, the leader of the clock goes on: a person who takes longer is seen to be there. */
const STIR_MS = 5_000;
/** For the clock a person is one more task that wakes. */
const VISITOR = 'VISITOR-01';

export type LedSite = {
  readonly webUrl: string; readonly inboxUrl: string; readonly ledger: Ledger;
  /** The story goes on to an instant and stands there, everything before it decided and sent; these tasks know the hour too. */
  readonly standAt: (at: Instant, tasks?: readonly string[]) => Promise<void>;
  /** One command line as a person of the host unit types it; its JSON. @throws where it is refused */
  readonly dondoc: (...argv: string[]) => Promise<unknown>;
  readonly stop: () => Promise<void>;
};
export type Lived = { readonly plans: readonly Plan[]; readonly directory: Directory; readonly from: Instant; /** The first instant at which somebody does something. */ readonly first: Instant };

/** Plans that were written down and not begun: what `up` finds in its home it brings to life. */
const prepare = async (home: string, { plans, directory, from }: Lived): Promise<void> => {
  openHome(home, 'demonstration');
  const stack = createStack(() => undefined);
  try {
    const { others: ledger } = await startLedger(readSettings({ DONDOC_HOME: home }), standingAt(from, Date.now(), RATE), stack, () => undefined);
    await importDirectory(ledger, directory, { replace: false, today: dateAt(from) });
    for (const plan of plans) {
      const { code } = plan.plan;
      const content = Buffer.from(code, 'utf8');
      await insertPlan(ledger, { header: plan.plan, tasks: plan.tasks, file: { name: 'ke-hoach.txt', content, hash: hashOf(content) }, startedAt: from });
      await recordStart(ledger, { id: `start-${code}`, plan: code, tasks: plan.tasks.map((t) => t.id), startedAt: from });
      await insertTasks(ledger, seedsOf(plan, plan.tasks, { calendar: SHIPPED_CALENDAR, startAt: from, startId: `start-${code}` }), from);
    }
  } finally {
    await stack.stop();
  }
};

const commandLine = (home: string) => async (...argv: string[]): Promise<unknown> => {
  const [out, err]: [string[], string[]] = [[], []];
  const exit = await main([...argv, '--json'], {
    out: (text) => void out.push(text), err: (text) => void err.push(text), isTerminal: false, canAsk: false, ask: async () => '', env: { DONDOC_HOME: home },
    cwd: process.cwd(), now: () => Date.now(), user: 'can-bo@may-chu',
  }, { openLedger, openTemporal: connectTemporal });
  if (exit !== 0) throw new Error(`${argv.join(' ')}: ${exit} ${out.join('')}${err.join('')}`);
  return JSON.parse(out.join(''));
};

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

/** Leads the clock from one instant at which somebody is there to the next. */
const visits = async (ledger: Ledger, client: Client, { from, first }: Lived) => {
  let standsAt = first;
  const wakeAt = (at: Instant): Promise<unknown> => ledger.updateTable('task').set({ next_wake_at: new Date(at) }).where('id', '=', VISITOR).execute();
  const now = async (): Promise<Instant> => {
    const clock = await readClock(ledger);
    return clock === undefined ? 0 : ourTime(clock, Date.now());
  };
  await insertTask(ledger, seedOf(VISITOR), from);
  await ledger.updateTable('task').set({ seq: 1, state: 'assigned' }).where('id', '=', VISITOR).execute();
  await wakeAt(first);
  if ((await now()) > first) throw new Error(`the story had begun: it was ${isoInstant(await now())}`);
  let stirs = 0;
  const stirring = setInterval(() => void wakeAt(standsAt - ((stirs += 1) % 2)).catch(() => undefined), STIR_MS);
  const standAt = async (at: Instant, tasks: readonly string[] = []): Promise<void> => {
    standsAt = at;
    await wakeAt(at);
    while ((await now()) < at) await pause();
    for (const task of tasks) {
      const handle = client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(task));
      while ((await handle.query(view)).now < at) await pause();
    }
  };
  return { standAt, end: () => clearInterval(stirring) };
};

/** Everything embedded, with these plans alone, on a clock that is led by the test: real workflows, mails, text messages and pages. */
export const openLedSite = async (lived: Lived): Promise<LedSite> => {
  const home = mkdtempSync(join(tmpdir(), 'dondoc-led-'));
  await prepare(home, lived);
  const env = { PATH: processEnv()['PATH'], HOME: processEnv()['HOME'], LOG_LEVEL: 'warn', DONDOC_CLOCK: `${isoInstant(lived.from).slice(0, 16)},${RATE}` };
  const running: Running = await up({
    env, home, fresh: false, realClock: false, ports: { web: 0, inbox: 0, smtp: 0 }, workflowBundle: workflowBundle.codePath, holdMs: 0, say: () => undefined,
  });
  const ledger = connectLedger({ socketDir: running.socketDir ?? '' });
  const connection = await Connection.connect({ address: running.temporalAddress });
  const visit = await visits(ledger, new Client({ connection }), lived);
  return {
    webUrl: running.webUrl, inboxUrl: running.inboxUrl, ledger, standAt: visit.standAt, dondoc: commandLine(home),
    stop: async () => {
      visit.end();
      await ledger.close();
      await connection.close();
      await running.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
};

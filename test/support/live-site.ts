import { WorkflowNotFoundError } from '@temporalio/client';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createCommit } from '../../activities/commit';
import { createPokePost } from '../../activities/poke-post';
import type { TaskActivities } from '../../contracts/activities';
import { type Clock, ourTime } from '../../contracts/clock';
import { messageWorkflowId, POST_WORKFLOW_ID, taskWorkflowId } from '../../contracts/ids';
import { clockMoved } from '../../contracts/task';
import { isSendingTime, SLOT_MINUTES } from '../../domain/calendar';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { type Instant, MINUTE_MS } from '../../domain/time';
import { type Agenda, readAgenda, readClockBearers } from '../../ledger/agenda';
import type { Ledger, LedgerAddress } from '../../ledger/connect';
import { writeClock } from '../../ledger/settings';
import { KEYS } from './door';
import { ledgerEngines } from './ledger';
import { type SmtpPeer, startSmtpPeer } from './smtp-peer';
import { startDevServerForTest, type TestServer, workflowBundle } from './temporal';
import type { WorkerProcessInput } from './worker-process';

export type WorkerProcess = {
  /** SIGKILL, as by the system: nothing is tidied up. Settles when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM: a worker that is told to stop, and does. */
  stop(): Promise<void>;
};
export type LiveSite = {
  readonly server: TestServer;
  readonly ledger: Ledger;
  readonly peer: SmtpPeer;
  /** The folder of the ledger's socket. */
  readonly socketDir: string;
  /** The activity `commit` in this process, pokes included. */
  readonly commit: TaskActivities['commit'];
  /** A process of its own, when it works; `ledgerAt`: where it finds the ledger, if not at its socket. */
  startWorker(ledgerAt?: LedgerAddress): Promise<WorkerProcess>;
  /** Story time goes on from an instant: in the ledger, and told to every workflow that carries a clock. */
  moveClock(from: Instant, rate?: number): Promise<void>;
  storyNow(): Instant;
  /** Ends what still runs. */
  stop(): Promise<void>;
};

const ROOT = join(__dirname, '..', '..');
const DEADLINE_MS = 60_000;

/** Looks until it holds; after the deadline it fails and says what was waited for. */
export const until = async (what: string | (() => string), holds: () => Promise<boolean> | boolean, deadlineMs = DEADLINE_MS): Promise<void> => {
  for (const deadline = Date.now() + deadlineMs; !(await holds());) {
    if (Date.now() > deadline) throw new Error(`after ${deadlineMs / 1000} s still not: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const spawnWorker = async (input: WorkerProcessInput): Promise<WorkerProcess> => {
  const program = ['-r', join(__dirname, 'swc-require.cjs'), join(__dirname, 'worker-process.ts'), JSON.stringify(input)];
  const child = spawn(process.execPath, program, { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-4000); });
  const gone = once(child, 'exit');
  const ready = once(child.stdout, 'data');
  await Promise.race([ready, gone.then(() => { throw new Error(`the worker ended at once: ${said}`); })]);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return { kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
};

/** Tells the clock to every open task, the post and each message in trouble; one that has ended needs none. */
export const tellClock = async ({ client }: Pick<TestServer, 'client'>, ledger: Ledger, clock: Clock): Promise<void> => {
  const { tasks, messages } = await readClockBearers(ledger);
  const ids = [...tasks.map(taskWorkflowId), POST_WORKFLOW_ID, ...messages.map(messageWorkflowId)];
  await Promise.all(ids.map((id) => client.workflow.getHandle(id).signal(clockMoved, clock).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  })));
};

/**
 * Dev server, ledger (PostgreSQL where it is installed) and mail server, with worker processes to kill. The story begins at `from`, by default in real
 * time.
 */
export const startLiveSite = async (from: Instant, rate = 1): Promise<LiveSite> => {
  const engine = ledgerEngines().at(-1)!;
  const [server, ledger, peer] = await Promise.all([startDevServerForTest(), engine.freshLedger(), startSmtpPeer()]);
  const socketDir = await engine.socketDir();
  let clock: Clock = { anchor: Date.now(), from, rate };
  await writeClock(ledger, clock);
  const running = new Set<WorkerProcess>();
  const { codePath } = workflowBundle;
  const startWorker = async (ledgerAt: LedgerAddress = { socketDir }): Promise<WorkerProcess> => {
    const worker = await spawnWorker({ address: server.address, ledgerAt, smtpUrl: peer.url, codePath });
    running.add(worker);
    return worker;
  };
  const moveClock = async (to: Instant, newRate = 1): Promise<void> => {
    clock = { anchor: Date.now(), from: to, rate: newRate };
    await writeClock(ledger, clock);
    await tellClock(server, ledger, clock);
  };
  return {
    server, ledger, peer, socketDir, startWorker, moveClock, storyNow: () => ourTime(clock, Date.now()),
    commit: createCommit({ ledger, keys: KEYS, pokePost: createPokePost({ client: server.client, ledger }) }),
    stop: async () => {
      await Promise.all([...running].map((worker) => worker.kill()));
      await Promise.all([peer.stop(), server.stop()]);
      await engine.stop();
    },
  };
};

const isDue = (at: Instant | null | undefined, now: Instant): boolean => at != null && at <= now;
/** Whether a pass of the post should have taken something by now: what is urgent at once, the rest at its slot; nothing outside the sending hours. */
const isBehind = ({ plannedAt, urgentAt }: Agenda, now: Instant): boolean =>
  isSendingTime(SHIPPED_CALENDAR, now) && (isDue(urgentAt, now) || isDue(plannedAt, now - (now % (SLOT_MINUTES * MINUTE_MS))));

/** All tasks have decided what is due, it is in messages, and each message is final or waits for a later attempt by a workflow of its own. */
export const untilSent = async ({ ledger, storyNow }: LiveSite): Promise<void> => {
  let agenda = await readAgenda(ledger);
  await until(() => `nothing due is left behind, but ${JSON.stringify({ ...agenda, now: storyNow() })}`, async () => {
    const now = storyNow();
    agenda = await readAgenda(ledger);
    return agenda.opening === 0 && agenda.inFlight === 0 && !isDue(agenda.wakes[0], now) && !isBehind(agenda, now);
  });
};

/** Gives messages in trouble their next attempts, until none is left. */
export const untilSettled = async (site: LiveSite): Promise<void> => {
  await untilSent(site);
  for (let next = (await readAgenda(site.ledger)).nextTryAt; next !== null; next = (await readAgenda(site.ledger)).nextTryAt) {
    const tryAt = next;
    await site.moveClock(Math.max(tryAt, site.storyNow()) + MINUTE_MS);
    await until('a message in trouble is tried again', async () => (await readAgenda(site.ledger)).nextTryAt !== tryAt);
    await untilSent(site);
  }
};

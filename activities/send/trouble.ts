import {
  type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError, WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy, WorkflowNotFoundError, type WorkflowStartOptions,
} from '@temporalio/client';
import { messageWorkflowId, TASK_QUEUE } from '../../contracts/ids';
import { type MessageWorkflow, messageWorkflowType } from '../../contracts/post';
import { afterAttempt, isTriedInBulk, mayRepeat, type NextStep, type Trouble } from '../../domain/delivery';
import type { WorkingCalendar } from '../../domain/calendar';
import { type Instant, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import {
  type Decided, findStranded, holdUnfinished, putOff, readRepeatable, readUndecided, setNextSteps, type Undecided,
} from '../../ledger/outbox';
import { readClock } from '../../ledger/settings';
import type { Log, SmsGateway } from '../ports';
import { reportUnclear } from './lost';

/**
 * Starts the `message` workflow of one message, which looks at it at `at`; harmless where it runs already. Answers with
 * the state with which an earlier one has settled it, and starts none then: the ledger, which says that it is not
 * settled, was restored from before.
 */
export type StartMessage = (key: string, at: Instant) => Promise<string | void>;

const SETTLED: readonly string[] = ['accepted', 'delivered', 'bounced', 'superseded', 'failed'];
/** How the last run of a message's workflow ended; undefined where its end cannot be read, or was none of its own. */
const lastState = (client: Client, workflowId: string): Promise<string | undefined> =>
  client.workflow.getHandle<MessageWorkflow>(workflowId).result().catch((error: unknown) => {
    if (error instanceof WorkflowFailedError || error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  });

type StartDeps = { readonly client: Client; readonly ledger: Ledger; readonly taskQueue?: string };
export const createStartMessage = ({ client, ledger, taskQueue = TASK_QUEUE }: StartDeps): StartMessage =>
  async (key, at) => {
    const clock = await readClock(ledger);
    if (!clock) throw new Error('the ledger has no clock yet: a message cannot be looked after');
    const workflowId = messageWorkflowId(key);
    const options = {
      workflowId, taskQueue, args: [{ key, clock, at }],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    } satisfies WorkflowStartOptions<MessageWorkflow>;
    const start = (workflowIdReusePolicy: WorkflowIdReusePolicy): Promise<unknown> =>
      client.workflow.start<MessageWorkflow>(messageWorkflowType, { ...options, workflowIdReusePolicy });
    try {
      await start(WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const state = await lastState(client, workflowId);
      if (state !== undefined && SETTLED.includes(state)) return state;
      await start(WorkflowIdReusePolicy.ALLOW_DUPLICATE);
    }
    return undefined;
  };

export type TroubleDeps = { readonly ledger: Ledger; readonly sms: Pick<SmsGateway, 'keyHoldsMinutes'> };

const troubleOf = (message: Undecided, { keyHoldsMinutes }: TroubleDeps['sms']): Trouble => {
  const { channel, firstStartedAt } = message;
  return channel !== 'sms' || keyHoldsMinutes === null || firstStartedAt === null ? message : { ...message, keyHoldsUntil: firstStartedAt + keyHoldsMinutes * MINUTE_MS };
};

/** What falls into one minute is tried together. */
const inBulk = (at: Instant): Instant => Math.ceil(at / MINUTE_MS) * MINUTE_MS;

const decided = (message: Undecided, step: NextStep): Decided => {
  const of = { key: message.key, attempts: message.attempts };
  switch (step.do) {
    case 'attempt':
      return isTriedInBulk(message) ? { ...of, awaits: 'post', at: inBulk(step.at) } : { ...of, awaits: 'attempt', at: step.at };
    case 'await-receipt': return { ...of, awaits: 'receipt', at: step.at };
    case 'ask': return { ...of, awaits: 'person' };
    case 'give-up': return { ...of, awaits: 'channel' };
  }
};

/** What comes next for each message in trouble, as the one table says; not written yet. */
const decide = async ({ ledger, sms }: TroubleDeps, calendar: WorkingCalendar, now: Instant, key?: string): Promise<readonly Decided[]> =>
  (await readUndecided(ledger, key)).map((m) => decided(m, m.isPassedOn ? { do: 'give-up' } : afterAttempt(calendar, troubleOf(m, sms), now)));

/** A person is told before it is written that one decides: where this ends in between, it is decided and told again, under the same key. */
const write = async (ledger: Ledger, steps: readonly Decided[], now: Instant): Promise<void> => {
  for (const { key } of steps.filter((s) => s.awaits === 'person')) await reportUnclear(ledger, key, now);
  await setNextSteps(ledger, steps, now);
};

type Begun = { readonly key: string; readonly at: Instant; readonly now: Instant };
/** What Temporal knows to be settled may have been taken after the backup: it is not tried, a person decides. */
const begin = async ({ ledger, startMessage, log }: PassDeps, { key, at, now }: Begun): Promise<boolean> => {
  if ((await startMessage(key, at)) === undefined) return true;
  await holdUnfinished(ledger, now, key);
  await reportUnclear(ledger, key, now);
  log.warn({ message: key }, 'a message was settled before the ledger was restored: a person decides about it');
  return false;
};

/** So many are taken up again in one call: what is left is found by the next pass. */
const MOST_AT_ONCE = 500;
/** Has every message looked after again whose own workflow has let its time pass: it was lost with Temporal, ended by a person, or has failed. */
const takeUp = async (deps: PassDeps, calendar: WorkingCalendar, now: Instant): Promise<void> => {
  const { ledger, log } = deps;
  const lost = (await findStranded(ledger, calendar, now)).filter((m) => m.keeper === 'workflow').slice(0, MOST_AT_ONCE);
  for (const { key } of lost) await begin(deps, { key, at: now, now });
  await putOff(ledger, lost.map((m) => m.key), now);
  if (lost.length > 0) log.warn({ messages: lost.length }, 'nobody looked after messages in trouble: they are taken up again');
};

type PassDeps = TroubleDeps & { readonly startMessage: StartMessage; readonly log: Log };

/**
 * Takes up again what nobody looks after, decides for every message in trouble and starts a workflow for each that waits for
 * a time and is not tried in bulk: one whose start fails is found again by the next pass. Answers with how many were given up.
 */
export const attendTrouble = async (deps: PassDeps, calendar: WorkingCalendar, now: Instant): Promise<number> => {
  await takeUp(deps, calendar, now);
  const steps: Decided[] = [];
  for (const step of await decide(deps, calendar, now)) {
    const isItsOwn = 'at' in step && step.awaits !== 'post';
    if (!isItsOwn || (await begin(deps, { key: step.key, at: step.at, now }))) steps.push(step);
  }
  await write(deps.ledger, steps, now);
  return steps.filter((s) => s.awaits === 'channel').length;
};

/** The same for one message that its own workflow looks after. */
export const attendOne = async (deps: TroubleDeps, calendar: WorkingCalendar, key: string, now: Instant): Promise<Decided | undefined> => {
  const steps = await decide(deps, calendar, now, key);
  await write(deps.ledger, steps, now);
  return steps[0];
};

/**
 * What is done instead of an attempt that was decided on: it comes too late for the key by which the gateway would know a repetition, or for a code. Undefined
 * where it may be made.
 */
export const insteadOfAttempt = async ({ ledger, sms }: TroubleDeps, calendar: WorkingCalendar, key: string, now: Instant): Promise<Decided | undefined> => {
  const message = await readRepeatable(ledger, key);
  if (message === undefined) return undefined;
  const trouble = troubleOf(message, sms);
  if (mayRepeat(trouble, now)) return undefined;
  const step = decided(message, afterAttempt(calendar, trouble, now));
  await write(ledger, [step], now);
  return step;
};

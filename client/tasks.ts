import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, type SearchAttributePair } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../contracts/clock';
import { FAILURES } from '../contracts/failures';
import { POST_WORKFLOW_ID, TASK_QUEUE, taskWorkflowId } from '../contracts/ids';
import { poke, POST_VERSION, type PostInput, type PostWorkflow, postWorkflowType } from '../contracts/post';
import { act, type Receipt, renew, type TaskInput, taskWorkflowType, type TaskWorkflow } from '../contracts/task';
import type { Command, Refusal } from '../domain/acts';
import { RULES, type TaskSeed } from '../domain/task';
import { dmy, type Instant } from '../domain/time';
import { type LinkKey, sealAct } from '../links';
import { inParallel } from './pool';
import { isTemporalAway, SEARCH_ATTRIBUTES } from './temporal';
import { Unreachable } from './unreachable';

/** Starts in flight: more only queue in the server's frontend. */
const STARTS_AT_ONCE = 40;
/** How long a person waits for the answer to an act. */
const ACT_DEADLINE_MS = 5_000;
const SUMMARY_BYTES = 200;

export type StartResult = { readonly task: string; readonly outcome: 'started' | 'exists' };

const attributesOf = (seed: TaskSeed): SearchAttributePair[] => [
  { key: SEARCH_ATTRIBUTES.plan, value: seed.plan },
  { key: SEARCH_ATTRIBUTES.task, value: seed.id },
  { key: SEARCH_ATTRIBUTES.lead, value: seed.spec.lead },
  ...(seed.spec.dueOn === null ? [] : [{ key: SEARCH_ATTRIBUTES.dueOn, value: seed.spec.dueOn }]),
];

/** `CN18-05, hạn 31/12/2019: Xây dựng cơ chế …`, at most 200 bytes of UTF-8, cut between characters. */
export const summaryOf = (seed: TaskSeed): string => {
  const due = seed.spec.dueOn === null ? 'chưa xác định hạn' : `hạn ${dmy(seed.spec.dueOn)}`;
  const full = `${seed.id}, ${due}: ${seed.spec.title}`;
  if (Buffer.byteLength(full) <= SUMMARY_BYTES) return full;
  let cut = '';
  for (const character of full) {
    if (Buffer.byteLength(`${cut}${character}…`) > SUMMARY_BYTES) break;
    cut += character;
  }
  return `${cut}…`;
};

export type StartOptions = {
  readonly onProgress?: (done: number) => void;
  /** A task that has no workflow running is started anew (`repair`: it reads its events back from the ledger). */
  readonly isAgain?: boolean;
  /** Tasks whose row was written a moment ago, with no event yet: they read nothing back. */
  readonly fresh?: ReadonlySet<string>;
};

/** Starts one workflow per seed, 40 at a time, each by the newest rules. A task that has or had a workflow is `exists` and stays untouched. */
export const startTasks = async (
  client: Client, seeds: readonly TaskSeed[], clock: Clock, { onProgress = () => undefined, isAgain = false, fresh = new Set() }: StartOptions = {},
): Promise<readonly StartResult[]> =>
  inParallel(seeds, STARTS_AT_ONCE, async (seed): Promise<StartResult> => {
    const input: TaskInput = { seed, clock, rules: RULES, ...(fresh.has(seed.id) ? { isFresh: true } : {}) };
    try {
      await client.workflow.start<TaskWorkflow>(taskWorkflowType, {
        workflowId: taskWorkflowId(seed.id), taskQueue: TASK_QUEUE, args: [input], workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: isAgain ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE', staticSummary: summaryOf(seed), typedSearchAttributes: attributesOf(seed),
      });
      return { task: seed.id, outcome: 'started' };
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return { task: seed.id, outcome: 'exists' };
      throw away(client, error);
    }
  }, onProgress);

/** A task's workflow as Temporal knows it. `seq`: the last event number of one that came to its end by itself. */
export type WorkflowState = { readonly task: string; readonly status: 'running' | 'none' } | { readonly task: string; readonly status: 'ended'; readonly seq: number };

const stateOf = async (client: Client, task: string): Promise<WorkflowState> => {
  const handle = client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(task));
  try {
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') return { task, status: 'running' };
    return status.name === 'COMPLETED' ? { task, status: 'ended', seq: (await handle.result()).seq } : { task, status: 'none' };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { task, status: 'none' };
    throw away(client, error);
  }
};

/** What Temporal knows of the workflows of tasks, 40 at a time. */
export const workflowStates = (client: Client, tasks: readonly string[], onProgress: (done: number) => void = () => undefined): Promise<readonly WorkflowState[]> =>
  inParallel(tasks, STARTS_AT_ONCE, (task) => stateOf(client, task), onProgress);

/** Has running workflows compare with the ledger and write again what it lacks; one that has ended meanwhile is left out. */
export const compareWithLedger = async (client: Client, tasks: readonly string[], onProgress: (done: number) => void = () => undefined): Promise<void> => {
  await inParallel(tasks, STARTS_AT_ONCE, async (task) => {
    try {
      await client.workflow.getHandle(taskWorkflowId(task)).signal(renew);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw away(client, error);
    }
  }, onProgress);
};

/** Ends the workflow of a task whose ledger is to be taken as it is; harmless where none runs. */
export const terminateTask = async (client: Client, task: string): Promise<void> => {
  try {
    await client.workflow.getHandle(taskWorkflowId(task)).terminate('the ledger is taken as it is');
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw away(client, error);
  }
};

export type ActAnswer =
  | { readonly ok: true; readonly receipt: Receipt }
  | Refusal
  /** No workflow answers for this task any more: the caller draws the answer from the ledger. */
  | { readonly ok: false; readonly code: 'no-workflow' }
  /** Nothing was sent: the workers do not know the key that this process would seal with. */
  | { readonly ok: false; readonly code: 'key-unknown' }
  /** Sent, and no answer in five seconds: it may still count. */
  | { readonly ok: false; readonly code: 'no-answer' };

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'ok' in value && value.ok === false && 'code' in value && 'message' in value;

/** By which acts go out: Temporal, and the server's key that seals them. */
export type ActDoor = LinkKey & {
  /** @throws Unreachable */
  readonly temporal: () => Promise<Client>;
};

type Sealed = { readonly sealedCommand: Command; readonly updateId: string };
/** An act as it crosses to Temporal. One without a nonce gets one: each is taken once. */
const sealed = (key: LinkKey, task: string, { act: name, fields, actor: given }: Command, now: Instant): Sealed => {
  const nonce = given.nonce ?? randomUUID();
  const actor = { ...given, nonce };
  const seal = sealAct(key, { task, act: name, fields, actor }, now);
  return { sealedCommand: { act: name, fields, actor, seal } as Command, updateId: nonce };
};

const answered = async (client: Client, update: () => Promise<Receipt>): Promise<ActAnswer> => {
  try {
    return { ok: true, receipt: await client.withDeadline(Date.now() + ACT_DEADLINE_MS, update) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { ok: false, code: 'no-workflow' };
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { ok: false, code: 'no-answer' };
    if (error instanceof WorkflowUpdateFailedError) return answerOf(error);
    throw away(client, error);
  }
};

/**
 * Seals one official act, sends it and waits at most five seconds for its receipt or refusal. `now`: when it was
 * pressed, our time.
 * @throws Unreachable when nothing was sent
 */
export const actOnTask = async (door: ActDoor, task: string, command: Command, now: Instant): Promise<ActAnswer> => {
  const client = await door.temporal();
  const handle = client.workflow.getHandle(taskWorkflowId(task));
  const { sealedCommand, updateId } = sealed(door, task, command, now);
  return answered(client, () => handle.executeUpdate(act, { args: [sealedCommand], updateId }));
};

/**
 * As {@link actOnTask}, for a task that is over: its workflow is started once more with the act, reads its events back
 * from the ledger, decides, and ends again.
 */
export const actOnClosed = async (
  door: ActDoor, { seed, clock }: Pick<TaskInput, 'seed' | 'clock'>, command: Command, now: Instant
): Promise<ActAnswer> => {
  const client = await door.temporal();
  const { sealedCommand, updateId } = sealed(door, seed.id, command, now);
  const startWorkflowOperation = new WithStartWorkflowOperation<TaskWorkflow>(taskWorkflowType, {
    workflowId: taskWorkflowId(seed.id),
    taskQueue: TASK_QUEUE,
    args: [{ seed, clock, rules: RULES }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    staticSummary: summaryOf(seed),
    typedSearchAttributes: attributesOf(seed),
  });
  return answered(client, () =>
    client.workflow.executeUpdateWithStart(act, {
      args: [sealedCommand],
      updateId,
      startWorkflowOperation,
    }),
  );
};

const answerOf = (error: WorkflowUpdateFailedError): ActAnswer => {
  if (!(error.cause instanceof ApplicationFailure)) throw error;
  const detail: unknown = error.cause.details?.[0];
  if (error.cause.type === FAILURES.refused && isRefusal(detail)) return detail;
  if (error.cause.type === 'AcceptedUpdateCompletedWorkflow') return { ok: false, code: 'no-workflow' };
  throw error;
};

/** Wakes the post at once, starting it if it is absent. */
export const pokePost = async (client: Client, input: Pick<PostInput, 'clock' | 'calendar'>): Promise<void> => {
  try {
    await client.workflow.signalWithStart<PostWorkflow>(
      postWorkflowType,
      { workflowId: POST_WORKFLOW_ID, taskQueue: TASK_QUEUE, args: [{ version: POST_VERSION, ...input }], signal: poke, signalArgs: [] },
    );
  } catch (error) {
    throw away(client, error);
  }
};

/** What is thrown to people where Temporal did not answer; any other error as it is. */
export const away = (client: Client, error: unknown): unknown =>
  isTemporalAway(error) ? new Unreachable('temporal', addressOf(client), error) : error;
const addressOf = (client: Client): string => {
  const options: unknown = 'options' in client.connection ? client.connection.options : undefined;
  return typeof options === 'object' && options !== null && 'address' in options && typeof options.address === 'string' ? options.address : 'TEMPORAL_ADDRESS';
};

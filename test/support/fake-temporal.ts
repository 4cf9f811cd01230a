import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { FAILURES } from '../../contracts/failures';
import type { Receipt } from '../../contracts/task';
import type { Command } from '../../domain/acts';
import { decide } from '../../domain/decide';
import { evolve } from '../../domain/evolve';
import { projectionOf } from '../../domain/projection';
import { isClosed } from '../../domain/task';
import type { Instant } from '../../domain/time';
import { commitBatch } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { stateFromEvents } from '../../ledger/rebuild';

export type FakeTemporal = {
  readonly client: Client;
  /** Every command that arrived. */
  readonly commands: Command[];
  /** How often the workflow of a closed task was started once more. */
  starts: number;
  /** How often the post was poked. */
  pokes: number;
  /** True: nobody answers. */
  isAway: boolean;
  /** True: acts are decided and committed, and their answers get lost. */
  losesAnswers: boolean;
  /** Told when a command has arrived, before it is decided. */
  onCommand: () => void;
  /** False: what is decided is not written to the ledger (yet). */
  commits: boolean;
};

type WithStart = { readonly options: { readonly workflowId: string } };
const taskOf = (workflowId: string): string => workflowId.replace('task/', '');

/** As gRPC says that nobody is there. */
const unavailable = (): Error => Object.assign(
  new Error('14 UNAVAILABLE: No connection established'), { name: 'ServiceError', code: 14, details: 'No connection', metadata: {} }
);

/**
 * Stands in for Temporal where a test is about pages: Updates are decided by the rules on the ledger's own state, one after the other, and committed at once.
 * Tests with the real
 * workflows are those of the suites `server` and `web`.
 */
export const fakeTemporal = (ledger: Ledger, now: () => Instant): FakeTemporal => {
  let queue: Promise<unknown> = Promise.resolve();
  const act = async (task: string, command: Command, updateId: string, isStarted = false): Promise<Receipt> => {
    const state = await stateFromEvents(ledger, task);
    if (state === undefined || (isClosed(state.name) && !isStarted))
      throw new WorkflowNotFoundError('workflow not found', `task/${task}`, undefined);
    const decision = decide(state, command, now());
    if (!decision.ok) throw new WorkflowUpdateFailedError(
      'refused', ApplicationFailure.create({ type: FAILURES.refused, message: decision.code, details: [decision], nonRetryable: true })
    );
    const after = decision.events.reduce(evolve, state);
    const isRepeat = decision.events.length === 0;
    if (!isRepeat && fake.commits) await commitBatch(
      ledger, { task, events: decision.events, notices: decision.notices, projection: projectionOf(after), now: now() }
    );
    const seq = state.recent.find((r) => r.nonce === updateId)?.seq ?? after.seq;
    return { task, seq, state: after.name, at: now(), isRepeat };
  };
  type Sent = { readonly args: readonly [Command]; readonly updateId: string };
  const executeUpdate =
    (task: string, isStarted = false) =>
    async (_update: unknown, { args: [command], updateId }: Sent): Promise<Receipt> => {
      if (fake.isAway) throw unavailable();
      fake.commands.push(command);
      fake.onCommand();
      const answer = queue.then(() => act(task, command, updateId, isStarted));
      queue = answer.catch(() => undefined);
      const receipt = await answer;
      if (fake.losesAnswers) throw new WorkflowUpdateRPCTimeoutOrCancelledError('no answer');
      return receipt;
    };
  const client = {
    connection: {},
    workflowService: {
      getSystemInfo: async () => {
        if (fake.isAway) throw unavailable();
        return {};
      },
    },
    withDeadline: (_deadline: number, work: () => Promise<unknown>) => work(),
    workflow: {
      getHandle: (id: string) => ({ executeUpdate: executeUpdate(taskOf(id)) }),
      executeUpdateWithStart: (
        update: unknown,
        { startWorkflowOperation: { options }, ...sent }: Sent & { readonly startWorkflowOperation: WithStart },
      ) => {
        fake.starts += 1;
        return executeUpdate(taskOf(options.workflowId), true)(update, sent);
      },
      signalWithStart: async () => {
        if (fake.isAway) throw unavailable();
        fake.pokes += 1;
      },
    },
  };
  const fake: FakeTemporal = {
    client: Object.assign(Object.create(null), client) as Client,
    commands: [],
    starts: 0,
    pokes: 0,
    isAway: false,
    losesAnswers: false,
    onCommand: () => undefined,
    commits: true,
  };
  return fake;
};

import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Command } from '../domain/acts';
import type { Notice } from '../domain/notice';
import type { TaskEvent, TaskProjection, TaskSeed, TaskState, TaskStateName } from '../domain/task';
import type { Instant } from '../domain/time';
import type { Clock } from './clock';

/** A batch of one task's events with what follows from them: written in one transaction, or not at all. */
export type CommitBatch = {
  readonly task: string;
  readonly events: readonly TaskEvent[];
  readonly notices: readonly Notice[];
  readonly projection: TaskProjection;
  readonly now: Instant;
  /** Written before, to a ledger that has lost it. */
  readonly isRestored?: boolean;
};
export type CommitResult =
  | { readonly outcome: 'written' | 'same'; readonly head: number }
  /** The ledger lacks events before this batch: the caller writes them again. */
  | { readonly outcome: 'behind'; readonly head: number }
  /** The ledger holds more, or other content under the same numbers: it wins, and the caller reopens from it. */
  | { readonly outcome: 'ahead' }
  /** Nothing was written: acts of the batch, by their numbers, came through no door of ours. The caller decides what it has without them. */
  | { readonly outcome: 'unsealed'; readonly acts: readonly number[] };

export type TaskInput = {
  readonly seed: TaskSeed;
  readonly clock: Clock;
  /** The version of the rules (`RULES`) that the run decides by, and whose steps it takes, to its end. Left out by releases that had none. */
  readonly rules?: number;
  /** The ledger has the task's row and no event of it: nothing is to be read back. */
  readonly isFresh?: true;
  /** Left out at a start: then `open` reads what the ledger has. `committed`: runs of schema 1 kept the events alone. */
  readonly carried?: { readonly state: TaskState; readonly outbox: readonly Pending[]; readonly committed: readonly (Pending | TaskEvent)[] };
  /** Days until a run continues as new, and the farthest a timer may lie ahead. Left out: 90. */
  readonly runDays?: number;
};
/** Decided and not yet written. */
export type Pending = { readonly events: readonly TaskEvent[]; readonly notices: readonly Notice[] };

export type TaskResult = { readonly state: TaskStateName; readonly seq: number };

/** The answer to an act: what it decided and which event number the ledger will show. */
export type Receipt = { readonly task: string; readonly seq: number; readonly state: TaskStateName; readonly at: Instant; readonly isRepeat: boolean };
export type TaskView = { readonly state: TaskState; readonly committedSeq: number; readonly now: Instant };

export type TaskWorkflow = (input: TaskInput) => Promise<TaskResult>;
export const taskWorkflowType = 'task';
export const act = defineUpdate<Receipt, [Command]>('act');
export const view = defineQuery<TaskView>('view');
/** The demonstration's clock was granted a span. */
export const clockMoved = defineSignal<[Clock]>('clock-moved');
/** Compare with the ledger, and continue as new at the next opportunity (a new release of the code). */
export const renew = defineSignal('renew');

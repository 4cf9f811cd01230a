import type { TaskEvent, TaskSeed } from '../domain/task';
import type { Instant } from '../domain/time';
import type { CommitBatch, CommitResult } from './task';

export interface TaskActivities {
  /** Writes the task's row with its seed if there is none, and returns its events in order: the first step of every chain. */
  open(input: { readonly seed: TaskSeed }): Promise<{ readonly events: readonly TaskEvent[] }>;
  /** One transaction, idempotent on (task, number) with the content compared; pokes the post where something is urgent, whatever the outcome. */
  commit(batch: CommitBatch): Promise<CommitResult>;
  /** Marks a task that cannot go on by itself; visible on the board. */
  reportNeedsRepair(input: { readonly task: string; readonly reason: string; readonly now: Instant }): Promise<void>;
}

export interface PostActivities {
  /**
   * Turns every planned and due delivery into frozen messages, one per address. `recheckAt`: when notices are held back (a start that is not
   * complete yet) the instant to look again.
   */
  freeze(input: { readonly now: Instant }): Promise<{ readonly frozen: number; readonly recheckAt?: Instant }>;
  /** Sends up to `limit` messages that nobody has tried; starts a `message` workflow for each one in trouble. */
  send(input: { readonly now: Instant; readonly limit: number }): Promise<{ readonly sent: number; readonly left: number }>;
}

export interface MessageActivities {
  /** One more attempt of one message; `nextTryAt` is when the caller comes back if this one fails too. `isFinal`: nothing is left to do. */
  retry(input: { readonly now: Instant; readonly key: string; readonly nextTryAt: Instant }): Promise<{ readonly state: string; readonly isFinal: boolean }>;
}

export type Activities = TaskActivities & PostActivities & MessageActivities;

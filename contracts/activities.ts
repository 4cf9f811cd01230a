import type { WorkingCalendar } from '../domain/calendar';
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

/**
 * `codesOnly`: one-time codes and nothing else: they leave at any hour. `stamp`: the last one that the caller was given; a ledger that lacks it was restored from a
 * backup. `stampedAt`: when the call was made that gave it; what was decided after that has never been sent.
 */
export type FreezeInput = { readonly now: Instant; readonly codesOnly?: boolean; readonly calendarVersion?: string; readonly stamp?: number; readonly stampedAt?: Instant };
export type Frozen = {
  readonly frozen: number; readonly untried?: number; readonly recheckAt?: Instant; readonly hasMailbox?: boolean; readonly calendar?: WorkingCalendar; readonly stamp?: number;
};

export type Sent = {
  readonly tried?: number; readonly sent: number; readonly left: number; readonly retryAt?: Instant; readonly stamp?: number;
};

export interface PostActivities {
  /**
   * Turns every planned and due delivery into frozen messages, one per address. `recheckAt`: when notices are held back (a start that is not
   * complete yet) the instant to look again. `hasMailbox`: bounces and answers are to be collected. `untried`: where nothing was frozen, how many
   * messages wait that an earlier call froze: its worker died before the answer. `calendar`: the ledger's, where it is another one than the caller has.
   */
  freeze(input: FreezeInput): Promise<Frozen>;
  /**
   * Sends up to `limit` messages of each channel that nobody has tried, or that are tried again in bulk; starts a `message`
   * workflow for each one in trouble that needs decisions of its own. `tried`: how many moved on, whatever the outcome.
   * `retryAt`: when the next one may be tried that waits for a time.
   */
  send(input: { readonly now: Instant; readonly limit: number; readonly codesOnly?: boolean }): Promise<Sent>;
  /** Takes what came back by mail, up to 200 mails; `left`: how many wait. None where no mailbox is set or it cannot be read. Takes three minutes at most. */
  collect(input: { readonly now: Instant }): Promise<{ readonly collected: number; readonly left: number }>;
  /** Erases what has outlived its retention, once a day, for some twenty seconds at most; `left`: there is more. */
  retain(input: { readonly now: Instant }): Promise<{ readonly left: boolean }>;
}

export interface MessageActivities {
  /**
   * The next step of one message in trouble, if it is due; `urgedAt`: since when a person wants an attempt, which one that began since has fulfilled. `nextAt`:
   * when to come back, and with `isUrged` for that attempt, which the hours of sending did not allow yet; null where nothing is left to do.
   * `attempts`: how many have come to their end, and in the input how many the caller was told of: a ledger that has fewer
   * was restored from a backup.
   */
  attend(input: {
    readonly now: Instant; readonly key: string; readonly urgedAt?: Instant; readonly attempts?: number;
  }): Promise<{
    readonly state: string; readonly nextAt: Instant | null; readonly isUrged?: boolean; readonly attempts?: number;
  }>;
}

export interface RenewalActivities {
  /** Signals the next open tasks after a task (by id) to continue by the newest rules; `last`: the last of them, null where there is none left. */
  renewTasks(input: { readonly rules: number; readonly after?: string }): Promise<{ readonly last: string | null }>;
}

export type Activities = TaskActivities & PostActivities & MessageActivities & RenewalActivities;

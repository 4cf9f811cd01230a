import { defineSignal } from '@temporalio/workflow';
import type { WorkingCalendar } from '../domain/calendar';
import type { Instant } from '../domain/time';
import type { Clock } from './clock';

/** Version of the post's steps: what changes the order of its activities and timers is a new one. 2: it ends its run between two rounds, and looks again soon. */
export const POST_VERSION = 2;
export type PostInput = {
  /** The steps that the run takes to its end. Left out by releases that had no versions. */
  readonly version?: number;
  readonly clock: Clock;
  readonly calendar: WorkingCalendar;
  /** The ledger's last one that a run before has seen. */
  readonly stamp?: number;
  /** When the pass asked that saw it. */
  readonly stampedAt?: Instant;
};
export type PostWorkflow = (input: PostInput) => Promise<void>;
export const postWorkflowType = 'post';
/** Something urgent was planned; carries nothing, every pass takes all that is planned and due. */
export const poke = defineSignal('poke');

/**
 * `at`: when the message is looked at first; `urgedAt`: since when a person wants an attempt, whatever was decided before;
 * `attempts`: how many a run before knew to have come to their end.
 */
export type MessageInput = {
  readonly key: string; readonly clock: Clock; readonly at: Instant; readonly urgedAt?: Instant; readonly attempts?: number;
};
export type MessageWorkflow = (input: MessageInput) => Promise<string>;
export const messageWorkflowType = 'message';
/** A person wants an attempt now, whatever was decided before. */
export const urge = defineSignal('urge');

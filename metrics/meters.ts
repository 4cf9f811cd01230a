import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Outcome } from '../domain/delivery';
import type { Channel } from '../domain/notice';

/** How a press of a button at a page ended: `unclear` was sent, and nobody knows yet. */
export type PressOutcome = 'taken' | 'refused' | 'unclear';

/**
 * What this process counts by itself, from its start on. Labels are words of our own vocabulary: no person, no address, no task, so that their number has a
 * limit.
 */
export type Meters = {
  readonly registry: Registry;
  /** One submission of a message to a relay or gateway. */
  readonly submitted: (channel: Channel, outcome: Outcome, seconds: number) => void;
  /** One press; `code` is the rule that refused it. */
  readonly pressed: (outcome: PressOutcome, code?: string) => void;
  /** One statement of the ledger, as its client saw it. */
  readonly queried: (milliseconds: number, isFailed: boolean) => void;
};

/** Bounds in seconds: a statement takes milliseconds, a connection is given up after some seconds. */
const QUERY_BOUNDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const SUBMISSION_BOUNDS = [0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 120];

/** One for a process; two in one process (tests) do not meet. */
export const createMeters = (): Meters => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const submissions = new Counter({
    name: 'dondoc_submissions_total', help: 'Submissions of messages by this process, by how they ended', labelNames: ['channel', 'outcome'], registers,
  });
  const submissionSeconds = new Histogram({
    name: 'dondoc_submission_seconds', help: 'What one submission took', labelNames: ['channel'], buckets: SUBMISSION_BOUNDS, registers,
  });
  const presses = new Counter({ name: 'dondoc_presses_total', help: 'Presses at pages of this process, by how they ended', labelNames: ['outcome'], registers });
  const refusals = new Counter({ name: 'dondoc_refusals_total', help: 'Refused presses, by the rule that refused them', labelNames: ['code'], registers });
  const querySeconds = new Histogram({
    name: 'dondoc_ledger_query_seconds', help: 'What a statement of the ledger took, as this process saw it', buckets: QUERY_BOUNDS, registers,
  });
  const queryErrors = new Counter({ name: 'dondoc_ledger_query_errors_total', help: 'Statements of the ledger that failed in this process', registers });
  for (const outcome of ['taken', 'refused', 'unclear']) presses.inc({ outcome }, 0);
  return {
    registry,
    submitted: (channel, outcome, seconds) => {
      submissions.inc({ channel, outcome });
      submissionSeconds.observe({ channel }, seconds);
    },
    pressed: (outcome, code) => {
      presses.inc({ outcome });
      if (code !== undefined) refusals.inc({ code });
    },
    queried: (milliseconds, isFailed) => {
      querySeconds.observe(milliseconds / 1000);
      if (isFailed) queryErrors.inc();
    },
  };
};

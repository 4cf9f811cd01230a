import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { FAILURES } from '../contracts/failures';
import type { Refusal } from '../domain/acts';

/** A refusal as it reaches the caller; thrown by a validator it leaves no trace in history. */
export const refused = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.create({ message: refusal.message, type: FAILURES.refused, nonRetryable: true, details: [refusal] });

/** An activity says that rows and events cannot be reconciled without a person. */
export const needsRepair = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === FAILURES.needsRepair;

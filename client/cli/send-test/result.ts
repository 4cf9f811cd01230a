import type { Outcome } from '../../../domain/delivery';

/** How one test message ended; `said`: what the receiver answered, or why there is no answer. */
export type TestResult = { readonly outcome: Outcome; readonly said: string };

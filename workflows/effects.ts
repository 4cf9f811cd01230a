import { proxyActivities } from '@temporalio/workflow';
import type { MessageActivities, PostActivities, RenewalActivities, TaskActivities } from '../contracts/activities';

/** The one table of timeouts and retries, by kind of effect. */

/**
 * The ledger: short, idempotent, retried for ever, and soon: it goes on within ten seconds of the ledger's return.
 * Start-to-close is what a killed worker costs.
 */
export const ledger = proxyActivities<TaskActivities>({
  startToCloseTimeout: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '4s' },
});

/**
 * Freezing is one transaction after another over all that is due: idempotent, longer. The heartbeat notices a killed worker in ten seconds. One attempt: the
 * next is the post's own, with the time of that moment.
 */
export const freezing = proxyActivities<Pick<PostActivities, 'freeze'>>({
  startToCloseTimeout: '2 minutes',
  scheduleToStartTimeout: '1 minute',
  heartbeatTimeout: '10s',
  retry: { maximumAttempts: 1 },
});

/** Reading the mailbox has one attempt: what was not read is read at the next slot. */
export const collecting = proxyActivities<Pick<PostActivities, 'collect'>>({ startToCloseTimeout: '4 minutes', heartbeatTimeout: '10s', retry: { maximumAttempts: 1 } });

/** Erasing has one attempt: what is left is erased at the next pass. */
export const retaining = proxyActivities<Pick<PostActivities, 'retain'>>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10s',
  retry: { maximumAttempts: 1 },
});

/** A hundred signals; repeated, they are harmless. */
export const renewing = proxyActivities<RenewalActivities>({ startToCloseTimeout: '1 minute', retry: { maximumInterval: '1 minute' } });

/**
 * Sending has one attempt: what is in trouble waits by timers on our clock. The heartbeat notices a killed worker in ten seconds. One that no worker has taken in a
 * minute is asked anew: it would send by an hour that is over.
 */
export const sending = proxyActivities<Pick<PostActivities, 'send'> & MessageActivities>({
  startToCloseTimeout: '10 minutes',
  scheduleToStartTimeout: '1 minute',
  heartbeatTimeout: '10s',
  retry: { maximumAttempts: 1 },
});

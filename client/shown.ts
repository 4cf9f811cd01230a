import { lastSeq } from '../ledger/board';
import type { Ledger } from '../ledger/connect';

/** How long an answer waits for the ledger to show what was decided. */
const SHOWN_WITHIN_MS = 2_000;
const POLL_MS = 100;

/** True once the ledger shows a task's event of this number; false where it does not within two seconds. */
export const isShown = async (ledger: Ledger, task: string, seq: number): Promise<boolean> => {
  for (let waited = 0; ; waited += POLL_MS) {
    if ((await lastSeq(ledger, task)) >= seq) return true;
    if (waited >= SHOWN_WITHIN_MS) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

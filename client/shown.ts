import { lastSeq } from '../ledger/board';
import type { Ledger } from '../ledger/connect';

/** How long an answer waits for the ledger to show what was decided. */
const SHOWN_WITHIN_MS = 2_000;
/** Most decisions are in the ledger after some hundredths of a second: the first looks come fast, the later ones spare the database. */
const FIRST_LOOK_MS = 8;
const LOOK_MS = 100;
const SLOWER = 1.5;

/** True once the ledger shows a task's event of this number; false where it does not within two seconds. */
export const isShown = async (ledger: Ledger, task: string, seq: number): Promise<boolean> => {
  for (let waited = 0, pause = FIRST_LOOK_MS; ; waited += pause, pause = Math.min(LOOK_MS, pause * SLOWER)) {
    if ((await lastSeq(ledger, task)) >= seq) return true;
    if (waited >= SHOWN_WITHIN_MS) return false;
    const ms = pause;
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
};

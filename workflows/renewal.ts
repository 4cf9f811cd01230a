import { continueAsNew, sleep, workflowInfo } from '@temporalio/workflow';
import type { RenewalInput } from '../contracts/renewal';
import { renewing } from './effects';

/** Between two hundreds of tasks, so that acts are answered meanwhile: about twenty tasks a second. */
const PAUSE = '5s';

/** After a release with new rules: asks every open task to continue by them, a hundred at a time, and notes in the ledger that it was done. */
export async function renewal(input: RenewalInput): Promise<void> {
  const { rules } = input;
  let after = input.after;
  for (;;) {
    const { last } = await renewing.renewTasks({ rules, ...(after === undefined ? {} : { after }) });
    if (last === null) return;
    after = last;
    await sleep(PAUSE);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof renewal>({ rules, after });
  }
}

import type { PostActivities } from '../../contracts/activities';
import type { Ledger } from '../../ledger/connect';
import { writeLastPass } from '../../ledger/settings';

/** Each pass that went to its end is on record: who watches from outside needs neither Temporal nor the post to see that one did not come. */
export const recordingPass = (ledger: Ledger, freeze: PostActivities['freeze']): PostActivities['freeze'] => async (input) => {
  const frozen = await freeze(input);
  if (input.codesOnly !== true) await writeLastPass(ledger, input.now);
  return frozen;
};

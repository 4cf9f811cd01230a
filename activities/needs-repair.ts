import type { TaskActivities } from '../contracts/activities';
import type { Ledger } from '../ledger/connect';
import { setNeedsRepair } from '../ledger/tasks';

/** Shows on the board that a person must run `repair`; the mark goes when the task is opened again. */
export const createReportNeedsRepair = (deps: { readonly ledger: Ledger }): TaskActivities['reportNeedsRepair'] => ({ task, reason }) =>
  setNeedsRepair(deps.ledger, task, reason);

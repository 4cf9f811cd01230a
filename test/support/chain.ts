import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;

/** The histories of all runs of a workflow's chain, first to last. */
export const chainOf = async (client: Client, workflowId: string): Promise<readonly History[]> => {
  const last = await client.workflow.getHandle(workflowId).fetchHistory();
  const chain: History[] = [];
  let run = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
  while (run) {
    const history: History = await client.workflow.getHandle(workflowId, run).fetchHistory();
    chain.push(history);
    run = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return chain;
};

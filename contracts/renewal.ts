/** `rules`: the version that running tasks are brought to. `after`: the last task that was asked. */
export type RenewalInput = { readonly rules: number; readonly after?: string };
export type RenewalWorkflow = (input: RenewalInput) => Promise<void>;
export const renewalWorkflowType = 'renewal';
/** One at a time for the whole ledger. */
export const RENEWAL_WORKFLOW_ID = 'renewal';

/** Search attributes, set once at the start of a task: a finder in Temporal's own UI. The ledger is the board. All of type Keyword. */
export const SEARCH_ATTRIBUTES = { plan: 'DondocPlan', task: 'DondocTask', lead: 'DondocLead', dueOn: 'DondocDueOn' } as const;

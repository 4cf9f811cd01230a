/** Closed list of failure types that cross a process boundary; matched by type, never by text. */
export const FAILURES = {
  /** An act that the rules refuse; details [Refusal]. */
  refused: 'Refused',
  /** Rows of the ledger and events of the workflow cannot be reconciled; a person must run `repair`. */
  needsRepair: 'NeedsRepair',
} as const;

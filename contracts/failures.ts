/** How the mark of a task begins that lost an act when its ledger had won: the only word of it, so that it stands until a person has run `repair`. */
export const REFUSED_AFTER_REOPEN = 'act-refused-after-reopen';

/** Closed list of failure types that cross a process boundary; matched by type, never by text. */
export const FAILURES = {
  /** An act that the rules refuse; details [Refusal]. */
  refused: 'Refused',
  /** Rows of the ledger and events of the workflow cannot be reconciled; a person must run `repair`. */
  needsRepair: 'NeedsRepair',
} as const;

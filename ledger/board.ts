/** Everything that lists and pages read: the ledger is the board, never Temporal's visibility. */
export * from './board/forecast';
export * from './board/history';
export * from './board/links';
export * from './board/outbox';
export * from './board/plans';
export * from './board/tasks';
export * from './board/undelivered';
export * from './board/unit-tasks';

/** The outbox of the post: planned deliveries become frozen messages, and messages are tried attempt by attempt. */
export * from './outbox/attempts';
export * from './outbox/fail-over';
export * from './outbox/frozen';
export * from './outbox/held';
export * from './outbox/planned';
export * from './outbox/pokes';
export * from './outbox/queue';
export * from './outbox/receipts';
export * from './outbox/send-anew';
export * from './outbox/settle';
export * from './outbox/still-waiting';
export * from './outbox/stranded';
export * from './outbox/supersede';
export * from './outbox/titles';
export * from './outbox/trouble';
export * from './outbox/unsaid';
export * from './outbox/work';

/**
 * What a receiver said, as the ledger keeps it: PostgreSQL takes no zero byte in a text, and an answer that it refused would count as none, so that the message
 * would be given again.
 */
export const asSaid = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
/** A receiver's own name of a submission, the same in its answer and in its receipt. */
export const idAsSaid = (id: string): string => id.replace(/\p{Cc}/gu, '');

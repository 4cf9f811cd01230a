import type { Instant } from '../../../domain/time';
import type { Word } from '../../words';

/** What an audit can find. Scripts rely on these names. */
export const FINDING_CODES = [
  'ledger-away', 'temporal-away', 'worker-missing', 'post-missing', 'pass-missing', 'task-without-workflow', 'ledger-behind', 'task-unknown', 'wake-past',
  'task-needs-repair', 'act-unsealed', 'message-stands', 'notice-late', 'held', 'calendar-ends', 'mail-away', 'mailbox-unread', 'sms-away', 'mail-lost', 'sms-lost',
  'text-lost',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** `what` and `next` as people read them; neither holds an address, a number, a name or a typed text. `since` left out: from when it was seen first. */
export type Finding = { readonly code: FindingCode; readonly what: Word; readonly next: Word; readonly since?: Instant };

/** More ids than this nobody reads. */
const NAMED = 20;
/** Some ids, and how many more there are. */
export const listed = (ids: readonly string[]): Word => {
  const [shown, more] = [ids.slice(0, NAMED).join(', '), ids.length - NAMED];
  return more <= 0 ? [shown, shown] : [`${shown} và ${more} nhiệm vụ khác`, `${shown} and ${more} more`];
};
export const earliest = (times: readonly (Instant | null)[]): { readonly since?: Instant } => {
  const known = times.flatMap((t) => (t === null ? [] : [t]));
  return known.length === 0 ? {} : { since: Math.min(...known) };
};

import { NOTICE_KINDS } from '../../domain/notice';
import { isPosition } from '../../domain/plan';
import type { PlannedDelivery } from '../../ledger/outbox';
import type { Unsayable } from '../../ledger/schema';

const KINDS: ReadonlySet<string> = new Set(NOTICE_KINDS);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRef = (value: unknown): boolean => isObject(value) && typeof value['id'] === 'string';
const isTextOrNone = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** What is read of the facts of many notices at once must not fail for one of them; the rest of them fails where the text is made. */
const hasFacts = (facts: unknown): boolean =>
  isObject(facts) && isTextOrNone(facts['person']) && isTextOrNone(facts['codeId']) && (facts['file'] === undefined || isRef(facts['file']))
  && (facts['texts'] === undefined || (isObject(facts['texts']) && Object.values(facts['texts']).every(isRef)));

/**
 * Why a notice, as the ledger has it, cannot be said by this release: another one may have planned it, which was taken back. Undefined where nothing speaks
 * against it.
 */
export const unsayable = ({ notice: { kind, to, facts } }: Pick<PlannedDelivery, 'notice'>): Unsayable | undefined => {
  if (!KINDS.has(kind)) return 'unknown-kind';
  return isPosition(to) && hasFacts(facts) ? undefined : 'unreadable';
};

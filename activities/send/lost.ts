import { isPosition } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { readDirectoryHeader } from '../../ledger/directory';
import { type LostMessage, planNotices, readNotices, readStatus } from '../../ledger/outbox';
import { type FailureReason, failureNotice } from '../freeze/report';
import { NO_LINK_KEY } from './submit';

/** A message that somebody must hear of, and why. */
type Told = Pick<LostMessage, 'key' | 'plan' | 'positions'> & { readonly why: FailureReason };

const tell = async (ledger: Ledger, messages: readonly Told[], now: Instant): Promise<void> => {
  if (messages.length === 0) return;
  const [header, notices] = await Promise.all([
    readDirectoryHeader(ledger),
    readNotices(ledger, messages.map(({ key }) => key)),
  ]);
  if (header === undefined) return;
  const isReport = ({ key }: Told): boolean => {
    const of = notices.get(key) ?? [];
    return of.length > 0 && of.every(({ notice }) => notice.kind === 'delivery-failed');
  };
  const failures = messages.filter((m) => !isReport(m)).flatMap(({ positions, plan, why }) =>
    positions.filter(isPosition).map((position) => ({ position, why, plan, hostUnit: header.hostUnit })),
  );
  await planNotices(ledger, failures.map((f) => ({ notice: failureNotice(f, now), plan: f.plan })));
};

/**
 * A message of which nobody can say whether it arrived: the host unit's officer is told which positions were not reached. Nobody is told where the message
 * itself was such a report.
 */
export const reportUnclear = async (ledger: Ledger, key: string, now: Instant): Promise<void> => {
  const message = await readStatus(ledger, key);
  if (message !== undefined) await tell(ledger, [{ ...message, why: 'unclear' }], now);
};

const REASONS: Readonly<Partial<Record<LostMessage['state'], FailureReason>>> = { rejected: 'rejected', bounced: 'bounced', ambiguous: 'unclear', failed: 'not-delivered' };
const reasonOf = ({ state, reason }: LostMessage): FailureReason => (reason === NO_LINK_KEY ? NO_LINK_KEY : REASONS[state] ?? 'not-delivered');

/**
 * The same for messages that did not arrive, whose notices go by the next channel; in a few statements, whatever their
 * number.
 */
export const reportLost = async (ledger: Ledger, lost: readonly LostMessage[], now: Instant): Promise<void> => {
  const messages = lost.filter((m) => m.class !== 'code').map((m) => ({ ...m, why: reasonOf(m) }));
  await tell(ledger, messages, now);
};

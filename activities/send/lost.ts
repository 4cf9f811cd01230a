import { isPosition } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { readDirectoryHeader } from '../../ledger/directory';
import { type LostMessage, planNotices, readNotices, readStatus } from '../../ledger/outbox';
import { type FailureReason, failureNotice } from '../freeze/report';
import { NO_LINK_KEY } from './submit';

type Told = Pick<LostMessage, 'key' | 'plan' | 'positions'>;

const tell = async (ledger: Ledger, { key, plan, positions }: Told, why: FailureReason, now: Instant): Promise<void> => {
  const [header, notices] = await Promise.all([readDirectoryHeader(ledger), readNotices(ledger, [key])]);
  const isReport = (notices.get(key) ?? []).length > 0 && (notices.get(key) ?? []).every((n) => n.notice.kind === 'delivery-failed');
  if (header === undefined || isReport) return;
  await planNotices(ledger, positions.filter(isPosition).map((position) => ({ notice: failureNotice({ position, why, plan, hostUnit: header.hostUnit }, now), plan })));
};

/**
 * A message of which nobody can say whether it arrived: the host unit's officer is told which positions were not reached. Nobody is told where the message
 * itself was such a report.
 */
export const reportUnclear = async (ledger: Ledger, key: string, now: Instant): Promise<void> => {
  const message = await readStatus(ledger, key);
  if (message !== undefined) await tell(ledger, message, 'unclear', now);
};

const REASONS: Readonly<Partial<Record<LostMessage['state'], FailureReason>>> = { rejected: 'rejected', bounced: 'bounced', ambiguous: 'unclear', failed: 'not-delivered' };
const reasonOf = ({ state, reason }: LostMessage): FailureReason => (reason === NO_LINK_KEY ? NO_LINK_KEY : REASONS[state] ?? 'not-delivered');

/** The same for messages that did not arrive, whose notices go by the next channel. */
export const reportLost = async (ledger: Ledger, lost: readonly LostMessage[], now: Instant): Promise<void> => {
  for (const message of lost.filter((m) => m.class !== 'code')) await tell(ledger, message, reasonOf(message), now);
};

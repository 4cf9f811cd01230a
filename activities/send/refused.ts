import { isPosition } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { readDirectoryHeader } from '../../ledger/directory';
import { planNotices, readNotices, readStatus } from '../../ledger/outbox';
import { type FailureReason, failureNotice } from '../freeze/report';

/**
 * A message that will not arrive: the host unit's officer is told which positions were not reached. Nobody is told where the message itself was such
 * a report.
 */
export const reportRefused = async (ledger: Ledger, key: string, why: FailureReason, now: Instant): Promise<void> => {
  const [message, header, notices] = await Promise.all([readStatus(ledger, key), readDirectoryHeader(ledger), readNotices(ledger, [key])]);
  if (message === undefined || header === undefined) return;
  if ((notices.get(key) ?? []).every((n) => n.notice.kind === 'delivery-failed')) return;
  await planNotices(ledger, message.positions.filter(isPosition).map((position) =>
    ({ notice: failureNotice({ position, why, plan: message.plan, hostUnit: header.hostUnit }, now), plan: message.plan })));
};

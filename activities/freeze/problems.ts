import type { Instant } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { planNotices } from '../../ledger/outbox';
import type { DirectoryHeader } from '../../ledger/settings';
import { failureNotice } from './report';
import type { Problem } from './triage';

/** Tells the host unit's officer of everybody who cannot be reached; answers whether anything was new. A report itself is not reported. */
export const reportProblems = async (ledger: Ledger, header: DirectoryHeader | null, problems: readonly Problem[], now: Instant): Promise<boolean> => {
  if (header === null) return false;
  const { hostUnit } = header;
  const notices = new Map(problems.filter((p) => p.delivery.notice.kind !== 'delivery-failed').map(({ delivery, position, why }) => {
    const notice = failureNotice({ position, why, plan: delivery.plan, hostUnit }, now);
    return [notice.key, { notice, plan: delivery.plan }] as const;
  }));
  return (await planNotices(ledger, [...notices.values()])) > 0;
};

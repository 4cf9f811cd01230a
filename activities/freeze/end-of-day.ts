import { isWorkingDay, nextOpening, SENDING_CLOSES, SLOT_MINUTES, type WorkingCalendar } from '../../domain/calendar';
import { isPosition } from '../../domain/plan';
import { dateAt, type Instant, instantAt, minuteOfDay } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { readDirectoryHeader } from '../../ledger/directory';
import { planNotices, readStillWaiting } from '../../ledger/outbox';
import { failureNotice } from './report';

/** True in the last half hour of the sending hours. */
export const isLate = (calendar: WorkingCalendar, now: Instant): boolean => isWorkingDay(calendar, dateAt(now)) === true && minuteOfDay(now) >= SENDING_CLOSES - SLOT_MINUTES;

/**
 * What has not left by the end of the office day stands in the host unit's next digest: once a day for each position, whatever the number of messages and of
 * passes.
 */
export const reportStillWaiting = async (ledger: Ledger, calendar: WorkingCalendar, now: Instant): Promise<void> => {
  if (!isLate(calendar, now)) return;
  const header = await readDirectoryHeader(ledger);
  const sendAt = nextOpening(calendar, now + 1);
  if (header === undefined || sendAt === undefined) return;
  const waiting = await readStillWaiting(ledger, now, instantAt(dateAt(now), SENDING_CLOSES));
  const notices = waiting.flatMap(({ plan, positions }) => positions.filter(isPosition).map((position) => {
    const notice = failureNotice({ position, why: 'still-waiting', plan, hostUnit: header.hostUnit }, now);
    return [notice.key, { notice: { ...notice, sendAt, group: dateAt(sendAt) }, plan }] as const;
  }));
  await planNotices(ledger, [...new Map(notices).values()]);
};

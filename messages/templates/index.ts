import type { NoticeKind } from '../../domain/notice';
import type { Template } from '../section';
import { acknowledgementMissing, assigned, assignedCoordinator, assignmentRejected, handover } from './assignment';
import { dueSoon, dueToday, milestoneDueSoon, milestoneDueToday, milestoneOverdue, progressRequest, reminder } from './before-due';
import { consultationDueSoon, consultationMissed, consultationRequest, inputReceived, inputsStatus } from './consultation';
import { dueDateMissing, extensionGranted, statusChanged } from './changes';
import { approvalLate, approvalRequest, confirmed, decisionLate, letterDraft, returned } from './decisions';
import { overdue, overdueFlag, overdueMonthly } from './overdue';
import { extensionRefused, extensionRequest, obstacleAnswered, obstacleRaised } from './requests';
import { dateCommitted, forInformation, letterRejected } from './ends';
import { calendarMissing, deliveryFailed, newLink, oneTimeCode, planWithdrawn } from './system';

/** One template per kind; the catalogue with its numbers is docs/domain.md, "Messages". */
export const TEMPLATES: Readonly<Record<NoticeKind, Template>> = {
  assigned, 'assigned-coordinator': assignedCoordinator, 'acknowledgement-missing': acknowledgementMissing, 'due-soon': dueSoon, 'due-today': dueToday, overdue,
  'overdue-flag': overdueFlag, 'overdue-monthly': overdueMonthly, 'milestone-due-soon': milestoneDueSoon, 'milestone-due-today': milestoneDueToday,
  'milestone-overdue': milestoneOverdue, 'approval-request': approvalRequest, 'approval-late': approvalLate,
  returned: forInformation(returned), confirmed: forInformation(confirmed),
  'extension-granted': forInformation(extensionGranted),
  'letter-draft': letterDraft, handover: forInformation(handover), reminder, 'due-date-missing': dueDateMissing,
  'progress-request': progressRequest, 'assignment-rejected': assignmentRejected,
  'status-changed': forInformation(statusChanged), 'decision-late': decisionLate, 'calendar-missing': calendarMissing,
  'delivery-failed': deliveryFailed,
  'plan-withdrawn': planWithdrawn, 'one-time-code': oneTimeCode, 'new-link': newLink,
  'consultation-request': consultationRequest, 'consultation-due-soon': consultationDueSoon, 'consultation-missed': consultationMissed,
  'input-received': inputReceived,
  'inputs-status': inputsStatus, 'extension-request': extensionRequest,
  'extension-refused': forInformation(extensionRefused), 'obstacle-raised': obstacleRaised,
  'obstacle-answered': forInformation(obstacleAnswered), 'letter-rejected': letterRejected,
  'date-committed': dateCommitted,
};

import type { Answer, ObstacleState } from './matters';
import type { FileRef, TextRef } from './refs';
import type { CivilDate, Instant } from './time';
import type { DocumentRef, Position, UnitId } from './plan';

export const NOTICE_KINDS = [
  'assigned', 'assigned-coordinator', 'acknowledgement-missing', 'due-soon', 'due-today', 'overdue', 'overdue-flag', 'overdue-monthly',
  'milestone-due-soon', 'milestone-due-today', 'milestone-overdue', 'approval-request', 'approval-late', 'returned', 'confirmed',
  'extension-granted', 'letter-draft', 'handover', 'reminder', 'due-date-missing', 'progress-request',
  'assignment-rejected', 'status-changed', 'decision-late', 'calendar-missing', 'delivery-failed', 'plan-withdrawn',
  'consultation-request', 'consultation-due-soon', 'consultation-missed', 'input-received', 'inputs-status',
  'extension-request', 'extension-refused', 'obstacle-raised', 'obstacle-answered', 'letter-rejected', 'date-committed',
  'one-time-code', 'new-link',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export type RungId =
  | 'T-60' | 'T-20' | 'T-10' | 'T-5' | 'T-3' | 'T-1' | 'T-0'
  | 'L1' | 'L2' | 'L3' | 'L4' | 'LM' | 'A+4' | 'A+5';

export type Channel = 'email' | 'sms';
/** How a message merges notices: one digest per address and working day; what one act or start causes; urgent; a code. */
export type MessageClass = 'digest' | 'act' | 'urgent' | 'code';

/** What a template needs beyond the plan's own row: slim values, no free text, nothing personal. */
export type NoticeFacts = {
  readonly lead: UnitId;
  readonly supervisor: UnitId;
  readonly dueOn?: CivilDate | null;
  readonly dueOriginalOn?: CivilDate | null;
  /** When the due date falls on a day off: the working day on which the term ends (rule R7). */
  readonly effectiveDueOn?: CivilDate | null;
  /** Where the due date falls on a day off: the working day before it, to which reminders count. */
  readonly remindsTo?: CivilDate;
  /** Working days left until (positive), or past (positive, kinds of overdue), on `decidedOn`. */
  readonly workingDays?: number;
  readonly decidedOn: CivilDate;
  readonly assignedOn?: CivilDate;
  /** By when the receiver should act. */
  readonly answerBy?: CivilDate;
  /** What comes next if nothing happens. */
  readonly next?: { readonly rung: RungId; readonly on: CivilDate };
  readonly milestoneDueOn?: CivilDate;
  readonly timeliness?: string;
  readonly state?: string;
  /** For those who were told of a delay: what they were told of is over. */
  readonly isEnd?: boolean;
  /** The act that caused it. */
  readonly act?: string;
  readonly by?: Position;
  readonly document?: DocumentRef;
  readonly previousLead?: UnitId;
  readonly previousDueOn?: CivilDate;
  readonly field?: string;
  readonly value?: string;
  readonly completedOn?: CivilDate;
  readonly workingDaysLate?: number;
  readonly percent?: number;
  readonly commitTo?: CivilDate;
  readonly correctBy?: CivilDate;
  readonly submittedOn?: CivilDate;
  /** What waits for a decision, for `decision-late`, `approval-late`, `approval-request`. */
  readonly waiting?: 'letter' | 'assignment' | 'submission' | 'prepared' | 'extension' | 'obstacle';
  readonly waitingSince?: CivilDate;
  /** What was prepared for the lead's leader; left out: a submission. */
  readonly of?: 'submit' | 'request-extension';
  /** The unit that is spoken of: whose input, whose obstacle. */
  readonly unit?: UnitId;
  /** A consultation: its number, the receiver's date, the day after which silence is recorded, what came and what did not. */
  readonly consultation?: number;
  readonly inputDueOn?: CivilDate;
  readonly closesOn?: CivilDate;
  readonly answer?: Answer;
  readonly isLateInput?: boolean;
  readonly received?: readonly UnitId[];
  readonly late?: readonly UnitId[];
  readonly missing?: readonly UnitId[];
  readonly isConsultationClosed?: boolean;
  readonly file?: FileRef;
  /** An extension: to which day, the how manieth, whose turn it is, the host unit's opinion. */
  readonly requestedOn?: CivilDate;
  readonly extensionNo?: number;
  readonly awaits?: 'opinion' | 'decision';
  readonly support?: 'yes' | 'no';
  /** An obstacle: its number, how far it had come. */
  readonly obstacle?: number;
  readonly obstacleState?: ObstacleState;
  readonly obstacleOn?: CivilDate;
  /** Free texts to be looked up when the message is frozen: `reason`, `summary`, `text`, `deliverable`, `subject`, `proposal`, `link`, `opinion`. */
  readonly texts?: Readonly<Record<string, TextRef>>;
  /** True where a date lies in a year whose calendar is provisional: printed as "dự kiến". */
  readonly provisional?: boolean;
  /** Id of a one-time code, and for whom it is (an opaque id): never the code itself. */
  readonly codeId?: string;
  readonly person?: string;
  /** What the code is for: `act` on a task, or a page or address that it opens. */
  readonly forTask?: string;
  readonly opens?: 'board' | 'calendar';
  /** The last year of the calendar, for `calendar-missing`. */
  readonly year?: number;
};

export type Notice = {
  /** Stable: made of what the notice is about, so a second planning of the same thing collides. */
  readonly key: string;
  readonly about: { readonly type: 'task' | 'plan' | 'report' | 'position'; readonly id: string };
  readonly task: string | null;
  readonly kind: NoticeKind;
  readonly rung?: RungId;
  readonly milestone?: string;
  /** Rungs that a catch-up names. */
  readonly passed?: readonly string[];
  readonly to: Position;
  readonly channels: readonly Channel[];
  readonly class: MessageClass;
  /** What one message merges: the day for `digest` and `urgent`, the causing act or start for `act`, the code's id for `code`. */
  readonly group: string;
  readonly reason: string;
  readonly decidedAt: Instant;
  readonly sendAt: Instant;
  readonly facts: NoticeFacts;
};

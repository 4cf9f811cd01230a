import type { Act, ActFields, Actor, Prepared, Seal } from './acts';
import type { WorkingCalendar } from './calendar';
import type { Ladder } from './ladder';
import type { Notice, RungId } from './notice';
import type {
  Consultation, Obstacle, PendingExtension, Silence, Told, Undoable, Undocumented, Waiting, WaitingFor,
} from './matters';
import type { DocumentRef, Position, TaskSpec, Timing, UnitId } from './plan';
import type { CivilDate, Instant } from './time';

export const STATE_SCHEMA = 3;
/**
 * Version of the rules that decide, and of the steps of a task's workflow. A run decides by the one in its input to its end, so that a replay decides
 * again what is in the ledger; the next run, which `renew` brings at once, takes the newest. A rule that changes is a new number, and
 * {@link decidesBy} keeps the old one for the runs before.
 */
export const RULES = 3;

export const STATES = ['assigned', 'in_progress', 'submitted', 'completed', 'suspended', 'discontinued', 'merged', 'carried_over'] as const;
export type TaskStateName = (typeof STATES)[number];

/** A dated assignment: who leads, or coordinates, from when to when, by which document. */
export type Assignment = { readonly unit: UnitId; readonly from: CivilDate; readonly to?: CivilDate; readonly document?: DocumentRef };

export type Occurrence = { readonly label: string; readonly dueOn: CivilDate; readonly closedOn?: CivilDate };

/** A drafted letter of L3 or L4 that waits for the supervisor's leader. `isChased`: decision-late applies (not for a late start). */
export type OpenLetter = { readonly rung: 'L3' | 'L4'; readonly since: CivilDate; readonly dueOn: CivilDate; readonly isChased: boolean; readonly chased: number };

/** The overdue ladder is silent up to and including `through`; `held` rungs wait, the highest is sent once afterwards. */
export type Hold = { readonly why: 'committed' | 'assignment-rejected'; readonly through: CivilDate; readonly held: readonly RungId[] };

/** What a task starts from: the row, the rules and the people in charge, all values. Written once, with the task's first event. */
export type TaskSeed = {
  readonly schema: number;
  readonly id: string;
  readonly plan: string;
  readonly spec: Pick<TaskSpec, 'title' | 'timing' | 'startsOn' | 'dueOn' | 'milestones' | 'lead' | 'coordinating' | 'kind' | 'afterEvent'>;
  readonly hostUnit: UnitId;
  readonly authorityOffice: UnitId;
  readonly supervisor: UnitId;
  /** Bodies outside the province's line: consulted, never escalated (docs/domain.md, "Groups"). */
  readonly externalUnits?: readonly UnitId[];
  readonly issuedOn: CivilDate;
  /** Extensions that may be asked for; left out: {@link MAX_EXTENSIONS}. */
  readonly maxExtensions?: number;
  /** When the task comes to life; assigned on the day of the first sending hour at or after it. */
  readonly startAt: Instant;
  /** Groups the `assigned` notices of one `plan start` into one message per address. */
  readonly startId: string;
  readonly ladder: Ladder;
  readonly calendar: WorkingCalendar;
};

/** Everything the rules know of a task: survives JSON, carried through continue-as-new. */
export type TaskState = {
  readonly schema: number;
  /** Left out: 1. */
  readonly rules?: number;
  readonly seed: TaskSeed;
  /** Number of the last event; 0 before the first. */
  readonly seq: number;
  readonly name: TaskStateName;
  readonly leads: readonly Assignment[];
  readonly coordinators: readonly Assignment[];
  readonly supervisor: UnitId;
  readonly timing: Timing;
  readonly startsOn: CivilDate | null;
  readonly dueOn: CivilDate | null;
  readonly dueOriginalOn: CivilDate | null;
  readonly occurrences: readonly Occurrence[];
  /** Rungs that are over, by rung key (ladder.ts): a passed rung never opens again for the same due date. */
  readonly passed: readonly string[];
  readonly assignedOn: CivilDate | null;
  /** The day A+4 and A+5 count from; null when nobody is to be chased. */
  readonly acknowledgeSince: CivilDate | null;
  readonly acknowledgedOn: CivilDate | null;
  readonly rejected: Waiting | null;
  readonly returned: { readonly on: CivilDate; readonly correctBy: CivilDate | null } | null;
  readonly prepared: (Waiting & Prepared) | null;
  /** `seq`: number of the event that handed it in; left out by runs that did not keep it. */
  readonly submission: (Waiting & { readonly on: CivilDate; readonly at: Instant; readonly seq?: number;
    readonly document?: DocumentRef }) | null;
  readonly letters: readonly OpenLetter[];
  readonly hold: Hold | null;
  /** The last overdue rung that was said, letters apart, by its key, and when. */
  readonly said?: { readonly key: string; readonly rung: RungId; readonly at: Instant };
  readonly commitUsed: boolean;
  readonly suspended: { readonly on: CivilDate; readonly from: 'assigned' | 'in_progress' | 'submitted' } | null;
  readonly completedOn: CivilDate | null;
  readonly workingDaysLate: number | null;
  readonly everOverdue: boolean;
  readonly calendarMissing: boolean;
  /** Working day of the last monthly line. */
  readonly monthlyOn: CivilDate | null;
  /** Working day of the last request for progress of a continuous row. */
  readonly progressOn: CivilDate | null;
  /** One after the other, at most one open; their lists of units are frozen. */
  readonly consultations: readonly Consultation[];
  readonly extension: PendingExtension | null;
  /** Extensions that were granted. */
  readonly extensionCount: number;
  readonly obstacles: readonly Obstacle[];
  /** Who was told that something is late, until it ends. */
  readonly told: readonly Told[];
  /** Acts that may rest on a paper and have none yet, oldest first. */
  readonly undocumented: readonly Undocumented[];
  /** The day of what a conditional row waited for. */
  readonly eventOn: CivilDate | null;
  /** What the last acknowledgement changed, for `undo`. */
  readonly acknowledgement: (Undoable & { readonly since: CivilDate | null; readonly rejected: Waiting | null }) | null;
  /** The last decisions, newest last (at most 40): who is told that another was faster; nonces answered again. */
  readonly recent: readonly { readonly act: string; readonly by: string; readonly at: Instant; readonly seq: number; readonly nonce?: string }[];
};

type Base = { readonly seq: number; readonly at: Instant; readonly schema: number };
/** Why a rung passed without its notice, or how it was sent. */
export type RungOutcome = 'sent' | 'held' | 'released' | 'caught-up' | 'recorded';
export type TaskEvent = Base &
  (
    | { readonly type: 'assigned'; readonly on: CivilDate; readonly isLate: boolean }
    | { readonly type: 'rung'; readonly key: string; readonly rung: RungId; readonly milestone?: string;
      readonly on: CivilDate; readonly outcome: RungOutcome; readonly reason: string;
      readonly dueOn: CivilDate | null; readonly told?: readonly Position[] }
    | { readonly type: 'hold-ended'; readonly on: CivilDate; readonly rung: RungId | null }
    | {
      readonly type: 'chased'; readonly what: WaitingFor; readonly step: number; readonly on: CivilDate;
      readonly rung?: 'L3' | 'L4'; readonly obstacle?: number; readonly told?: readonly Position[];
    }
    | { readonly type: 'inputs-chased'; readonly no: number; readonly step: number; readonly on: CivilDate; readonly units: readonly UnitId[] }
    | { readonly type: 'inputs-told'; readonly no: number; readonly on: CivilDate }
    | { readonly type: 'consultation-closed'; readonly no: number; readonly on: CivilDate; readonly silence: Silence }
    | { readonly type: 'progress-requested'; readonly on: CivilDate }
    | { readonly type: 'calendar-ended'; readonly year: number }
    | ActedEvent
  );
export type ActedEvent = {
  [A in Act]: Base & {
    readonly type: 'acted'; readonly act: A; readonly fields: ActFields[A]; readonly actor: Actor; readonly seal?: Seal; readonly effectiveAt: Instant;
    readonly result: ActResult;
  }
}[Act];

/** What the decision computed, so that `evolve` needs no rule: only the fields that the act changes. */
export type ActResult = {
  readonly state?: TaskStateName;
  readonly dueOn?: CivilDate;
  readonly startsOn?: CivilDate;
  readonly passed?: readonly string[];
  readonly completedOn?: CivilDate;
  readonly workingDaysLate?: number;
  readonly everOverdue?: boolean;
  readonly holdThrough?: CivilDate | null;
  /** Rungs that were decided but have not left: the silence takes them back, and says the highest after it. */
  readonly held?: readonly RungId[];
  readonly letter?: 'L3' | 'L4';
  /** Where the act changes them: the drafted letters and the silent period that go on after it. */
  readonly letters?: readonly OpenLetter[];
  readonly hold?: Hold | null;
  /** Due dates of occurrences that moved, by label. */
  readonly milestonesDue?: Readonly<Record<string, CivilDate>>;
  /** The consultation that the act opens, answers or closes, by its number. */
  readonly consultation?: number;
  /** The dates of units' inputs: those of a new consultation, or those that moved. */
  readonly inputsDue?: Readonly<Record<UnitId, CivilDate>>;
  readonly consultationDueOn?: CivilDate;
  readonly isLateInput?: boolean;
  readonly silence?: Silence;
  readonly extension?: { readonly to: CivilDate; readonly reason: ActFields['refuse-extension']['reason']; readonly document?: DocumentRef };
  /** Number of the obstacle. */
  readonly obstacle?: number;
  readonly isConsolidated?: boolean;
  readonly undone?: 'acknowledge' | 'give-input';
  /** Positions that the act tells of a delay. */
  readonly told?: readonly Position[];
  /** The event whose paper was entered. */
  readonly documented?: Undocumented;
};

/** What a decision gives: events to append and notices to plan, from the same instant. */
export type Decision = { readonly ok: true; readonly events: readonly TaskEvent[]; readonly notices: readonly Notice[] };

/** The row of the board and of `task list`: flat, derived, rebuilt at will. */
export type TaskProjection = {
  readonly task: string;
  readonly plan: string;
  readonly seq: number;
  readonly state: TaskStateName;
  readonly lead: UnitId;
  readonly coordinating: readonly UnitId[];
  readonly supervisor: UnitId;
  readonly startsOn: CivilDate | null;
  readonly dueOn: CivilDate | null;
  readonly dueOriginalOn: CivilDate | null;
  readonly effectiveDueOn: CivilDate | null;
  readonly assignedOn: CivilDate | null;
  readonly acknowledgedOn: CivilDate | null;
  readonly submittedOn: CivilDate | null;
  readonly completedOn: CivilDate | null;
  readonly workingDaysLate: number | null;
  readonly everOverdue: boolean;
  readonly isRejected: boolean;
  readonly isReturned: boolean;
  readonly isPrepared: boolean;
  /** What was prepared, where something is. */
  readonly preparedOf: Prepared['of'] | null;
  readonly openLetters: readonly ('L3' | 'L4')[];
  /** The open consultation; null without one. The counts and `pendingInputs` are those of the open, else of the last consultation. */
  readonly consultationNo: number | null;
  readonly consultationDueOn: CivilDate | null;
  readonly consultationClosesOn: CivilDate | null;
  readonly inputsAsked: number;
  readonly inputsReceived: number;
  readonly inputsLate: number;
  /** Units that have not answered, with the date of each. */
  readonly pendingInputs: readonly { readonly unit: UnitId; readonly dueOn: CivilDate }[];
  /** Whom a request for an extension waits for: the host unit's opinion, or the decision of the authority's office. */
  readonly extensionAwaits: 'opinion' | 'decision' | null;
  readonly extensionTo: CivilDate | null;
  readonly extensionSince: CivilDate | null;
  readonly extensionCount: number;
  readonly openObstacles: readonly Pick<Obstacle, 'no' | 'unit' | 'state' | 'raisedOn'>[];
  /** Labels of occurrences that were closed. */
  readonly closedMilestones: readonly string[];
  /** Units that did something whose paper has no number yet; left out by rows that were written before it was kept. */
  readonly undocumented?: readonly UnitId[];
  readonly holdThrough: CivilDate | null;
  /** Why the overdue ladder is silent; left out by rows that were written before it was kept. */
  readonly holdWhy?: Hold['why'] | null;
  /** Rungs that wait for the end of a silent period. */
  readonly heldRungs?: readonly RungId[];
  readonly nextRung: RungId | null;
  readonly nextRungOn: CivilDate | null;
  readonly nextWakeAt: Instant | null;
};

export const TIMELINESS = [
  'in-time', 'due-soon', 'due-today', 'overdue-1', 'overdue-2', 'overdue-3', 'overdue-4', 'awaiting-in-time', 'awaiting-late',
  'completed-on-time', 'completed-late', 'none',
] as const;
export type Timeliness = (typeof TIMELINESS)[number];

/** Extensions that one task may ask for, where its plan does not say otherwise (docs/domain.md, "Extension"). */
export const MAX_EXTENSIONS = 3;

export const CLOSED_STATES: readonly TaskStateName[] = ['completed', 'discontinued', 'merged', 'carried_over'];
export const decidesBy = (state: TaskState, rules: number): boolean => (state.rules ?? 1) >= rules;
export const isClosed = (name: TaskStateName): boolean => CLOSED_STATES.includes(name);
export const leadOf = (state: TaskState): UnitId => state.leads.at(-1)!.unit;
export const coordinatingOf = (state: TaskState): readonly UnitId[] => state.coordinators.filter((c) => c.to === undefined).map((c) => c.unit);

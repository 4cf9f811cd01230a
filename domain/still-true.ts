import type { Notice } from './notice';
import { unitOf } from './plan';
import { isClosed, type TaskProjection } from './task';
import type { CivilDate } from './time';

export type StillTrue = { readonly ok: true } | { readonly ok: false; readonly reason: 'task-closed' | 'state-changed' | 'due-date-changed' | 'lead-changed' | 'committed' | 'milestone-closed' | 'already-decided' | 'day-over' };

const no = (reason: Extract<StillTrue, { ok: false }>['reason']): StillTrue => ({ ok: false, reason });
const YES: StillTrue = { ok: true };

/** The lead is at work on it. */
const stillRuns = ({ state }: TaskProjection): StillTrue =>
  state === 'assigned' || state === 'in_progress' ? YES : no('state-changed');

const reminder = (notice: Notice, task: TaskProjection): StillTrue => {
  if (task.state !== 'assigned' && task.state !== 'in_progress') return no('state-changed');
  if (task.lead !== notice.facts.lead) return no('lead-changed');
  return task.dueOn === (notice.facts.dueOn ?? null) ? YES : no('due-date-changed');
};

/** A committed date that was given after the rung was decided buys its silence too, where the rung is said after it; a letter is not stopped by it. */
const overdue = (notice: Notice, task: TaskProjection): StillTrue => {
  const base = reminder(notice, task);
  const isLetter = notice.rung === 'L3' || notice.rung === 'L4';
  return base.ok && !isLetter && notice.rung !== undefined && task.heldRungs?.includes(notice.rung) === true ? no('committed') : base;
};

const milestone = (notice: Notice, task: TaskProjection): StillTrue => {
  if (task.state !== 'assigned' && task.state !== 'in_progress') return no('state-changed');
  if (task.lead !== notice.facts.lead) return no('lead-changed');
  return task.closedMilestones.includes(notice.milestone ?? '') ? no('milestone-closed') : YES;
};

const waiting = (notice: Notice, task: TaskProjection): StillTrue => {
  const still = {
    submission: task.state === 'submitted', prepared: task.isPrepared && (task.preparedOf ?? 'submit') === (notice.facts.of ?? 'submit'),
    assignment: task.isRejected,
    letter: letterOpen(notice, task), extension: extensionWaits(notice, task), obstacle: obstacleWaits(notice, task),
  };
  return still[notice.facts.waiting ?? 'letter'] ? YES : no('already-decided');
};

const letterOpen = (notice: Notice, task: TaskProjection): boolean =>
  (task.state === 'assigned' || task.state === 'in_progress') && (task.openLetters as readonly (string | undefined)[]).includes(notice.rung);

/** The same request, and the same one's turn. */
const extensionWaits = ({ facts }: Notice, task: TaskProjection): boolean => task.extensionTo === facts.requestedOn && task.extensionAwaits === facts.awaits;

/** The obstacle has come no further than the step that is asked for. */
const obstacleWaits = ({ facts }: Notice, task: TaskProjection): boolean => {
  const state = task.openObstacles?.find((o) => o.no === facts.obstacle)?.state;
  if (facts.obstacleState === 'acknowledged') return state === 'raised' || state === 'acknowledged';
  return state === facts.obstacleState;
};

/** The first word about an obstacle stands until somebody has done what it asks for. */
const obstacleRaised = (notice: Notice, task: TaskProjection): boolean =>
  obstacleWaits(notice, task) || (notice.facts.obstacleState === 'raised'
    && obstacleWaits({ ...notice, facts: { ...notice.facts, obstacleState: 'acknowledged' } }, task));

const pendingInput = ({ facts }: Notice, unit: string, task: TaskProjection) =>
  task.consultationNo === facts.consultation ? task.pendingInputs.find((p) => p.unit === unit) : undefined;

/** A unit that was given more time is not reminded of its first date. */
const inputOwed = (notice: Notice, task: TaskProjection): StillTrue => {
  const pending = isClosed(task.state) ? undefined : pendingInput(notice, unitOf(notice.to), task);
  if (pending === undefined || task.state === 'suspended') return no(isClosed(task.state) ? 'task-closed' : 'already-decided');
  return notice.kind === 'consultation-request' || pending.dueOn === notice.facts.inputDueOn ? YES : no('due-date-changed');
};

/** An answer that was taken back before anybody read of it is no news. */
const inputReceived = (notice: Notice, task: TaskProjection): StillTrue => {
  if (isClosed(task.state)) return no('task-closed');
  return notice.facts.answer !== 'ask-more-time' && pendingInput(notice, notice.facts.unit ?? '', task) ? no('state-changed') : YES;
};

/** The last day on which a reminder says something true; what comes after it is said by the next rung. Undefined for what no day ends. */
const holdsUntil = ({ kind, facts }: Notice): { readonly last: CivilDate } | { readonly before: CivilDate } | undefined => {
  const { decidedOn, dueOn, effectiveDueOn, remindsTo, milestoneDueOn, inputDueOn } = facts;
  switch (kind) {
    case 'due-soon': return { before: remindsTo ?? dueOn ?? decidedOn };
    case 'due-today': return { last: effectiveDueOn ?? dueOn ?? decidedOn };
    case 'milestone-due-soon': return milestoneDueOn === undefined ? undefined : { before: milestoneDueOn };
    case 'milestone-due-today': return { last: milestoneDueOn ?? decidedOn };
    case 'consultation-due-soon': return inputDueOn === undefined ? undefined : { last: inputDueOn };
    default: return undefined;
  }
};

/** What was decided today is never too late for today. */
const isDayOver = (notice: Notice, today: CivilDate): boolean => {
  const until = holdsUntil(notice);
  return until !== undefined && notice.facts.decidedOn < today && ('last' in until ? today > until.last : today >= until.before);
};

/** Whether a notice still holds at the moment of sending, on a civil day; a closed task takes back all but the news of its closing. */
export const stillTrue = (notice: Notice, task: TaskProjection | null, today: CivilDate): StillTrue => {
  if (task === null) return YES;
  const holds = holdsFor(notice, task);
  return holds.ok && isDayOver(notice, today) ? no('day-over') : holds;
};

const holdsFor = (notice: Notice, task: TaskProjection): StillTrue => {
  switch (notice.kind) {
    case 'acknowledgement-missing': return task.state === 'assigned' && task.acknowledgedOn === null && !task.isRejected && task.lead === notice.facts.lead ? YES : no('state-changed');
    case 'due-soon': case 'due-today': case 'overdue-flag': case 'overdue-monthly': return reminder(notice, task);
    case 'overdue': return overdue(notice, task);
    case 'milestone-due-soon': case 'milestone-due-today': case 'milestone-overdue': return milestone(notice, task);
    case 'approval-request': case 'approval-late': case 'decision-late': return waiting(notice, task);
    case 'extension-request': return !isClosed(task.state) && extensionWaits(notice, task) ? YES : no('already-decided');
    case 'obstacle-raised': return !isClosed(task.state) && obstacleRaised(notice, task) ? YES : no('already-decided');
    case 'consultation-request': case 'consultation-due-soon': case 'consultation-missed': return inputOwed(notice, task);
    case 'input-received': return inputReceived(notice, task);
    case 'assignment-rejected': return task.isRejected ? YES : no('already-decided');
    case 'letter-draft': return letterOpen(notice, task) ? YES : no('already-decided');
    case 'returned': return notice.facts.isEnd === true ? YES : stillRuns(task);
    case 'assigned': case 'assigned-coordinator': return isClosed(task.state) ? no('task-closed') : task.lead === notice.facts.lead ? YES : no('lead-changed');
    case 'due-date-missing': return task.dueOn === null && !isClosed(task.state) ? YES : no('already-decided');
    case 'reminder': case 'progress-request': case 'inputs-status': case 'letter-rejected':
      return isClosed(task.state) ? no('task-closed') : YES;
    case 'date-committed': return stillRuns(task);
    case 'confirmed': case 'extension-granted': case 'handover': case 'status-changed': case 'calendar-missing': case 'delivery-failed': case 'plan-withdrawn':
    case 'one-time-code': case 'new-link': case 'extension-refused': case 'obstacle-answered': return YES;
  }
};

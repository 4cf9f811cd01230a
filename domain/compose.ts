import { isProvisional, isSendingTime, nextOpening, nextSendingTime } from './calendar';
import { effectiveDue, reminderAnchor, timeliness, workingDaysLeft } from './deadline';
import type { Recipient } from './ladder';
import type { Channel, MessageClass, Notice, NoticeFacts, NoticeKind, RungId } from './notice';
import { type Position, positionOf, type UnitId } from './plan';
import { mainRungs } from './schedule';
import { coordinatingOf, leadOf, type TaskState } from './task';
import { dateAt, type Instant } from './time';

/** What a notice is besides its receiver. `discriminator` makes its key one of a kind within the task and the kind. */
export type Draft = {
  readonly kind: NoticeKind;
  readonly discriminator: string;
  readonly reason: string;
  readonly rung?: RungId;
  readonly milestone?: string;
  readonly passed?: readonly string[];
  readonly facts?: Partial<NoticeFacts>;
  /** Not at once but with the receiver's next digest. */
  readonly isDigest?: true;
};
export type Addressee = { readonly to: Position; readonly channels: readonly Channel[] };

const MAIL: readonly Channel[] = ['email'];
const BOTH: readonly Channel[] = ['email', 'sms'];
const URGENT: readonly NoticeKind[] = ['due-today', 'letter-draft'];
/** Kinds whose receivers get an SMS besides, where an act or a waiting decision causes them (docs/domain.md, "Messages"). */
const WITH_SMS: readonly NoticeKind[] = ['assigned', 'returned', 'letter-draft', 'approval-late', 'decision-late', 'consultation-missed'];

/** One position, by mail, and by SMS where the kind asks for it. */
export const to = (unit: UnitId, role: 'officer' | 'head' | 'leader', kind: NoticeKind): Addressee => ({
  to: positionOf(unit, role), channels: WITH_SMS.includes(kind) ? BOTH : MAIL,
});

/** The lead's and every coordinating unit's officer. */
export const everyone = (state: TaskState): Addressee[] =>
  [leadOf(state), ...coordinatingOf(state)].map((unit) => ({ to: positionOf(unit, 'officer'), channels: MAIL }));

export const addressees = (state: TaskState, recipients: readonly Recipient[]): Addressee[] =>
  recipients.map(({ unit, role, channels }) => ({
    to: positionOf(unit === 'lead' ? leadOf(state) : unit === 'supervisor' ? state.supervisor : state.seed.authorityOffice, role), channels,
  }));

/** The facts that any template may need, as of a day. */
const baseFacts = (state: TaskState, now: Instant): NoticeFacts => {
  const cal = state.seed.calendar;
  const decidedOn = dateAt(now);
  const submittedOn = state.submission?.on ?? null;
  const next = mainRungs(state).filter((r) => r.on > decidedOn).sort((a, b) => (a.on < b.on ? -1 : 1))[0];
  return {
    lead: leadOf(state), supervisor: state.supervisor, dueOn: state.dueOn, dueOriginalOn: state.dueOriginalOn, decidedOn, state: state.name,
    timeliness: timeliness({ ...state, submittedOn }, cal, decidedOn),
    ...(state.assignedOn === null ? {} : { assignedOn: state.assignedOn }),
    ...(next === undefined ? {} : { next: { rung: next.rung.id, on: next.on } }),
    ...(state.dueOn === null ? {} : {
      effectiveDueOn: effectiveDue(cal, state.dueOn), workingDays: Math.abs(workingDaysLeft(cal, state.dueOn, decidedOn)),
      ...(reminderAnchor(cal, state.dueOn) === state.dueOn ? {} : { remindsTo: reminderAnchor(cal, state.dueOn) }),
      ...(isProvisional(cal, state.dueOn) ? { provisional: true } : {}),
    }),
  };
};

type Timing = { readonly class: MessageClass; readonly group: string; readonly sendAt: Instant };

/** What the ladder decides leaves in the morning's digest, `urgent` kinds as their own message. */
const ladderTiming = (state: TaskState, kind: NoticeKind, now: Instant): Timing => {
  const sendAt = nextSendingTime(state.seed.calendar, now) ?? now;
  return { class: URGENT.includes(kind) ? 'urgent' : 'digest', group: dateAt(sendAt), sendAt };
};

/**
 * What an act causes leaves at once within the sending hours, else with the next digest; what is urgent keeps its own
 * message.
 */
const actTiming = (state: TaskState, kind: NoticeKind, cause: string, now: Instant): Timing => {
  const cal = state.seed.calendar;
  if (URGENT.includes(kind)) return ladderTiming(state, kind, now);
  if (isSendingTime(cal, now)) return { class: 'act', group: cause, sendAt: now };
  const sendAt = nextOpening(cal, now) ?? now;
  return { class: 'digest', group: dateAt(sendAt), sendAt };
};

/** News that can wait: the digest of the next opening. */
const nextDigest = (state: TaskState, now: Instant): Timing => {
  const sendAt = nextOpening(state.seed.calendar, now) ?? now;
  return { class: 'digest', group: dateAt(sendAt), sendAt };
};

/** One notice per receiver. `cause` is the act or start that one message merges; left out for what the ladder decides. */
export const compose = (state: TaskState, now: Instant, draft: Draft, receivers: readonly Addressee[], cause?: string): Notice[] => {
  const facts = { ...baseFacts(state, now), ...draft.facts };
  const timing = draft.isDigest
    ? nextDigest(state, now)
    : cause === undefined
      ? ladderTiming(state, draft.kind, now)
      : actTiming(state, draft.kind, cause, now);
  const task = state.seed.id;
  return receivers.map(({ to: position, channels }) => ({
    key: [task, draft.kind, draft.discriminator, position].join('|'), about: { type: 'task', id: task } as const, task, kind: draft.kind,
    ...(draft.rung === undefined ? {} : { rung: draft.rung }), ...(draft.milestone === undefined ? {} : { milestone: draft.milestone }),
    ...(draft.passed === undefined ? {} : { passed: draft.passed }),
    to: position, channels, ...timing, reason: draft.reason, decidedAt: now, facts,
  }));
};

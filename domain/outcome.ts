import type { Act, ActFields, Refusal } from './acts';
import { refuse } from './authority';
import { type Addressee, type Draft, everyone, to } from './compose';
import { isPastDue } from './deadline';
import type { NoticeFacts, NoticeKind } from './notice';
import type { Position } from './plan';
import { decidesAt, mainKey, mainRungs } from './schedule';
import type { Step } from './step';
import { type ActResult, decidesBy, leadOf, type TaskState } from './task';
import { type CivilDate, dateAt, type Instant } from './time';

/** Something that an act says, and to whom; `isDigest`: not at once but with the receiver's next digest. */
export type Said = {
  readonly kind: NoticeKind; readonly to: readonly Addressee[]; readonly facts?: Partial<NoticeFacts>; readonly more?: Partial<Draft>; readonly isDigest?: true;
};
/** What an act computes, or why it is refused. */
export type Outcome =
  | {
    readonly ok: true; readonly result: ActResult; readonly said: readonly Said[];
    /** What follows at once, decided on the state after the act; `cause` merges its notices with those of the act. */
    readonly then?: Follows;
  }
  | Refusal;
type Follows = (after: TaskState, cause: string) => Step;
/** What an act is decided on; `today` is the civil date of `now`. `by` is the position; an admin stands for the host unit's officer. */
export type Context<A extends Act> = {
  readonly state: TaskState; readonly fields: ActFields[A]; readonly now: Instant; readonly today: CivilDate; readonly by: Position; readonly person?: string;
};

export const done = (result: ActResult = {}, said: readonly Said[] = [], then?: Follows): Outcome =>
  ({ ok: true, result, said, ...(then === undefined ? {} : { then }) });
export const badDate = (name: string): Refusal => refuse('field-invalid', `Ngày ở mục ${name} không hợp lệ; đề nghị nhập theo dạng năm-tháng-ngày.`);
export const beyond = (): Refusal => refuse('calendar-missing', 'Ngày này nằm ngoài lịch làm việc đã nạp; đề nghị nạp lịch của năm đó trước.');

/** Rungs of a new due date whose moment is over: recorded with the act, never sent. */
const overForDue = (state: TaskState, dueOn: CivilDate, now: Instant): string[] =>
  mainRungs({ ...state, passed: [] }, dueOn).filter((r) => decidesAt(state.seed.id, r.on) <= now).map((r) => mainKey(dueOn, r.rung.id));

/** A new due date with what follows from it at once. */
export const newDue = (state: TaskState, dueOn: CivilDate, now: Instant): ActResult => ({
  dueOn, passed: overForDue(state, dueOn, now), everOverdue: isPastDue(state.seed.calendar, state.dueOn, dateAt(now)) && state.name !== 'suspended' && state.name !== 'submitted',
});

export const toLead = (state: TaskState, kind: NoticeKind): Addressee[] => [to(leadOf(state), 'officer', kind)];
/** The lead's officer and its leader, who signed what is answered. */
export const toLeaders = (state: TaskState, kind: NoticeKind): Addressee[] =>
  [...toLead(state, kind), ...(decidesBy(state, 3) ? [to(leadOf(state), 'leader', kind)] : [])];
export const statusChanged = (state: TaskState, act: Act, facts: Partial<NoticeFacts> = {}): Said => ({ kind: 'status-changed', to: everyone(state), facts: { act, ...facts } });

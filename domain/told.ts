import { nextSendingTime } from './calendar';
import { isPastDue } from './deadline';
import type { Told } from './matters';
import type { NoticeKind } from './notice';
import type { Said } from './outcome';
import { type Position, unitOf } from './plan';
import type { Fact, Step } from './step';
import { type ActedEvent, decidesBy, isClosed, leadOf, type TaskEvent, type TaskState } from './task';
import { dateAt, type Instant } from './time';

/** Kinds that say to somebody that the task is late; LM repeats what its receiver was told. */
const OF_LATENESS: readonly NoticeKind[] = ['overdue', 'overdue-flag', 'letter-draft'];
/** Kinds by which the end of a matter is told, one an act. */
const ENDS: readonly NoticeKind[] = [
  'confirmed',
  'status-changed',
  'extension-granted',
  'extension-refused',
  'returned',
  'handover',
  'obstacle-answered',
];

const once = (positions: readonly Position[]): readonly Position[] => [...new Set(positions)];

/** A step of the ladder with the positions that it tells of the delay, on its last rung. */
export const withTold = (state: TaskState, step: Step): Step => {
  const told = once(step.notices.filter((n) => OF_LATENESS.includes(n.kind)).map((n) => n.to));
  const at = step.facts.map((f) => f.type === 'rung' && f.milestone === undefined).lastIndexOf(true);
  if (!decidesBy(state, 3) || told.length === 0 || at < 0) return step;
  return { ...step, facts: step.facts.map((f, i): Fact => (i === at && f.type === 'rung' ? { ...f, told } : f)) };
};

/** Positions that an act's notices tell of the delay: a letter that leaves. */
export const toldBy = (said: readonly Said[]): readonly Position[] =>
  once(said.filter((s) => OF_LATENESS.includes(s.kind)).flatMap((s) => s.to.map(({ to }) => to)));

const matterOf = (event: TaskEvent): Pick<Told, 'of' | 'no'> =>
  event.type !== 'chased'
    ? { of: 'lateness' }
    : { of: event.what, ...(event.obstacle === undefined ? {} : { no: event.obstacle }) };
const isSame = (a: Told, b: Told): boolean => a.of === b.of && a.no === b.no && a.to === b.to;

/** The list with those whom an event tells; who was told before stays as it was. */
export const addTold = (state: TaskState, event: TaskEvent, positions: readonly Position[] = []): TaskState => {
  if (positions.length === 0) return state;
  const at: Instant = nextSendingTime(state.seed.calendar, event.at) ?? event.at;
  const more = positions
    .map((to): Told => ({ ...matterOf(event), to, at }))
    .filter((t) => !state.told.some((known) => isSame(known, t)));
  return { ...state, told: [...state.told, ...more] };
};

/**
 * Whether an act ends what a position was told of: its task, its delay, or what waited. A new date that is past as well
 * ends no delay.
 */
const isEnded =
  (before: TaskState, after: TaskState, event: ActedEvent) =>
  ({ of, no, to }: Told): boolean => {
    if (isClosed(after.name)) return true;
    if (leadOf(before) !== leadOf(after) && unitOf(to) === leadOf(before)) return true;
    switch (of) {
      case 'lateness':
        return (
          before.dueOn !== after.dueOn &&
          event.act !== 'resume' &&
          !isPastDue(after.seed.calendar, after.dueOn, dateAt(event.at))
        );
      case 'submission':
        return before.submission !== null && after.submission === null;
      case 'prepared':
        return before.prepared !== null && after.prepared === null;
      case 'assignment':
        return before.rejected !== null && after.rejected === null;
      case 'extension':
        return before.extension !== null && after.extension === null;
      case 'letter':
        return after.letters.length === 0;
      case 'obstacle':
        return after.obstacles.find((o) => o.no === no)?.state === 'decided';
    }
  };

/** A notice that has not left when its matter stops is dropped before it leaves: nobody was told. */
const isStopped = (after: TaskState): boolean => after.name !== 'assigned' && after.name !== 'in_progress';

/** The list after an act. */
export const afterAct = (before: TaskState, after: TaskState, event: ActedEvent): TaskState => {
  const ended = isEnded(before, after, event);
  const told = before.told.filter((t) => !ended(t) && !(isStopped(after) && t.of === 'lateness' && t.at > event.at));
  return addTold({ ...after, told }, event, event.result.told);
};

/**
 * Who hears of the end of a matter with the next digest, by the kind that ends it: those who were told of its delay and
 * hear of it by no other way.
 */
export const endTold = (before: TaskState, after: TaskState, event: ActedEvent, said: readonly Said[]): Said[] => {
  const news = said.find((s) => ENDS.includes(s.kind));
  if (news === undefined || !decidesBy(before, 3)) return [];
  const otherwise = said.flatMap((s) => s.to.map(({ to }) => to));
  const positions = once(
    before.told.filter((t) => t.at <= event.at && isEnded(before, after, event)(t)).map((t) => t.to),
  ).filter((to) => !otherwise.includes(to));
  return positions.length === 0
    ? []
    : [
        {
          ...news,
          to: positions.map((to) => ({ to, channels: ['email'] })),
          isDigest: true,
          facts: { ...news.facts, isEnd: true },
        },
      ];
};

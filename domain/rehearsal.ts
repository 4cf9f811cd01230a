import type { Command, Refusal } from './acts';
import { nextSendingTime, type WorkingCalendar } from './calendar';
import { asOfDay } from './as-of';
import { timeliness } from './deadline';
import { live, liveOn, type Played } from './life';
import { mergeNotices } from './merge';
import type { Channel, MessageClass, Notice } from './notice';
import type { Position } from './plan';
import { stillTrue } from './still-true';
import type { TaskEvent, TaskProjection, TaskSeed, TaskState, TaskStateName, Timeliness } from './task';
import { type CivilDate, dateAt, type Instant } from './time';

export type RehearsalInput = {
  readonly seeds: readonly TaskSeed[];
  readonly acts: readonly { readonly at: Instant; readonly task: string; readonly command: Command }[];
  /** The last instant that is played. */
  readonly until: Instant;
  /** The normalised address of a position on a channel on a day; null where it has none. Left out: each position is its own address. */
  readonly addressOf?: (position: Position, channel: Channel, on: CivilDate) => string | null;
};
export type RehearsedAct = { readonly type: 'act'; readonly at: Instant; readonly task: string; readonly act: string; readonly by: string; readonly refusal: Refusal | null };
export type RehearsedMessage = {
  readonly type: 'message'; readonly at: Instant; readonly to: readonly Position[]; readonly address: string; readonly channel: Channel; readonly class: MessageClass; readonly group: string;
  readonly notices: readonly Notice[];
};
export type RehearsedTask = {
  readonly type: 'task'; readonly task: string; readonly state: TaskStateName; readonly timeliness: Timeliness; readonly completedOn: CivilDate | null;
  readonly workingDaysLate: number | null; readonly dueOn: CivilDate | null; readonly dueOriginalOn: CivilDate | null; readonly everOverdue: boolean;
};
export type Rehearsal = {
  /** Ordered by the instant of decision, then by key. */
  readonly notices: readonly Notice[];
  readonly acts: readonly RehearsedAct[];
  /** What would really leave, ordered by instant; what no longer holds at sending is left out. */
  readonly messages: readonly RehearsedMessage[];
  readonly tasks: readonly RehearsedTask[];
  readonly dropped: readonly { readonly notice: Notice; readonly reason: string }[];
};

/** The projection that a check at an instant sees: after everything that was decided by then. */
const viewAt = (played: Played, at: Instant): TaskProjection | null => {
  const { views } = played;
  let low = 0;
  let high = views.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (views[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return views[low - 1]?.projection ?? null;
};

const asSent = (notice: Notice, calendar: WorkingCalendar | undefined): Notice => (calendar === undefined ? notice : asOfDay(notice, calendar, dateAt(notice.sendAt)));

const byInstant = (a: Notice, b: Notice): number => a.decidedAt - b.decidedAt || (a.key < b.key ? -1 : 1);

const finalLine = (state: TaskState, cal: WorkingCalendar, on: CivilDate): RehearsedTask => ({
  type: 'task', task: state.seed.id, state: state.name, timeliness: timeliness({ ...state, submittedOn: state.submission?.on ?? null }, cal, on),
  completedOn: state.completedOn, workingDaysLate: state.workingDaysLate, dueOn: state.dueOn, dueOriginalOn: state.dueOriginalOn, everOverdue: state.everOverdue,
});

const messagesOf = (notices: readonly Notice[], addressOf: NonNullable<RehearsalInput['addressOf']>): RehearsedMessage[] => {
  const byKey = new Map(notices.map((n) => [n.key, n]));
  const items = notices.flatMap((n) => n.channels.flatMap((channel) => {
    const address = addressOf(n.to, channel, dateAt(n.sendAt));
    return address === null ? [] : [{ key: n.key, channel, class: n.class, group: n.group, address, position: n.to }];
  }));
  return mergeNotices(items).map((m) => {
    const merged = m.keys.map((key) => byKey.get(key)!);
    return { type: 'message' as const, at: Math.max(...merged.map((n) => n.sendAt)), to: m.positions, address: m.address, channel: m.channel, class: m.class, group: m.group, notices: merged };
  }).sort((a, b) => a.at - b.at || (a.address < b.address ? -1 : 1));
};

/** What would happen, without Temporal: the same rules on the same values as the workflows. Pure; acts of unknown tasks are left out. */
export const rehearse = ({ seeds, acts, until, addressOf = (position) => position }: RehearsalInput): Rehearsal => {
  const lives = seeds.map((seed) => ({ seed, played: live(seed, acts.filter((a) => a.task === seed.id), until) }));
  const byTask = new Map(lives.map(({ seed, played }) => [seed.id, played]));
  const notices = lives.flatMap(({ played }) => played.notices).sort(byInstant);
  const checked = notices.map((notice) => ({ notice, verdict: stillTrue(notice, viewAt(byTask.get(notice.task ?? '')!, notice.sendAt), dateAt(notice.sendAt)) }));
  const calendars = new Map(seeds.map((seed) => [seed.id, seed.calendar]));
  const sent = checked.filter(({ verdict, notice }) => verdict.ok && notice.sendAt <= until).map(({ notice }) => asSent(notice, calendars.get(notice.task ?? '')));
  return {
    notices,
    acts: lives.flatMap(({ seed, played }) => played.acts.map(({ at, command, refusal }) => ({ type: 'act' as const, at, task: seed.id, act: command.act, by: command.actor.by, refusal })))
      .sort((a, b) => a.at - b.at),
    messages: messagesOf(sent, addressOf),
    tasks: lives.map(({ seed, played }) => finalLine(played.state, seed.calendar, dateAt(until))),
    dropped: checked.flatMap(({ notice, verdict }) => (verdict.ok ? [] : [{ notice, reason: verdict.reason }])),
  };
};

export type ForecastInput = {
  /** Open tasks with everything that happened to them. */
  readonly tasks: readonly { readonly seed: TaskSeed; readonly events: readonly TaskEvent[] }[];
  /** Decided and not in a message yet, on the channels on which they wait. */
  readonly planned: readonly Notice[];
  readonly calendar: WorkingCalendar;
  readonly from: Instant;
  readonly until: Instant;
  readonly addressOf: NonNullable<RehearsalInput['addressOf']>;
};

/** What is overdue leaves in the next sending hour, and a digest of a day that is over in the next one. */
const asOf = (notice: Notice, calendar: WorkingCalendar, from: Instant): Notice => {
  if (notice.sendAt >= from) return notice;
  const sendAt = nextSendingTime(calendar, from) ?? from;
  return { ...notice, sendAt, group: notice.class === 'digest' || notice.class === 'urgent' ? dateAt(sendAt) : notice.group };
};

/** Who gets what until an instant if nobody acts: what is planned already, and what each task decides by itself from where it stands. Pure. */
export const forecast = ({ tasks, planned, calendar, from, until, addressOf }: ForecastInput): readonly RehearsedMessage[] => {
  const lives = new Map(tasks.map(({ seed, events }) => [seed.id, liveOn(seed, events, from, until)] as const));
  const known = new Set(planned.map((n) => n.key));
  const decided = [...lives.values()].flatMap((played) => played.notices).filter((n) => !known.has(n.key));
  const due = [...planned.map((n) => asOf(n, calendar, from)), ...decided].filter((n) => n.sendAt <= until);
  const isTrue = (notice: Notice): boolean => {
    const played = lives.get(notice.task ?? '');
    return stillTrue(notice, played === undefined ? null : viewAt(played, notice.sendAt), dateAt(notice.sendAt)).ok;
  };
  return messagesOf(due.filter(isTrue).map((notice) => asSent(notice, calendar)), addressOf);
};

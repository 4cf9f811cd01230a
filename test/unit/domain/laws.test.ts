import fc from 'fast-check';
import { type Act, type ActFields, ACTS, type Command } from '../../../domain/acts';
import { firstDay, isSendingTime, isWorkingDay, lastDay, trimCalendar } from '../../../domain/calendar';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { ANSWERS } from '../../../domain/matters';
import { decide } from '../../../domain/decide';
import { evolve, initialState } from '../../../domain/evolve';
import { live } from '../../../domain/life';
import type { Notice } from '../../../domain/notice';
import type { Position } from '../../../domain/plan';
import { projectionOf } from '../../../domain/projection';
import { isClosed, type TaskEvent, type TaskSeed, type TaskState } from '../../../domain/task';
import { nextWake, tick } from '../../../domain/tick';
import { addDays, civilDate, DAY_MS, dateAt, dayNumber, type Instant, instantAt } from '../../../domain/time';
import { at, command, document, seed as built, text } from '../../support/builders';

/** A calendar of three years: long enough for every ladder, short enough to reach its edge in every run. */
const calendar = trimCalendar(SHIPPED_CALENDAR, '2018-01-01', '2020-12-31');
const UNTIL = at('2021-03-31T00:00');
const [FIRST, LAST] = [dayNumber(firstDay(calendar)), dayNumber(lastDay(calendar))];

const dates = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: FIRST + 280, max: LAST - 30 }).map(civilDate) },
  { weight: 1, arbitrary: fc.integer({ min: FIRST - 900, max: LAST + 900 }).map(civilDate) },
  { weight: 1, arbitrary: fc.constantFrom('2019-02-31', '31/12/2019', '') },
);
const instants = fc.integer({ min: at('2018-10-22T00:00'), max: at('2020-12-31T23:59') });
/** Half of the acts fall into a few weeks, some within minutes of each other: what one asks another answers, takes back, or decides. */
const WEEKS = at('2019-12-09T06:55');
const moments = fc.oneof(instants, fc.tuple(fc.integer({ min: 0, max: 25 }),
  fc.integer({ min: 0, max: 8 })).map(([day, five]) => WEEKS + day * DAY_MS + five * 300_000));
const documents = fc.option(dates.map((date) => ({ number: '12/UBND', date })), { nil: undefined });
const texts = fc.constantFrom('a', 'b').map(text);
const units = fc.constantFrom('tb-skhdt', 'tb-stc', 'tb-sct', 'tb-skhcn');
const rungs = fc.constantFrom('L3' as const, 'L4' as const, undefined);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const numbers = fc.constantFrom(1, 2, undefined);
/** Leaves out what is undefined: a field that was not given is no field. */
const given = <T extends object>(shape: { [K in keyof T]-?: fc.Arbitrary<T[K] | undefined> }): fc.Arbitrary<T> =>
  fc.record<Record<string, unknown>>(shape).map((fields) => JSON.parse(JSON.stringify(fields)) as T);

const FIELDS: { [A in Act]: fc.Arbitrary<ActFields[A]> } = {
  acknowledge: given({ deliverable: texts, contact: fc.option(texts, { nil: undefined }) }),
  'reject-assignment': given({ reason: texts }),
  'report-progress': given({
    percent: fc.option(fc.integer({ min: -10, max: 120 }), { nil: undefined }),
    text: texts,
    commitTo: fc.option(dates, { nil: undefined }),
    milestone: fc.constantFrom('2018', '2019', '2020', 'none', undefined),
  }),
  prepare: fc.oneof(
    given<ActFields['prepare']>({ of: fc.constant('submit' as const), summary: texts, document: documents } as never),
    given<ActFields['prepare']>({
      of: fc.constant('request-extension' as const),
      to: dates,
      reason: texts,
      document: documents,
    } as never),
  ),
  submit: given({ summary: fc.option(texts, { nil: undefined }), document: documents }),
  confirm: given({ document: documents }),
  return: given({ reason: texts, correctBy: fc.option(dates, { nil: undefined }) }),
  'grant-extension': given({ to: dates, document: fc.constant(document) }),
  'set-due-date': given({ dueOn: dates, document: documents }),
  amend: fc.oneof(
    given<ActFields['amend']>({
      field: fc.constantFrom('title', 'deliverable'),
      value: texts.map((t) => ({ text: t })),
      reason: texts,
      document: documents,
    }),
    given<ActFields['amend']>({
      field: fc.constantFrom('window', 'title'),
      value: fc.tuple(dates, dates).map(([startsOn, dueOn]) => ({ window: { startsOn, dueOn } })),
      reason: texts,
      document: documents,
    }),
    given<ActFields['amend']>({
      field: fc.constant('coordinating'),
      value: fc.uniqueArray(units).map((coordinating) => ({ coordinating })),
      reason: texts,
      document: documents,
    }),
  ),
  'approve-letter': given({
    rung: rungs,
    text: fc.option(texts, { nil: undefined }),
    number: fc.constantFrom('5/SCT', undefined),
  }),
  'reject-letter': given({ rung: rungs, reason: fc.option(texts, { nil: undefined }) }),
  reassign: given({ lead: units, document: fc.constant(document) }),
  suspend: given({ document: fc.constant(document) }),
  resume: given({ document: fc.constant(document) }),
  discontinue: given({ document: fc.constant(document) }),
  merge: given({ document: fc.constant(document) }),
  'carry-over': given({ document: fc.constant(document) }),
  remind: given({ text: fc.option(texts, { nil: undefined }), escalate: fc.constantFrom('yes' as const, undefined) }),
  'open-consultation': given({
    subject: texts,
    to: fc.option(fc.array(fc.oneof(units, fc.record({ unit: units, dueOn: dates })), { maxLength: 4 }), {
      nil: undefined,
    }),
    dueOn: maybe(dates),
    beforeDue: maybe(fc.integer({ min: 1, max: 60 })),
    document: documents,
    link: maybe(texts),
    file: maybe(fc.constant({ id: 'f-1', hash: 'h', length: 9, type: 'application/pdf' })),
  }),
  'give-input': given({ answer: fc.constantFrom(...ANSWERS), text: maybe(texts), dueOn: maybe(dates) }),
  'respond-to-input': given({ unit: units, taken: fc.constantFrom('yes' as const, 'no' as const), text: texts }),
  'close-consultation': fc.constant({}),
  'request-extension': given({ to: maybe(dates), reason: maybe(texts), document: documents }),
  'give-opinion': given({ support: fc.constantFrom('yes' as const, 'no' as const), text: maybe(texts) }),
  'refuse-extension': given({ reason: texts }),
  'enter-event': given({ date: dates, document: fc.constant(document) }),
  'raise-obstacle': given({ text: texts, proposal: maybe(texts) }),
  'acknowledge-obstacle': given({ obstacle: numbers, text: maybe(texts) }),
  'consolidate-obstacle': given({ obstacle: numbers, text: maybe(texts) }),
  'decide-obstacle': given({ obstacle: numbers, document: fc.constant(document), text: texts }),
  delegate: given({ to: fc.constantFrom('p-2', ''), from: dates, until: dates }),
  forward: given({ to: fc.constantFrom('tb-skhdt/head', 'tb-stc/officer') }),
  undo: fc.constant({}),
  'enter-document': given({
    of: maybe(fc.integer({ min: 1, max: 12 })),
    document: fc.record({ number: fc.constant('9/TTr'), date: dates }),
  }),
};
const positions = fc.oneof(
  fc.tuple(fc.constantFrom('tb-skhdt', 'tb-sct', 'tb-vp', 'tb-stc'), fc.constantFrom('officer', 'head', 'leader', 'clerk')).map(([unit, role]) => `${unit}/${role}` as Position),
  fc.constant('admin' as const),
);
const actors = fc.record({ by: positions, via: fc.constantFrom('link' as const, 'cli' as const), nonce: fc.constantFrom('n1', 'n2', undefined) });
/** Half of the acts come from whoever may do them, so that lives go deep. */
const RIGHTFUL: Partial<Record<Act, Position>> = {
  acknowledge: 'tb-skhdt/officer', 'report-progress': 'tb-skhdt/officer', prepare: 'tb-skhdt/officer', submit: 'tb-skhdt/leader', 'reject-assignment': 'tb-skhdt/leader',
  'grant-extension': 'tb-vp/officer', 'approve-letter': 'tb-sct/leader', 'reject-letter': 'tb-sct/leader', 'open-consultation': 'tb-skhdt/officer',
  'give-input': 'tb-stc/officer', 'respond-to-input': 'tb-skhdt/officer',
  'close-consultation': 'tb-skhdt/officer', 'request-extension': 'tb-skhdt/leader', 'refuse-extension': 'tb-vp/officer', 'raise-obstacle': 'tb-stc/officer',
  'decide-obstacle': 'tb-vp/officer',
  undo: 'tb-stc/officer', 'enter-document': 'tb-skhdt/clerk',
};
const OFTEN = ['remind', 'enter-document', 'acknowledge', 'submit', 'return', 'suspend', 'resume', 'report-progress',
  'grant-extension', 'set-due-date', 'approve-letter', 'reject-assignment'] as const;
const REQUESTS = ['open-consultation', 'give-input', 'give-input', 'request-extension', 'give-opinion', 'raise-obstacle', 'acknowledge-obstacle',
  'undo'] as const;
const acts = fc.constantFrom(...ACTS, ...OFTEN, ...OFTEN, ...REQUESTS,
  ...REQUESTS).chain((act) => fc.record({ at: moments, rightful: fc.boolean(), actor: actors, fields: FIELDS[act] })
  .map(({ at: when, rightful, actor, fields }): Timed => ({
    at: when,
    command: command(act, rightful ? RIGHTFUL[act] ?? 'tb-sct/officer' : actor.by, fields, { via: rightful ? 'link' : actor.via, ...(actor.nonce === undefined ? {} : { nonce: actor.nonce }) }),
  })));
type Timed = { readonly at: Instant; readonly command: Command };

const MILESTONES = [2018, 2019].map((y) => ({ label: String(y), dueOn: `${y}-12-31` }));
const seeds = fc.record({
  dueOn: fc.option(fc.integer({ min: dayNumber('2018-11-01'), max: dayNumber('2020-06-30') }).map(civilDate), { nil: null }),
  milestones: fc.constantFrom([], MILESTONES), timing: fc.constantFrom('period' as const, 'continuous' as const), start: fc.constantFrom('2018-10-22T08:00', '2018-10-20T18:00', '2019-12-20T09:00'),
}).map(({ start, ...spec }): TaskSeed => ({ ...built(spec, start), calendar }));
const lives = fc.record({ seed: seeds, acts: fc.array(acts, { maxLength: 12 }).map((list) => [...list].sort((a, b) => a.at - b.at)) });

type Step = { readonly at: Instant; readonly before: TaskState; readonly after: TaskState; readonly events: readonly TaskEvent[]; readonly notices: readonly Notice[] };

/** A life, step by step; `carry` is what happens to the state between any two steps. */
const play = (life: Life, carry: (state: TaskState) => TaskState = (state) => state): Step[] => {
  const steps: Step[] = [];
  let state = carry(initialState(life.seed));
  const accept = (now: Instant, decision: { readonly events: readonly TaskEvent[]; readonly notices: readonly Notice[] }): void => {
    const before = state;
    state = carry(decision.events.reduce(evolve, state));
    steps.push({ at: now, before, after: state, events: decision.events, notices: decision.notices });
  };
  const wakeUntil = (limit: Instant): void => {
    for (let last = -Infinity, due = nextWake(state); due !== null && due <= limit; last = due, due = nextWake(state)) {
      if (due <= last) throw new Error(`woke twice at ${due}`);
      accept(due, tick(state, due));
    }
  };
  for (const { at: now, command: act } of life.acts) {
    wakeUntil(now);
    accept(now, tick(state, now));
    const decision = decide(state, act, now);
    if (decision.ok) accept(now, decision);
  }
  wakeUntil(UNTIL);
  return steps;
};
const noticesOf = (steps: readonly Step[]): Notice[] => steps.flatMap((s) => s.notices);

type Life = { readonly seed: TaskSeed; readonly acts: readonly Timed[] };
type Law = (steps: readonly Step[], life: Life) => void;
const eventsOf = (steps: readonly Step[]): TaskEvent[] => steps.flatMap((s) => s.events);
const endOf = (steps: readonly Step[], { seed }: Life): TaskState => steps.at(-1)?.after ?? initialState(seed);
const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const REMINDERS = [
  'due-soon', 'due-today', 'overdue', 'overdue-flag', 'overdue-monthly', 'milestone-due-soon', 'milestone-due-today', 'milestone-overdue', 'letter-draft', 'acknowledgement-missing',
];

/** Laws of one life, whatever people do, in any order and at any time. */
const LAWS: Record<string, Law> = {
  'every life ends: closed, or silent beyond the calendar': (steps, life) => {
    const end = endOf(steps, life);
    expect(isClosed(end.name) || nextWake(end) === null).toBe(true);
  },
  'no notice is planned twice': (steps) => {
    const keys = noticesOf(steps).map((n) => n.key);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  },
  'the ladder of one due date goes up only, each rung once': (steps, { seed }) => {
    const order = seed.ladder.main.map((r) => r.id);
    const climbed = new Map<string, number>();
    for (const event of eventsOf(steps)) {
      if (event.type !== 'rung' || event.milestone !== undefined || event.outcome === 'released' || !order.includes(event.rung)) continue;
      expect(order.indexOf(event.rung)).toBeGreaterThan(climbed.get(event.dueOn!) ?? -1);
      climbed.set(event.dueOn!, order.indexOf(event.rung));
    }
  },
  'an overdue notice of L3 or L4 is an approved letter: nothing above level 2 leaves without a person': (steps) => {
    const unasked = noticesOf(steps).filter((n) => n.kind === 'overdue' && (n.rung === 'L3' || n.rung === 'L4') && n.reason !== 'letter-approved');
    expect(unasked.map((n) => n.key)).toEqual([]);
  },
  'no reminder while the task is submitted or suspended, nothing after it is closed': (steps) => {
    for (const { before, events, notices } of steps) {
      if (isClosed(before.name))
        expect([notices, events.filter((e) => e.type !== 'acted' || e.act !== 'enter-document')]).toEqual([[], []]);
      if (before.name === 'submitted' || before.name === 'suspended') expect(notices.map((n) => n.kind).filter((kind) => REMINDERS.includes(kind))).toEqual([]);
    }
  },
  'notices leave after they are decided, inside the hours of a working day; rungs fall on working days': (steps) => {
    for (const notice of noticesOf(steps).filter((n) => dateAt(n.decidedAt) < addDays(lastDay(calendar), -1))) {
      expect(notice.sendAt >= notice.decidedAt && isSendingTime(calendar, notice.sendAt)).toBe(true);
      if (notice.reason === 'rung-day') expect(isWorkingDay(calendar, dateAt(notice.decidedAt))).toBe(true);
    }
  },
  'the original due date is kept once there is one, and lateness is never forgotten': (steps) => {
    for (const { before, after } of steps) {
      if (before.dueOriginalOn !== null) expect(after.dueOriginalOn).toBe(before.dueOriginalOn);
      if (before.everOverdue) expect(after.everOverdue).toBe(true);
    }
  },
  'the state is what the events say, numbered without a gap': (steps, life) => {
    const events = eventsOf(steps);
    expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
    expect(events.reduce(evolve, initialState(life.seed))).toStrictEqual(endOf(steps, life));
  },
  'it says the same wherever it is cut: the state goes through JSON between any two steps': (steps, life) => {
    const again = play(life, json);
    expect(endOf(again, life)).toStrictEqual(endOf(steps, life));
    expect(json(noticesOf(again))).toStrictEqual(noticesOf(steps));
    expect(json(eventsOf(steps))).toStrictEqual(eventsOf(steps));
  },
  'it says the same as the rehearsal': (steps, life) => {
    const rehearsed = live(life.seed, life.acts, UNTIL);
    expect(rehearsed.notices.map((n) => [n.key, n.decidedAt])).toEqual(noticesOf(steps).map((n) => [n.key, n.decidedAt]));
    expect(rehearsed.state).toStrictEqual(endOf(steps, life));
  },
  'whoever was told of a delay is told of its end once, and by no second way': (steps) => {
    for (const { before, notices } of steps) {
      const ends = notices.filter((n) => n.facts.isEnd === true);
      expect(ends.every((n) => n.class === 'digest' && before.told.some((t) => t.to === n.to))).toBe(true);
      for (const end of ends) expect(notices.filter((n) => n.kind === end.kind && n.to === end.to)).toHaveLength(1);
    }
  },
  'what is over keeps its dates, whatever paper is entered': (steps) => {
    for (const { before, after } of steps.filter((s) => isClosed(s.before.name))) {
      expect([after.completedOn, after.dueOn, after.workingDaysLate]).toEqual([
        before.completedOn,
        before.dueOn,
        before.workingDaysLate,
      ]);
    }
  },
  'time brings something at the next wake and not before, and then once': (steps) => {
    for (const { at: now, after } of steps) {
      const wake = nextWake(after);
      const calm = wake === null ? now + DAY_MS : wake - 1;
      for (const moment of [now, Math.max(now, calm)]) expect(tick(after, moment).events).toEqual([]);
      expect(wake === null || wake > now).toBe(true);
      expect(projectionOf(after).nextWakeAt).toBe(wake);
    }
  },
};

describe('whatever people do, in any order and at any time', () => {
  it('nothing throws, and every law of a life holds', () => {
    fc.assert(fc.property(lives, (life) => {
      const steps = play(life);
      for (const [name, law] of Object.entries(LAWS)) {
        try {
          law(steps, life);
        } catch (cause) {
          throw new Error(`broken: ${name}`, { cause });
        }
      }
    }), { numRuns: 30 });
  });

  it('a refusal changes nothing and has a sentence in Vietnamese without an exclamation mark', () => {
    fc.assert(fc.property(lives, acts, (life, { at: now, command: act }) => {
      const state = endOf(play(life), life);
      const answer = decide(state, act, now);
      if (!answer.ok) expect([/[àáâãèéêìíòóôõùúăđĩũơưạ-ỹ]/i.test(answer.message), answer.message.includes('!'), 'events' in answer]).toEqual([true, false, false]);
    }), { numRuns: 12 });
  });
});

describe('one bad night', () => {
  const acknowledged = { at: at('2018-10-23T09:00'), command: command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }) };

  it('after an outage each receiver gets one notice of a kind, and together they name every rung that passed', () => {
    fc.assert(fc.property(fc.integer({ min: dayNumber('2019-12-02'), max: dayNumber('2020-03-31') }), fc.integer({ min: 3, max: 90 }), (day, outage) => {
      const [down, back] = [instantAt(civilDate(day), 12 * 60), instantAt(civilDate(day + outage), 12 * 60)];
      const { notices, events } = tick(live(built(), [acknowledged], down).state, back);
      const said = notices.filter((n) => n.rung !== 'LM' && n.kind !== 'decision-late').map((n) => `${n.kind} ${n.to}`);
      expect(said.filter((line, i) => said.indexOf(line) !== i && !line.startsWith('letter-draft') && !line.startsWith('overdue-flag'))).toEqual([]);
      const named = new Set(notices.flatMap((n) => [...(n.passed ?? []), ...(n.rung === undefined ? [] : [n.rung])]));
      expect(events.flatMap((e) => (e.type === 'rung' && !named.has(e.rung) ? [e.rung] : []))).toEqual([]);
    }), { numRuns: 40 });
  });
});

import { type Act, type ActFields, ACTS, type Command } from '../../../domain/acts';
import { decide } from '../../../domain/decide';
import { evolve } from '../../../domain/evolve';
import { live } from '../../../domain/life';
import { type Position, positionOf, type Role, ROLES, unitOf } from '../../../domain/plan';
import { isClosed, type TaskState, type TaskStateName } from '../../../domain/task';
import { at, command, document, seed, text } from '../../support/builders';

/** Every act by every position in every state: what the rules must answer follows from the one table below. */
const [LEAD, ASKED, ANSWERED, HOST, AUTHORITY, STRANGER] = ['tb-skhdt', 'tb-stc', 'tb-skhcn', 'tb-sct', 'tb-vp', 'tb-stttt'] as const;
const ACTORS: readonly (Position | 'admin')[] = [...[LEAD, ASKED, ANSWERED, HOST, AUTHORITY,
  STRANGER].flatMap((unit) => ROLES.map((role) => positionOf(unit, role))), 'admin'];

type State = 'unborn' | TaskStateName;
const OPEN: readonly State[] = ['assigned', 'in_progress'];
const RUNNING: readonly State[] = [...OPEN, 'submitted'];
const ALIVE: readonly State[] = [...RUNNING, 'suspended'];
const STATES: readonly State[] = ['unborn', ...ALIVE, 'completed', 'discontinued', 'merged', 'carried_over'];
const STAFF: readonly Role[] = ['officer', 'head', 'leader'];
const COORDINATING = [ASKED, ANSWERED];
const ALL = [LEAD, ...COORDINATING, HOST, AUTHORITY];

/** `bare`: nothing is asked of anybody. `busy`: a consultation, an extension, an obstacle, a letter and an adjusted assignment wait at once. */
type World = 'bare' | 'busy';
type Line = {
  readonly by: readonly string[];
  readonly roles: readonly Role[];
  readonly in: readonly State[];
  /** The answer where position and state are right. */
  readonly gives: Readonly<Record<World, string | ((state: State, by: Position) => string)>>;
  /** By the counter path it rests on a document. */
  readonly paper: boolean;
};
const line = (by: readonly string[], states: readonly State[], gives: Partial<Line['gives']> = {}, more: Partial<Line> = {}): Line =>
  ({ by, roles: STAFF, in: states, paper: true, ...more, gives: { bare: 'ok', busy: 'ok', ...gives } });
const NO_PAPER = { paper: false };
const LEADER: Partial<Line> = { roles: ['leader'] };

const TABLE: Readonly<Record<Act, Line>> = {
  acknowledge: line([LEAD], ['assigned'], {}, NO_PAPER),
  'reject-assignment': line([LEAD], ['assigned'], { busy: 'already-decided' }),
  'report-progress': line([LEAD], OPEN, {}, NO_PAPER),
  prepare: line([LEAD], OPEN, {}, { ...NO_PAPER, roles: ['officer', 'head'] }),
  submit: line([LEAD], OPEN, {}, LEADER),
  confirm: line([HOST], ['submitted']),
  return: line([HOST], ['submitted', 'assigned'], { bare: (state) => (state === 'assigned' ? 'wrong-state' : 'ok') }),
  'grant-extension': line([AUTHORITY], RUNNING),
  'set-due-date': line([HOST], RUNNING, { bare: 'wrong-state', busy: 'wrong-state' }),
  amend: line([HOST], ALIVE),
  'approve-letter': line([HOST], OPEN, { bare: 'no-open-letter' }, LEADER),
  'reject-letter': line([HOST], OPEN, { bare: 'no-open-letter' }, LEADER),
  reassign: line([HOST], OPEN),
  suspend: line([HOST], RUNNING),
  resume: line([HOST], ['suspended']),
  discontinue: line([HOST], ALIVE),
  merge: line([HOST], ALIVE),
  'carry-over': line([HOST], ALIVE),
  remind: line([HOST], RUNNING, {}, NO_PAPER),
  'open-consultation': line([LEAD], OPEN, { busy: 'consultation-open' }),
  'give-input': line(COORDINATING, ALIVE, { bare: 'no-consultation', busy: (_, by) => (unitOf(by) === ANSWERED ? 'already-decided' : 'ok') }),
  'respond-to-input': line([LEAD], RUNNING, { bare: 'no-input' }, NO_PAPER),
  'close-consultation': line([LEAD], RUNNING, { bare: 'no-consultation' }, NO_PAPER),
  'request-extension': line([LEAD], OPEN, { busy: 'already-decided' }, LEADER),
  'give-opinion': line([HOST], RUNNING, { bare: 'no-pending-extension' }),
  'refuse-extension': line([AUTHORITY], RUNNING, { bare: 'no-pending-extension' }),
  'enter-event': line([LEAD, HOST], RUNNING, { bare: 'wrong-state', busy: 'wrong-state' }),
  'raise-obstacle': line([LEAD, ...COORDINATING], RUNNING),
  'acknowledge-obstacle': line([HOST], ALIVE, { bare: 'no-open-obstacle' }, NO_PAPER),
  'consolidate-obstacle': line([HOST], ALIVE, { bare: 'no-open-obstacle' }),
  'decide-obstacle': line([AUTHORITY], ALIVE, { bare: 'no-open-obstacle' }),
  delegate: line(ALL, ALIVE, {}, { roles: ROLES }),
  forward: line(ALL, ALIVE, {}, { ...NO_PAPER, roles: ROLES }),
  'enter-document': line(ALL, STATES.filter((state) => state !== 'unborn'), {
    bare: (state, by) => entered('bare', state, by), busy: (state, by) => entered('busy', state, by),
  }, { roles: ROLES }),
  undo: line(ALL, ALIVE, { bare: (state, by) => undone(state, by), busy: (state, by) => (by === 'tb-skhcn/officer' ? 'ok' : undone(state, by)) }, NO_PAPER),
};
/** What each unit has done without a paper by then; those of the acts that bring a world into its state have theirs. */
const WITHOUT_PAPER = (world: World, state: State): readonly string[] => [
  ...(world === 'bare' ? [] : [LEAD, ASKED, ANSWERED]), ...(['submitted', 'completed'].includes(state) ? [LEAD] : []), ...(state === 'completed' ? [HOST] : []),
];
/**
 * The clerk enters for the own unit, the supervisor for its own where no event is named; everybody else has nothing to
 * enter.
 */
const entered = (world: World, state: State, by: Position): string => {
  if (!by.endsWith('/clerk') && unitOf(by) !== HOST) return 'not-allowed';
  return WITHOUT_PAPER(world, state).includes(unitOf(by)) ? 'ok' : 'nothing-to-document';
};
/** The acknowledgement of long ago is the lead's officer's own, and too old; nobody else has done anything that could be taken back. */
const undone = (state: State, by: Position): string => (by === 'tb-skhdt/officer' && state !== 'assigned' ? 'undo-too-late' : 'nothing-to-undo');

const NOW = at('2020-01-16T09:00');
const paper = { document };
const FIELDS: { readonly [A in Act]: ActFields[A] | ((by: Position) => ActFields[A]) } = {
  acknowledge: { deliverable: text() }, 'reject-assignment': { reason: text() }, 'report-progress': { text: text() },
  prepare: { of: 'submit', summary: text() },
  submit: { summary: text() }, confirm: {}, return: { reason: text(), correctBy: '2020-02-03' }, 'grant-extension': { to: '2026-06-30', ...paper },
  'set-due-date': { dueOn: '2020-06-30' }, amend: { field: 'title', value: { text: text() }, reason: text() }, 'approve-letter': {}, 'reject-letter': {},
  reassign: { lead: STRANGER, ...paper }, suspend: paper, resume: paper, discontinue: paper, merge: paper, 'carry-over': paper, remind: {},
  'open-consultation': { subject: text() }, 'give-input': { answer: 'agree' }, 'respond-to-input': { unit: ANSWERED, taken: 'yes', text: text() },
  'close-consultation': {},
  'request-extension': { to: '2026-06-30', reason: text() }, 'give-opinion': { support: 'yes' }, 'refuse-extension': { reason: text() },
  'enter-event': { date: '2020-01-10', ...paper }, 'raise-obstacle': { text: text() }, 'acknowledge-obstacle': {}, 'consolidate-obstacle': {},
  'decide-obstacle': { ...paper, text: text() }, delegate: { to: 'p-9', from: '2020-01-20', until: '2020-01-31' },
  forward: (by) => ({ to: positionOf(unitOf(by), by.endsWith('/head') ? 'officer' : 'head') }), undo: {},
  'enter-document': paper,
};
/** Acts whose `document` is a field that must be there by any way. */
const OWN_PAPER: readonly Act[] = ACTS.filter((act) => 'document' in FIELDS[act]);
const fieldsOf = (act: Act, by: Position | 'admin') => { const f = FIELDS[act]; return typeof f === 'function' ? f(by === 'admin' ? 'tb-sct/officer' : by)
  : f; };
const give = (act: Act, by: Position | 'admin', more: Partial<Command['actor']> = {}): Command => command(act, by, fieldsOf(act, by) as never, more);

const step = (when: string, act: Act, by: Position) => ({ at: at(when), command: give(act, by) });
const BUSY = [
  step('2020-01-16T08:30', 'open-consultation', 'tb-skhdt/officer'), step('2020-01-16T08:31', 'raise-obstacle', 'tb-stc/officer'),
  step('2020-01-16T08:32', 'request-extension', 'tb-skhdt/leader'), step('2020-01-16T08:50', 'give-input', 'tb-skhcn/officer'),
];
const ENDS: Readonly<Partial<Record<State, ReturnType<typeof step>[]>>> = {
  submitted: [step('2020-01-16T08:55', 'submit', 'tb-skhdt/leader')],
  suspended: [step('2020-01-16T08:55', 'suspend', 'tb-sct/officer')],
  completed: [step('2020-01-16T08:55', 'submit', 'tb-skhdt/leader'), step('2020-01-16T08:56', 'confirm', 'tb-sct/officer')],
  discontinued: [step('2020-01-16T08:55', 'discontinue', 'tb-sct/officer')], merged: [step('2020-01-16T08:55', 'merge', 'tb-sct/officer')],
  carried_over: [step('2020-01-16T08:55', 'carry-over', 'tb-sct/officer')],
};
/** In the bare world nothing is late: the task is due years ahead. */
const stateOf = (world: World, state: State): TaskState => {
  const start = seed({ coordinating: COORDINATING, dueOn: world === 'busy' ? '2019-12-31' : '2025-12-31' });
  const begun = state === 'unborn' ? [] : state !== 'assigned' ? [step('2018-10-23T09:00', 'acknowledge', 'tb-skhdt/officer')]
    : world === 'busy' ? [step('2018-10-23T09:00', 'reject-assignment', 'tb-skhdt/leader')] : [];
  const acts = [...begun, ...(world === 'busy' && state !== 'unborn' ? BUSY : []), ...(ENDS[state] ?? [])];
  const played = live(start, acts, state === 'unborn' ? at('2018-10-22T07:00') : NOW);
  expect(played.acts.filter((a) => a.refusal !== null)).toEqual([]);
  expect([state === 'unborn' ? 'unborn' : played.state.name, isClosed(played.state.name) || played.state.obstacles.length]).toEqual([
    state, isClosed(played.state.name) || Number(world === 'busy' && state !== 'unborn')]);
  return played.state;
};

/** What the table says: first who, then when, then the act's own conditions. */
const expected = (act: Act, by: Position | 'admin', state: State, world: World): string => {
  const { by: units, roles, in: states, gives } = TABLE[act];
  if (by === 'admin' && act !== 'remind') return 'not-allowed';
  if (by !== 'admin' && unitOf(by) === LEAD && (act === 'confirm' || act === 'return')) return 'self-confirmation';
  if (by !== 'admin' && !(units.includes(unitOf(by)) && roles.some((role) => by.endsWith(`/${role}`)))) return 'not-allowed';
  if (state === 'unborn') return act === 'discontinue' ? 'ok' : 'wrong-state';
  if (!states.includes(state)) return state === 'assigned' && world === 'bare' ? 'wrong-state' : 'already-decided';
  const answer = gives[world];
  return typeof answer === 'string' ? answer : answer(state, by === 'admin' ? 'tb-sct/officer' : by);
};

const WORLDS = (['bare', 'busy'] as const).flatMap((world) => STATES.map((state) => ({ world, state })));
let worlds: readonly { readonly world: World; readonly state: State; readonly task: TaskState }[];
beforeAll(() => { worlds = WORLDS.map((w) => ({ ...w, task: stateOf(w.world, w.state) })); });
const answerOf = (task: TaskState, act: Command, now = NOW): string => { const answer = decide(task, act, now); return answer.ok ? 'ok' : answer.code; };
const nowOf = (state: State) => (state === 'unborn' ? at('2018-10-22T07:00') : NOW);

it.each(ACTS)('%s: by whom, in which state, and with which refusal', (act) => {
  const wrong = worlds.flatMap(({ world, state, task }) => ACTORS.flatMap((by) => {
    const [is, should] = [answerOf(task, give(act, by), nowOf(state)), expected(act, by, state, world)];
    return is === should ? [] : [`${world} ${state} by ${by}: ${is}, not ${should}`];
  }));
  expect(wrong).toEqual([]);
});

it.each(ACTS)('%s by an operator rests on a document where the table says so', (act) => {
  const wrong = worlds.filter(({ state }) => state !== 'unborn').flatMap(({ world, state, task }) => ACTORS.flatMap((by) => {
    if (expected(act, by, state, world) !== 'ok') return [];
    const should = TABLE[act].paper && !OWN_PAPER.includes(act) ? 'document-required' : 'ok';
    const answers = [answerOf(task, give(act, by, { via: 'cli' })), answerOf(task, give(act, by, { via: 'cli', basis: document }))];
    return answers[0] === should && answers[1] === 'ok' ? [] : [`${world} ${state} by ${by}: ${answers.join(', ')}`];
  }));
  expect(wrong).toEqual([]);
});

/** Acts of which only one of two can win, whoever presses first. */
const EXCLUSIVE: readonly Act[] = [
  'acknowledge', 'reject-assignment', 'submit', 'confirm', 'suspend', 'resume', 'discontinue', 'merge', 'carry-over', 'give-input', 'request-extension',
    'give-opinion',
  'refuse-extension', 'close-consultation',
];

it.each(EXCLUSIVE)('%s pressed by two people: the second is told who was faster, and when', (act) => {
  const wrong = worlds.flatMap(({ world, state, task }) => ACTORS.flatMap((by) => {
    if (by === 'admin' || state === 'unborn' || expected(act, by, state, world) !== 'ok') return [];
    const first = decide(task, give(act, by), NOW);
    if (!first.ok) return [`${world} ${state}: refused`];
    const second = decide(first.events.reduce(evolve, task), give(act, by), NOW + 1);
    return !second.ok && second.last?.at === NOW && second.last.by === by ? [] : [`${world} ${state} by ${by}: ${second.ok ? 'taken twice' : second.code}`];
  }));
  expect(wrong).toEqual([]);
});

it('any two acts that are possible, in either order, are decided or refused, never lost halfway', () => {
  for (const { world, state, task } of worlds.filter((w) => ALIVE.includes(w.state))) {
    const possible = ACTS.flatMap((act) => ACTORS.filter((by) => by !== 'admin' && expected(act, by, state, world) === 'ok').slice(0,
      1).map((by) => give(act, by)));
    for (const first of possible) {
      const once = decide(task, first, NOW);
      const after = once.ok ? once.events.reduce(evolve, task) : task;
      expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
      for (const second of possible) {
        const answer = decide(after, second, NOW);
        const keys = [...(once.ok ? once.notices : []), ...(answer.ok ? answer.notices : [])].map((n) => n.key);
        expect(new Set(keys).size).toBe(keys.length);
        if (answer.ok) answer.events.reduce(evolve, after);
      }
    }
  }
});

import type { Act, ActFields, Command } from '../../../domain/acts';
import { decide } from '../../../domain/decide';
import { live } from '../../../domain/life';
import type { Position, TaskSpec } from '../../../domain/plan';
import { projectionOf } from '../../../domain/projection';
import { stillTrue } from '../../../domain/still-true';
import { dateAt } from '../../../domain/time';
import { migrate } from '../../../workflows/migrate';
import { at, command, document, seed, text } from '../../support/builders';

const did = <A extends Act>(when: string, act: A, by: Position, fields: ActFields[A], more: Partial<Command['actor']> = {}) =>
  ({ at: at(when), command: command(act, by, fields, more) });
type Acts = readonly ReturnType<typeof did>[];
const BEGUN = [did('2018-10-23T09:00', 'acknowledge', 'tb-skhdt/officer', { deliverable: text() })];
const played = (acts: Acts, until: string, more: Partial<TaskSpec> = {}) => live(seed(more), acts, at(until));
const said = (acts: Acts, until: string, kinds: readonly string[], more: Partial<TaskSpec> = {}): string[] =>
  played(acts, until, more).notices.filter((n) => kinds.includes(n.kind)).map((n) => `${dateAt(n.decidedAt)} ${n.kind} ${n.to}`);
const refusals = (acts: Acts, more: Partial<TaskSpec> = {}) => played(acts, '2020-12-31T00:00', more).acts.map((a) => a.refusal?.code ?? 'ok');

describe('an extension', () => {
  const ask = (when: string, to = '2020-06-30') => did(when, 'request-extension', 'tb-skhdt/leader', { to, reason: text() });
  const ASKED = [...BEGUN, ask('2019-12-02T09:00')];
  const KINDS = ['extension-request', 'extension-granted', 'extension-refused', 'decision-late'];
  const opinion = (when: string) => did(when, 'give-opinion', 'tb-sct/leader', { support: 'no', text: text('why') });
  const grant = (when: string, to = '2020-06-30') => did(when, 'grant-extension', 'tb-vp/leader', { to, document });

  it('goes to the host unit for its opinion, then to the authority for the decision, each with a clock', () => {
    expect(said([...ASKED, opinion('2019-12-06T10:00')], '2019-12-31T00:00', KINDS)).toEqual([
      '2019-12-02 extension-request tb-sct/officer', '2019-12-05 decision-late tb-sct/officer', '2019-12-06 extension-request tb-vp/officer',
      '2019-12-11 decision-late tb-vp/officer', '2019-12-13 decision-late tb-vp/leader',
    ]);
    expect(projectionOf(played(ASKED, '2019-12-03T00:00').state)).toMatchObject({ extensionAwaits: 'opinion', extensionTo: '2020-06-30', dueOn: '2019-12-31' });
  });

  it('goes straight to the authority where the host unit leads', () => {
    const own = [did('2019-12-02T09:00', 'request-extension', 'tb-sct/leader', { to: '2020-06-30', reason: text() }),
      did('2019-12-03T09:00', 'give-opinion', 'tb-sct/officer', { support: 'yes' })];
    const HOSTS = { lead: 'tb-sct', supervisor: 'tb-vp', coordinating: ['tb-stc'] };
    expect(said(own, '2019-12-03T12:00', KINDS, HOSTS)).toEqual(['2019-12-02 extension-request tb-vp/officer']);
    expect(refusals(own, HOSTS)).toEqual(['ok', 'wrong-state']);
  });

  it('granted twice, it is counted, and both dates are kept', () => {
    const { state, notices } = played([...ASKED, grant('2019-12-10T09:00'), grant('2020-06-01T09:00', '2020-12-15')], '2020-06-02T00:00');
    expect(state).toMatchObject({ dueOn: '2020-12-15', dueOriginalOn: '2019-12-31', extensionCount: 2, extension: null, everOverdue: false });
    expect(
      notices
        .filter((n) => n.kind === 'extension-granted' && n.to === 'tb-skhdt/officer')
        .map((n) => n.facts.extensionNo),
    ).toEqual([1, 2]);
  });

  it('asked and granted after the due date it is taken, and the task has once been overdue', () => {
    const { state, acts } = played([...BEGUN, ask('2020-01-10T09:00'), grant('2020-01-13T09:00')], '2020-01-14T00:00');
    expect(acts.every((a) => a.refusal === null)).toBe(true);
    expect(state).toMatchObject({ everOverdue: true, dueOn: '2020-06-30' });
  });

  it('refused, the date stands and another may be asked for; two at once are not', () => {
    const no = did('2019-12-09T09:00', 'refuse-extension', 'tb-vp/officer', { reason: text() });
    expect(refusals([...ASKED, ask('2019-12-03T09:00'), no, no, ask('2019-12-10T09:00')])).toEqual(['ok', 'ok', 'already-decided', 'ok',
      'no-pending-extension', 'ok']);
    expect(said([...ASKED, no], '2019-12-31T00:00', ['extension-refused'])).toEqual([
      '2019-12-09 extension-refused tb-skhdt/officer',
      '2019-12-09 extension-refused tb-skhdt/leader',
      '2019-12-09 extension-refused tb-sct/officer',
      '2019-12-09 extension-refused tb-sct/leader',
    ]);
  });

  it('may be asked for three times, or as often as the plan says; the next needs the authority\'s office alone', () => {
    const years = ['2020', '2021', '2022'];
    const three = years.flatMap((year, i) => [
      ask(`2019-12-0${i + 2}T09:00`, `${year}-06-30`),
      grant(`2019-12-0${i + 2}T10:00`, `${year}-06-30`),
    ]);
    const fourth = [
      ask('2019-12-06T09:00', '2023-06-30'),
      did('2019-12-06T09:10', 'prepare', 'tb-skhdt/officer', {
        of: 'request-extension',
        to: '2023-06-30',
        reason: text(),
      }),
      grant('2019-12-06T10:00', '2023-06-30'),
    ];
    expect(refusals([...BEGUN, ...three, ...fourth])).toEqual([
      ...Array<string>(7).fill('ok'),
      'extensions-used',
      'extensions-used',
      'ok',
    ]);
    const one = live({ ...seed(), maxExtensions: 1 }, [...BEGUN, ...three], at('2019-12-31T00:00'));
    expect(one.acts.map((a) => a.refusal?.code ?? 'ok')).toEqual([
      'ok',
      'ok',
      'ok',
      'extensions-used',
      'ok',
      'extensions-used',
      'ok',
    ]);
  });

  it('prepared by the officer, the leader sends it with one press', () => {
    const prepared = [...BEGUN, did('2019-12-02T09:00', 'prepare', 'tb-skhdt/officer',
      { of: 'request-extension', to: '2020-06-30', reason: text('why'), document })];
    const { state } = played([...prepared, did('2019-12-03T09:00', 'request-extension', 'tb-skhdt/leader', {})], '2019-12-03T12:00');
    expect(state).toMatchObject({ prepared: null, extension: { to: '2020-06-30', reason: { id: 'why' }, document } });
    expect(refusals([...prepared, did('2019-12-03T09:00', 'submit', 'tb-skhdt/leader', {})])).toEqual(['ok', 'ok', 'field-missing']);
  });

  it('a request that was decided meanwhile is not said', () => {
    const notice = played(ASKED, '2019-12-02T12:00').notices.find((n) => n.kind === 'extension-request')!;
    const after = (acts: Acts) => stillTrue(notice, projectionOf(played([...ASKED, ...acts], '2019-12-20T00:00').state), notice.facts.decidedOn).ok;
    expect([after([]), after([opinion('2019-12-03T09:00')]), after([grant('2019-12-03T09:00')])]).toEqual([true, false, false]);
  });
});

describe('an obstacle', () => {
  const KINDS = ['obstacle-raised', 'obstacle-answered', 'decision-late'];
  const RAISED = [...BEGUN, did('2019-03-04T09:00', 'raise-obstacle', 'tb-stc/officer', { text: text('what'), proposal: text('how') })];
  const took = did('2019-03-06T09:00', 'acknowledge-obstacle', 'tb-sct/officer', {});
  const summed = did('2019-03-12T09:00', 'consolidate-obstacle', 'tb-sct/head', { text: text('sum') });
  const decided = did('2019-03-20T09:00', 'decide-obstacle', 'tb-vp/leader', { document, text: text('answer') });

  it('unanswered, is asked for after three and after ten working days; the clock of the task runs on', () => {
    expect(said(RAISED, '2019-04-30T00:00', KINDS)).toEqual([
      '2019-03-04 obstacle-raised tb-sct/officer', '2019-03-08 decision-late tb-sct/officer', '2019-03-19 decision-late tb-sct/officer',
        '2019-03-19 decision-late tb-sct/leader',
    ]);
    expect(played(RAISED, '2020-01-03T00:00').state).toMatchObject({ dueOn: '2019-12-31', everOverdue: true });
  });

  it('answered in time, is told to its raiser step by step and, decided, to all units concerned once', () => {
    expect(said([...RAISED, took, summed, decided], '2019-03-15T00:00', KINDS)).toEqual([
      '2019-03-04 obstacle-raised tb-sct/officer', '2019-03-06 obstacle-answered tb-stc/officer',
      '2019-03-12 obstacle-raised tb-vp/officer', '2019-03-12 obstacle-answered tb-stc/officer',
    ]);
    const { notices } = played([...RAISED, took, summed, decided], '2019-04-30T00:00');
    expect(notices.filter((n) => n.facts.obstacleState === 'decided').map((n) => n.to).sort()).toEqual(['tb-sct/officer', 'tb-skhdt/officer',
      'tb-stc/officer']);
    expect(notices.filter((n) => n.kind === 'decision-late')).toEqual([]);
  });

  it('each has its number; without one the oldest that waits is meant', () => {
    const second = did('2019-03-05T09:00', 'raise-obstacle', 'tb-skhdt/head', { text: text() });
    const { state } = played([...RAISED, second, did('2019-03-06T09:00', 'acknowledge-obstacle', 'tb-sct/officer', { obstacle: 2 }), took], '2019-03-07T00:00');
    expect(state.obstacles.map((o) => [o.no, o.unit, o.state])).toEqual([[1, 'tb-stc', 'acknowledged'], [2, 'tb-skhdt', 'acknowledged']]);
    expect(refusals([...RAISED, took, did('2019-03-07T09:00', 'acknowledge-obstacle', 'tb-sct/officer', { obstacle: 1 })]).at(-1)).toBe('already-decided');
  });

  it('of the host unit itself goes straight to whoever decides', () => {
    const own = [did('2019-03-04T09:00', 'raise-obstacle', 'tb-sct/officer', { text: text() })];
    expect(said(own, '2019-04-30T00:00', KINDS, { lead: 'tb-sct', supervisor: 'tb-vp', coordinating: ['tb-stc'] })).toEqual(
      ['2019-03-04 obstacle-raised tb-vp/officer']);
  });
});

describe('inside a unit', () => {
  const undo = (when: string, more: Partial<Command['actor']> = {}) => did(when, 'undo', 'tb-skhdt/officer', {}, more);
  const took = did('2018-10-25T09:00', 'acknowledge', 'tb-skhdt/officer', { deliverable: text() }, { person: 'p-1' });

  it('an acknowledgement that was taken back is asked for again', () => {
    const { state, notices } = played([took, undo('2018-10-25T09:15', { person: 'p-1' })], '2018-11-05T00:00');
    expect(state).toMatchObject({ name: 'assigned', acknowledgedOn: null });
    expect(notices.filter((n) => n.kind === 'acknowledgement-missing').map((n) => n.rung)).toEqual(['A+4', 'A+5']);
  });

  it('nobody takes back what another has done, or what has gone on', () => {
    expect(refusals([took, undo('2018-10-25T09:10', { person: 'p-2' })])).toEqual(['ok', 'nothing-to-undo']);
    expect(refusals([took, undo('2018-10-25T09:15:01')])).toEqual(['ok', 'undo-too-late']);
    expect(refusals([took, did('2018-10-25T09:05', 'submit', 'tb-skhdt/leader', { summary: text() }), undo('2018-10-25T09:10')])).toEqual(
      ['ok', 'ok', 'wrong-state']);
  });

  it('what is forwarded is told to the new position of the same unit alone', () => {
    const forward = (to: Position) => did('2018-10-25T09:00', 'forward', 'tb-stc/officer', { to });
    expect(said([forward('tb-stc/head')], '2018-10-26T00:00', ['handover'])).toEqual(['2018-10-25 handover tb-stc/head']);
    expect(refusals([forward('tb-skhdt/officer'), forward('tb-stc/officer')])).toEqual(['field-invalid', 'field-invalid']);
  });

  it('a deputy is another person, for a time that is not over', () => {
    const delegate = (fields: Partial<ActFields['delegate']>) =>
      did('2018-10-25T09:00', 'delegate', 'tb-skhdt/leader', { to: 'p-9', from: '2018-10-25', until: '2018-11-05', ...fields }, { person: 'p-1' });
    expect(refusals([delegate({}), delegate({ to: 'p-1' }), delegate({ from: '2018-11-06' }), delegate({ from: '2018-10-01', until: '2018-10-24' })]))
      .toEqual(['ok', 'field-invalid', 'field-invalid', 'field-invalid']);
  });
});

describe('a row that waits for an event', () => {
  const entered = [did('2019-03-01T09:00', 'enter-event', 'tb-skhdt/officer', { date: '2019-02-28', document })];
  const waits = (afterEvent?: TaskSpec['afterEvent']): Partial<TaskSpec> => ({ dueOn: null, timing: 'conditional', ...(afterEvent ? { afterEvent } : {}) });

  it.each([[{ count: 30, unit: 'days' }, '2019-03-30'], [{ count: 6, unit: 'months' }, '2019-08-28'],
    [{ count: 10, unit: 'working-days' }, '2019-03-14']] as const)('%j after it is due on %s', (rule, dueOn) => {
    expect(played(entered, '2019-03-02T00:00', waits(rule)).state).toMatchObject({ dueOn, dueOriginalOn: dueOn, eventOn: '2019-02-28' });
  });

  it('without such a rule the supervisor is asked for the date', () => {
    expect(said(entered, '2019-03-02T00:00', ['due-date-missing'], waits()).at(-1)).toBe('2019-03-01 due-date-missing tb-sct/officer');
    expect(refusals([did('2019-03-01T09:00', 'enter-event', 'tb-skhdt/officer', { date: '2019-03-02', document })], waits())).toEqual(['field-invalid']);
  });
});

test('a state of schema 1 goes on: what was prepared is a result, and extensions granted before are counted', () => {
  const now = played([...BEGUN, did('2019-12-02T09:00', 'grant-extension', 'tb-vp/officer', { to: '2020-06-30', document }),
    did('2019-12-03T09:00', 'prepare', 'tb-skhdt/officer', { of: 'submit', summary: text() })], '2019-12-04T00:00').state;
  const { consultations, extension, extensionCount, obstacles, eventOn, acknowledgement, prepared, ...kept } = now;
  const { of, ...old } = prepared!;
  expect([consultations, extension, obstacles, eventOn, of, acknowledgement !== null]).toEqual([[], null, [], null, 'submit', true]);
  const carried = migrate({ ...kept, schema: 1, prepared: old } as never);
  expect(carried).toStrictEqual({ ...now, acknowledgement: null, extensionCount: 1 });
  expect(extensionCount).toBe(1);
  expect(decide(carried, command('submit', 'tb-skhdt/leader', {}), at('2019-12-04T09:00'))).toMatchObject({ ok: true });
});

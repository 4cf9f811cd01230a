import type { Act, ActFields } from '../../../domain/acts';
import { consultationFor } from '../../../domain/consultation';
import { live } from '../../../domain/life';
import type { Position } from '../../../domain/plan';
import { projectionOf } from '../../../domain/projection';
import { rehearse } from '../../../domain/rehearsal';
import { nextWake, tick } from '../../../domain/tick';
import { dateAt, isoInstant } from '../../../domain/time';
import { at, command, document, seed, text } from '../../support/builders';

const LEAD = 'tb-skhdt/officer' as const;
const did = <A extends Act>(when: string, act: A, by: Position, fields: ActFields[A]) => ({ at: at(when), command: command(act, by, fields) });
const BEGUN = [did('2018-10-23T09:00', 'acknowledge', LEAD, { deliverable: text() })];
/** 22/04/2019, ten working days: 08/05/2019, over 29-30/4 and 1/5 off and Saturday 04/05 made up. */
const OPENED = [...BEGUN, did('2019-04-22T09:00', 'open-consultation', LEAD, { subject: text('draft'), document })];
const UNTIL = '2019-06-30T00:00';
const played = (acts: readonly ReturnType<typeof did>[], until = UNTIL) => live(seed({ coordinating: ['tb-stc', 'tb-skhcn'] }), acts, at(until));
type Acts = Parameters<typeof played>[0];

const KINDS = ['consultation-request', 'consultation-due-soon', 'consultation-missed', 'input-received', 'inputs-status'];
/** What is said about a consultation: day, kind, receiver. */
const said = (acts: Acts, until = UNTIL): string[] =>
  played(acts, until).notices.filter((n) => KINDS.includes(n.kind)).map((n) => `${dateAt(n.decidedAt)} ${n.kind} ${n.to}`);
const refusals = (acts: Acts): (string | undefined)[] => played(acts).acts.map((a) => a.refusal?.code).slice(1);
const answered = (when: string, by: Position, fields: ActFields['give-input'] = { answer: 'agree' }) => did(when, 'give-input', by, fields);
const last = (acts: Acts, until = UNTIL) => played(acts, until).state.consultations.at(-1)!;
const unitIn = (acts: Acts, unit: string) => last(acts).units.find((u) => u.unit === unit)!;

test('a unit that says nothing is reminded, its leader told, and recorded as silent: never as consenting', () => {
  expect(said([...OPENED, answered('2019-04-26T10:00', 'tb-skhcn/officer')])).toEqual([
    '2019-04-22 consultation-request tb-stc/officer', '2019-04-22 consultation-request tb-skhcn/officer',
    '2019-04-26 input-received tb-skhcn/officer', '2019-04-26 input-received tb-skhdt/officer',
    '2019-05-04 consultation-due-soon tb-stc/officer', '2019-05-04 inputs-status tb-skhdt/officer', '2019-05-07 consultation-due-soon tb-stc/officer',
    '2019-05-09 consultation-missed tb-stc/officer', '2019-05-09 consultation-missed tb-stc/leader',
    '2019-05-13 consultation-missed tb-stc/officer', '2019-05-13 consultation-missed tb-stc/leader', '2019-05-15 inputs-status tb-skhdt/officer',
  ]);
  expect(unitIn(OPENED, 'tb-stc')).toMatchObject({ input: null, silence: 'deemed' });
});

test('a body outside the province\'s line is asked and reminded before its date, never told that it is late, and recorded as silent like any other', () => {
  const outside = { ...seed({ coordinating: ['tb-stc', 'tw-bao'] }), externalUnits: ['tw-bao'] };
  const { notices, state } = live(outside, OPENED, at(UNTIL));
  const to = (unit: string) => notices.filter((n) => n.to.startsWith(`${unit}/`) && KINDS.includes(n.kind)).map((n) => `${n.kind} ${n.to.slice(unit.length + 1)}`);
  expect(to('tw-bao')).toEqual(['consultation-request officer', 'consultation-due-soon officer', 'consultation-due-soon officer']);
  expect(to('tb-stc')).toContain('consultation-missed leader');
  expect(state.consultations[0]?.units.map((u) => u.silence)).toEqual(['deemed', 'deemed']);
});

test('the receipt leaves at once, the news goes to the lead with the next digest; missed dates go by SMS too', () => {
  const { notices } = played([...OPENED, answered('2019-04-26T10:00', 'tb-skhcn/officer')]);
  const received = notices.filter((n) => n.kind === 'input-received').map((n) => `${n.class} ${isoInstant(n.sendAt).slice(0, 16)}`);
  expect(received).toEqual(['act 2019-04-26T10:00', 'digest 2019-05-02T08:00']);
  expect(notices.filter((n) => n.kind === 'consultation-missed').every((n) => n.channels.includes('sms'))).toBe(true);
});

test('the lead hears three days before the date and at the end what came, what came late and what is missing', () => {
  const { notices } = played([...OPENED, answered('2019-05-10T10:00', 'tb-skhcn/officer')]);
  expect(notices.filter((n) => n.kind === 'inputs-status').map(({ facts: { received, late, missing, isConsultationClosed } }) =>
    ({ received, late, missing, isConsultationClosed }))).toEqual([
    { received: [], late: [], missing: ['tb-stc', 'tb-skhcn'], isConsultationClosed: false },
    { received: ['tb-skhcn'], late: ['tb-skhcn'], missing: ['tb-stc'], isConsultationClosed: true },
  ]);
});

test.each([['2019-05-08T23:59', false], ['2019-05-09T00:01', true], ['2019-06-20T09:00', true]])('an answer at %s is taken, late: %s', (when, isLate) => {
  const unit = unitIn([...OPENED, answered(when, 'tb-stc/head', { answer: 'agree-with-comments', text: text() })], 'tb-stc');
  expect(unit.input).toMatchObject({ answer: 'agree-with-comments', isLate });
});

test('an answer after the end stands beside the silence that was recorded, and is answered too', () => {
  const acts = [...OPENED, answered('2019-06-03T09:00', 'tb-stc/officer'),
    did('2019-06-04T09:00', 'respond-to-input', LEAD, { unit: 'tb-stc', taken: 'no', text: text() })];
  expect(unitIn(acts, 'tb-stc')).toMatchObject({ silence: 'deemed', input: { isLate: true, response: { taken: 'no' } } });
});

test('one more term of at most five working days, once: its own reminders, and nobody else waits for less', () => {
  const asks = (dueOn: string) => answered('2019-05-07T09:00', 'tb-stc/officer', { answer: 'ask-more-time', dueOn });
  expect(refusals([...OPENED, asks('2019-05-16')])).toEqual([undefined, 'more-time-too-long']);
  expect(refusals([...OPENED, asks('2019-05-15'), asks('2019-05-16')])).toEqual([undefined, undefined, 'more-time-used']);
  expect(said([...OPENED, answered('2019-05-02T09:00', 'tb-skhcn/officer'), asks('2019-05-15')]).slice(7)).toEqual([
    '2019-05-07 input-received tb-stc/officer', '2019-05-07 input-received tb-skhdt/officer',
    '2019-05-10 consultation-due-soon tb-stc/officer', '2019-05-14 consultation-due-soon tb-stc/officer', '2019-05-16 consultation-missed tb-stc/officer',
    '2019-05-16 consultation-missed tb-stc/leader', '2019-05-20 consultation-missed tb-stc/officer', '2019-05-20 consultation-missed tb-stc/leader',
    '2019-05-22 inputs-status tb-skhdt/officer',
  ]);
});

test('where the last answer that others waited for comes after their end, it ends on the next working day, not in the past', () => {
  const acts = [...OPENED, answered('2019-05-07T09:00', 'tb-skhcn/officer', { answer: 'ask-more-time', dueOn: '2019-05-15' }),
    answered('2019-05-17T09:00', 'tb-skhcn/officer')];
  const { state } = played(acts, '2019-05-17T12:00');
  expect(dateAt(nextWake(state)!)).toBe('2019-05-20');
  expect(last(acts, '2019-05-21T00:00')).toMatchObject({ closed: { on: '2019-05-20' } });
});

test('what is not a proper answer is refused', () => {
  expect(refusals([...OPENED, answered('2019-04-23T09:00', 'tb-stc/officer', { answer: 'disagree' }),
    answered('2019-04-23T09:01', 'tb-stc/officer', { answer: 'ask-more-time' }),
    answered('2019-04-23T09:02', 'tb-stc/officer', { answer: 'ask-more-time', dueOn: '2019-05-08' }), answered('2019-04-23T09:03', LEAD)])).toEqual([
    undefined, 'field-missing', 'field-missing', 'field-invalid', 'not-allowed']);
});

test('ended early by the lead, a unit whose time was not over is not deemed anything', () => {
  const acts = [...OPENED, answered('2019-04-26T10:00', 'tb-skhcn/officer'), did('2019-05-03T09:00', 'close-consultation', LEAD, {})];
  expect(unitIn(acts, 'tb-stc').silence).toBe('closed-early');
  expect(said(acts).at(-1)).toBe('2019-05-03 inputs-status tb-skhdt/officer');
});

test('the list is frozen when it opens, and one consultation follows another', () => {
  const acts = [
    ...OPENED, did('2019-04-23T09:00', 'amend', 'tb-sct/officer', { field: 'coordinating', value: { coordinating: ['tb-stc', 'tb-stttt'] }, reason: text() }),
    did('2019-04-24T09:00', 'open-consultation', LEAD, { subject: text() }), did('2019-04-25T09:00', 'close-consultation', LEAD, {}),
    did('2019-04-26T09:00', 'open-consultation', LEAD, { subject: text('second'), to: ['tb-stttt', 'tb-skhdt', 'tb-stttt'], beforeDue: 60 }),
  ];
  expect(refusals(acts)).toEqual([undefined, undefined, 'consultation-open', undefined, undefined]);
  const { state } = played(acts, '2019-04-30T00:00');
  expect(state.consultations.map((c) => c.units.map((u) => u.unit))).toEqual([['tb-stc', 'tb-skhcn'], ['tb-stttt']]);
  // 60 working days before 31/12/2019, as T-60.
  expect(state.consultations[1]!.dueOn).toBe('2019-10-08');
  expect(consultationFor(state, 'tb-stc')?.no).toBe(1);
});

test('dates that lie behind, or where the calendar ends, are refused', () => {
  const open = (fields: Partial<ActFields['open-consultation']>) =>
    refusals([...BEGUN, did('2019-04-22T09:00', 'open-consultation', LEAD, { subject: text(), ...fields })])[0];
  expect([{ dueOn: '2019-04-22' }, { dueOn: '2019-02-31' }, { dueOn: '2035-12-28' }, { beforeDue: 3, dueOn: '2019-05-30' }, { to: ['tb-skhdt'] }].map(open))
    .toEqual(['field-invalid', 'field-invalid', 'calendar-missing', 'field-invalid', 'field-invalid']);
});

test('while the task is suspended nobody is reminded, and the dates move by the working days of the pause', () => {
  const acts = [...OPENED, did('2019-05-03T09:00', 'suspend', 'tb-sct/officer', { document }),
    did('2019-06-03T09:00', 'resume', 'tb-sct/officer', { document })];
  expect(said(acts, '2019-06-03T08:00').filter((line) => line > '2019-05-03T')).toEqual([]);
  expect(last(acts, '2019-06-03T12:00')).toMatchObject({ dueOn: '2019-06-07', units: [{ dueOn: '2019-06-07' }, { dueOn: '2019-06-07' }] });
  expect(said(acts, '2019-06-11T00:00').filter((line) => line.includes('tb-stc/officer')).slice(1)).toEqual([
    '2019-06-04 consultation-due-soon tb-stc/officer', '2019-06-06 consultation-due-soon tb-stc/officer', '2019-06-10 consultation-missed tb-stc/officer']);
});

test('after an outage a unit hears the last step only, and every step is on record', () => {
  const { notices, events } = tick(played(OPENED, '2019-05-03T00:00').state, at('2019-05-10T09:00'));
  expect(notices.map((n) => `${n.kind} ${n.to}`).filter((line) => line.includes('tb-stc'))).toEqual(['consultation-missed tb-stc/officer',
    'consultation-missed tb-stc/leader']);
  expect(events.flatMap((e) => (e.type === 'inputs-chased' ? [e.on] : []))).toEqual(['2019-05-04', '2019-05-07', '2019-05-09']);
});

test('the board sees the open consultation with its counts', () => {
  const { state } = played([...OPENED, answered('2019-04-26T10:00', 'tb-skhcn/officer')], '2019-05-03T00:00');
  expect(projectionOf(state)).toMatchObject({
    consultationNo: 1, consultationDueOn: '2019-05-08', consultationClosesOn: '2019-05-15', inputsAsked: 2, inputsReceived: 1, inputsLate: 0,
    pendingInputs: [{ unit: 'tb-stc', dueOn: '2019-05-08' }],
  });
});

test('what was settled between 07:00 and 08:00 is not said', () => {
  const acts = [...OPENED, answered('2019-05-07T07:45', 'tb-stc/officer'),
    answered('2019-05-07T07:46', 'tb-skhcn/officer', { answer: 'ask-more-time', dueOn: '2019-05-10' })];
  const { messages } = rehearse({ seeds: [seed({ coordinating: ['tb-stc', 'tb-skhcn'] })], acts: acts.map((a) => ({ ...a, task: 'CN18-05' })),
    until: at('2019-05-07T12:00') });
  expect(messages.flatMap((m) => m.notices).filter((n) => dateAt(n.decidedAt) === '2019-05-07' && n.kind === 'consultation-due-soon')).toEqual([]);
});

test('an answer is taken back by the same person within a quarter of an hour, and the unit is asked as before', () => {
  const undo = (when: string, by: Position = 'tb-stc/officer') => did(when, 'undo', by, {});
  const acts = [...OPENED, answered('2019-05-02T09:00', 'tb-stc/officer')];
  expect(refusals([...acts, undo('2019-05-02T09:16')])).toEqual([undefined, undefined, 'undo-too-late']);
  expect(refusals([...acts, undo('2019-05-02T09:10', 'tb-stc/head')])).toEqual([undefined, undefined, 'nothing-to-undo']);
  expect(refusals([...acts, undo('2019-05-02T09:15'), undo('2019-05-02T09:15')])).toEqual([undefined, undefined, undefined, 'nothing-to-undo']);
  expect(said([...acts, undo('2019-05-02T09:15')])).toContain('2019-05-07 consultation-due-soon tb-stc/officer');
  expect(refusals([...acts, did('2019-05-02T09:05', 'respond-to-input', LEAD, { unit: 'tb-stc', taken: 'yes', text: text() }), undo('2019-05-02T09:10')]).at(
    -1)).toBe('wrong-state');
});

describe('units with a date of their own', () => {
  /** tb-stc by 06/05/2019, tb-skhcn by 20/05: the last date, plus five working days, closes on 27/05. */
  const TWO = { 'tb-stc': '2019-05-06', 'tb-skhcn': '2019-05-20' } as const;
  const to = Object.entries(TWO).map(([unit, dueOn]) => ({ unit, dueOn }));
  const ask = (fields: Partial<ActFields['open-consultation']>) => [
    ...BEGUN,
    did('2019-04-22T09:00', 'open-consultation', LEAD, { subject: text('draft'), ...fields }),
  ];

  it('each is asked, reminded and told by its own date; silence is counted by it, and the last one closes', () => {
    const acts = ask({ to });
    expect(said(acts).filter((line) => line.includes('tb-stc/officer'))).toEqual([
      '2019-04-22 consultation-request tb-stc/officer',
      '2019-05-02 consultation-due-soon tb-stc/officer',
      '2019-05-04 consultation-due-soon tb-stc/officer',
      '2019-05-07 consultation-missed tb-stc/officer',
      '2019-05-09 consultation-missed tb-stc/officer',
    ]);
    expect(said(acts).filter((line) => line.includes('tb-skhcn/officer'))).toEqual([
      '2019-04-22 consultation-request tb-skhcn/officer',
      '2019-05-15 consultation-due-soon tb-skhcn/officer',
      '2019-05-17 consultation-due-soon tb-skhcn/officer',
      '2019-05-21 consultation-missed tb-skhcn/officer',
      '2019-05-23 consultation-missed tb-skhcn/officer',
    ]);
    expect(said(acts).filter((line) => line.includes('inputs-status'))).toEqual([
      '2019-05-15 inputs-status tb-skhdt/officer',
      '2019-05-27 inputs-status tb-skhdt/officer',
    ]);
    expect(last(acts).closed?.on).toBe('2019-05-27');
    const requests = played(acts)
      .notices.filter((n) => n.kind === 'consultation-request')
      .map((n) => [n.facts.unit, n.facts.inputDueOn]);
    expect(Object.fromEntries(requests)).toEqual(TWO);
  });

  it('ended early, only the unit whose own date is over is deemed anything', () => {
    const acts = [...ask({ to }), did('2019-05-10T09:00', 'close-consultation', LEAD, {})];
    expect(last(acts).units.map((u) => [u.unit, u.silence])).toEqual([
      ['tb-stc', 'deemed'],
      ['tb-skhcn', 'closed-early'],
    ]);
  });

  it('an answer after the own date is late, though another unit still has time', () => {
    const acts = [
      ...ask({ to }),
      answered('2019-05-08T09:00', 'tb-stc/officer'),
      answered('2019-05-08T09:00', 'tb-skhcn/officer'),
    ];
    expect(last(acts).units.map((u) => u.input?.isLate)).toEqual([true, false]);
  });

  it('a unit without one has the date of all the others', () => {
    const mixed = ['tb-stc', { unit: 'tb-skhcn', dueOn: '2019-05-20' }];
    expect(last(ask({ to: mixed }), '2019-04-23').units.map((u) => u.dueOn)).toEqual(['2019-05-08', '2019-05-20']);
    expect(last(ask({ to: mixed, dueOn: '2019-05-31' }), '2019-04-23')).toMatchObject({
      dueOn: '2019-05-31',
      units: [{ dueOn: '2019-05-31' }, { dueOn: '2019-05-20' }],
    });
  });

  it.each<[string, NonNullable<ActFields['open-consultation']['to']>]>([
    ['in the past', [{ unit: 'tb-stc', dueOn: '2019-04-22' }]],
    ['that is none', [{ unit: 'tb-stc', dueOn: '2019-02-30' }]],
    [
      'and another one',
      [
        { unit: 'tb-stc', dueOn: '2019-05-06' },
        { unit: 'tb-stc', dueOn: '2019-05-07' },
      ],
    ],
    ['and none', [{ unit: 'tb-stc', dueOn: '2019-05-06' }, 'tb-stc']],
  ])('a date %s is refused', (_, wrong) => {
    expect(refusals(ask({ to: wrong }))).toEqual(['field-invalid']);
  });

  it('a date beyond the calendar is refused by name', () => {
    expect(refusals(ask({ to: [{ unit: 'tb-stc', dueOn: '2099-05-06' }] }))).toEqual(['calendar-missing']);
  });
});

import type { Act, ActFields, Command } from '../../../domain/acts';
import { papersOf, withPapers } from '../../../domain/documents';
import { live } from '../../../domain/life';
import type { Position } from '../../../domain/plan';
import { at, command, document, seed, text } from '../../support/builders';

const did = <A extends Act>(
  when: string,
  act: A,
  by: Position,
  fields: ActFields[A],
  more: Partial<Command['actor']> = {},
) => ({ at: at(when), command: command(act, by, fields, more) });
type Acts = readonly ReturnType<typeof did>[];
const BEGUN = [did('2018-10-23T09:00', 'acknowledge', 'tb-skhdt/officer', { deliverable: text() })];
const play = (acts: Acts, until = '2021-01-01T00:00') =>
  live(seed({ coordinating: ['tb-stc'] }), [...BEGUN, ...acts], at(until));
const codes = (acts: Acts): string[] =>
  play(acts)
    .acts.slice(1)
    .map((a) => a.refusal?.code ?? 'ok');
const enter = (when: string, by: Position, more: Partial<ActFields['enter-document']> = {}) =>
  did(when, 'enter-document', by, { document: { number: '9/TTr', date: '2019-12-27' }, ...more });
const submit = (when: string, more: ActFields['submit'] = {}) =>
  did(when, 'submit', 'tb-skhdt/leader', { summary: text(), ...more });
const confirm = (when: string) => did(when, 'confirm', 'tb-sct/officer', {});
const seqOf = (acts: Acts, act: Act): number => play(acts).events.find((e) => e.type === 'acted' && e.act === act)!.seq;

/** Due 31/12/2019; handed in on 06/01/2020, late by its day, in time by its paper. */
const LATE = [submit('2020-01-06T09:00')];

it('the paper of a result that waits counts by its date when it is confirmed', () => {
  const { state, notices } = play([...LATE, enter('2020-01-06T10:00', 'tb-skhdt/clerk'), confirm('2020-01-07T09:00')]);
  expect(state).toMatchObject({ name: 'completed', completedOn: '2019-12-27', workingDaysLate: 0 });
  expect(notices.filter((n) => n.facts.act === 'enter-document')).toEqual([]);
  expect(play([...LATE, confirm('2020-01-07T09:00')]).state).toMatchObject({
    completedOn: '2020-01-06',
    workingDaysLate: 3,
  });
});

it('after the task has closed the paper is kept and no date changes', () => {
  const { state, acts } = play([...LATE, confirm('2020-01-07T09:00'), enter('2020-03-02T09:00', 'tb-skhdt/clerk')]);
  expect(acts.at(-1)!.refusal).toBeNull();
  expect(state).toMatchObject({ name: 'completed', completedOn: '2020-01-06', workingDaysLate: 3 });
  expect(state.undocumented.map((u) => u.act)).toEqual(['confirm']);
});

it('a later date changes nothing, and neither does the paper of a result that was returned', () => {
  const later = enter('2020-01-06T10:00', 'tb-skhdt/clerk', { document: { number: '9/TTr', date: '2020-01-06' } });
  expect(play([...LATE, later, confirm('2020-01-07T09:00')]).state.completedOn).toBe('2020-01-06');
  const returned = [
    ...LATE,
    did('2020-01-07T09:00', 'return', 'tb-sct/officer', { reason: text(), correctBy: '2020-01-13' }),
    submit('2020-01-10T09:00'),
  ];
  const of = seqOf(returned, 'submit');
  expect(
    play([...returned, enter('2020-01-10T10:00', 'tb-skhdt/clerk', { of }), confirm('2020-01-13T09:00')]).state
      .completedOn,
  ).toBe('2020-01-10');
});

it('left out, it is the last act of the own unit that has none; each in its turn, then there is none', () => {
  const acts = [did('2019-12-02T09:00', 'open-consultation', 'tb-skhdt/officer', { subject: text() }), ...LATE];
  const entered = [1, 2, 3].map((n) => enter(`2020-01-06T1${n}:00`, 'tb-skhdt/clerk'));
  expect(codes([...acts, ...entered])).toEqual(['ok', 'ok', 'ok', 'ok', 'nothing-to-document']);
  const { events, state } = play([...acts, ...entered]);
  expect(
    events.flatMap((e) => (e.type === 'acted' && e.act === 'enter-document' ? [e.result.documented?.act] : [])),
  ).toEqual(['submit', 'open-consultation']);
  expect(state.consultations[0]!.document).toEqual({ number: '9/TTr', date: '2019-12-27' });
});

it.each<[string, string, Acts]>([
  ['the clerk of another unit', 'nothing-to-document', [...LATE, enter('2020-01-06T10:00', 'tb-stc/clerk')]],
  [
    'the clerk of another unit by its number',
    'not-allowed',
    [...LATE, enter('2020-01-06T10:00', 'tb-stc/clerk', { of: seqOf(LATE, 'submit') })],
  ],
  [
    'the clerk of the supervisor, whose act it is not',
    'not-allowed',
    [...LATE, enter('2020-01-06T10:00', 'tb-sct/clerk', { of: seqOf(LATE, 'submit') })],
  ],
  ['the supervisor', 'ok', [...LATE, enter('2020-01-06T10:00', 'tb-sct/officer', { of: seqOf(LATE, 'submit') })]],
  ['the officer of the lead', 'not-allowed', [...LATE, enter('2020-01-06T10:00', 'tb-skhdt/officer')]],
  ['a stranger', 'not-allowed', [...LATE, enter('2020-01-06T10:00', 'tb-stttt/clerk')]],
  [
    'for an act that came with its paper',
    'nothing-to-document',
    [submit('2020-01-06T09:00', { document }), enter('2020-01-06T10:00', 'tb-skhdt/clerk')],
  ],
  [
    'for an act by the counter, which rests on one',
    'nothing-to-document',
    [
      did('2020-01-06T09:00', 'submit', 'tb-skhdt/leader', { summary: text() }, { via: 'cli', basis: document }),
      enter('2020-01-06T10:00', 'tb-skhdt/clerk'),
    ],
  ],
  ['for a reminder of time', 'nothing-to-document', [enter('2019-12-10T10:00', 'tb-sct/officer', { of: 1 })]],
  ['for an acknowledgement', 'nothing-to-document', [enter('2019-12-10T10:00', 'tb-skhdt/clerk')]],
  [
    'with a day that is to come',
    'field-invalid',
    [...LATE, enter('2020-01-06T10:00', 'tb-skhdt/clerk', { document: { number: '9', date: '2020-01-07' } })],
  ],
  [
    'with a day that is none',
    'field-invalid',
    [...LATE, enter('2020-01-06T10:00', 'tb-skhdt/clerk', { document: { number: '9', date: '2020-02-30' } })],
  ],
  [
    'of an answer of its own, also late',
    'ok',
    [
      did('2019-12-02T09:00', 'open-consultation', 'tb-skhdt/officer', { subject: text() }),
      did('2020-01-02T09:00', 'give-input', 'tb-stc/officer', { answer: 'agree' }),
      enter('2020-01-06T10:00', 'tb-stc/clerk'),
    ],
  ],
  [
    'of an answer that was taken back',
    'nothing-to-document',
    [
      did('2019-12-02T09:00', 'open-consultation', 'tb-skhdt/officer', { subject: text() }),
      did('2019-12-03T09:00', 'give-input', 'tb-stc/officer', { answer: 'agree' }),
      did('2019-12-03T09:05', 'undo', 'tb-stc/officer', {}),
      enter('2020-01-06T10:00', 'tb-stc/clerk'),
    ],
  ],
])('%s: %s', (_, code, acts) => {
  expect(codes(acts).at(-1)).toBe(code);
});

it('a result that was prepared with its paper needs none', () => {
  const prepared = did('2019-12-02T09:00', 'prepare', 'tb-skhdt/officer', { of: 'submit', summary: text(), document });
  expect(
    play([prepared, did('2019-12-03T09:00', 'submit', 'tb-skhdt/leader', {})], '2019-12-04T00:00').state.undocumented,
  ).toEqual([]);
});

it('the request that waits carries its paper to whoever decides', () => {
  const acts = [
    did('2019-12-02T09:00', 'request-extension', 'tb-skhdt/leader', { to: '2020-06-30', reason: text() }),
    enter('2020-01-02T10:00', 'tb-skhdt/clerk'),
  ];
  expect(play(acts, '2020-01-02T12:00').state.extension).toMatchObject({ document: { number: '9/TTr' } });
});

it('events read with the papers that were entered for them', () => {
  const { events } = play([...LATE, enter('2020-01-06T10:00', 'tb-skhdt/clerk')]);
  const seq = seqOf(LATE, 'submit');
  expect([...papersOf(events)]).toEqual([[seq, { number: '9/TTr', date: '2019-12-27' }]]);
  const read = withPapers(events).find((e) => e.seq === seq);
  expect(read?.type === 'acted' && read.actor.basis).toEqual({ number: '9/TTr', date: '2019-12-27' });
  expect(withPapers(events).filter((e, i) => e !== events[i])).toHaveLength(1);
});

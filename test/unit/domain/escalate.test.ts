import type { Act, ActFields } from '../../../domain/acts';
import { live } from '../../../domain/life';
import type { Position, TaskSpec } from '../../../domain/plan';
import { rehearse } from '../../../domain/rehearsal';
import { dateAt, isoInstant } from '../../../domain/time';
import { at, command, document, seed, text } from '../../support/builders';

const did = <A extends Act>(when: string, act: A, by: Position | 'admin', fields: ActFields[A]) => ({
  at: at(when),
  command: command(act, by, fields),
});
type Acts = readonly ReturnType<typeof did>[];
/**
 * Due 31/12/2019: T-20 on 03/12, T-10 17/12, T-5 24/12, T-3 26/12, T-1 30/12; L1 02/01/2020, L2 08/01, L3 15/01, L4
 * 05/02.
 */
const BEGUN = [did('2018-10-23T09:00', 'acknowledge', 'tb-skhdt/officer', { deliverable: text() })];
const forward = (when: string, more: ActFields['remind'] = {}) =>
  did(when, 'remind', 'tb-sct/officer', { escalate: 'yes', ...more });
const play = (acts: Acts, until: string, more: Partial<TaskSpec> = {}) =>
  live(seed({ coordinating: ['tb-stc'], ...more }), [...BEGUN, ...acts], at(until));
const LADDER = ['due-soon', 'due-today', 'overdue', 'overdue-flag', 'letter-draft', 'reminder'];
const said = (acts: Acts, from: string, until: string): string[] =>
  play(acts, `${until}T23:00`)
    .notices.filter((n) => LADDER.includes(n.kind) && dateAt(n.decidedAt) >= from)
    .map((n) => `${dateAt(n.decidedAt)} ${n.kind} ${n.rung ?? '-'} ${n.to}`);
const answerOf = (acts: Acts, more: Partial<TaskSpec> = {}) =>
  play(acts, '2021-01-01T00:00', more).acts.at(-1)!.refusal?.code ?? 'ok';

it('before the due date the next reminder comes now instead, and not on its day', () => {
  expect(said([forward('2019-12-05T09:00')], '2019-12-05', '2019-12-24')).toEqual([
    '2019-12-05 due-soon T-10 tb-skhdt/officer',
    '2019-12-05 due-soon T-10 tb-skhdt/head',
    '2019-12-24 due-soon T-5 tb-skhdt/officer',
    '2019-12-24 due-soon T-5 tb-skhdt/head',
    '2019-12-24 due-soon T-5 tb-skhdt/leader',
  ]);
});

it('overdue, the rung itself is said with its flag, no reminder besides; the next ones keep their days', () => {
  expect(said([forward('2020-01-03T09:00')], '2020-01-03', '2020-01-15')).toEqual([
    '2020-01-03 overdue L2 tb-skhdt/officer',
    '2020-01-03 overdue L2 tb-skhdt/head',
    '2020-01-03 overdue L2 tb-skhdt/leader',
    '2020-01-03 overdue L2 tb-sct/head',
    '2020-01-03 overdue-flag L2 tb-sct/officer',
    '2020-01-15 letter-draft L3 tb-sct/leader',
    '2020-01-15 overdue-flag L3 tb-sct/officer',
  ]);
  const { notices } = play([forward('2020-01-03T09:00', { text: text('why') })], '2020-01-03T12:00');
  const [first] = notices.filter((n) => n.rung === 'L2');
  expect([first!.class, isoInstant(first!.sendAt), first!.reason, first!.facts.texts]).toEqual([
    'act',
    '2020-01-03T09:00:00+07:00',
    'brought-forward',
    { text: { ...text('why') } },
  ]);
});

it('a letter is drafted where the rung has one, stands open, and leaves when it is approved', () => {
  const acts = [
    forward('2020-01-09T09:00'),
    did('2020-01-10T09:00', 'approve-letter', 'tb-sct/leader', { rung: 'L3' }),
  ];
  expect(said(acts, '2020-01-09', '2020-01-16')).toEqual([
    '2020-01-09 letter-draft L3 tb-sct/leader',
    '2020-01-09 overdue-flag L3 tb-sct/officer',
    '2020-01-10 overdue L3 tb-skhdt/officer',
    '2020-01-10 overdue L3 tb-skhdt/leader',
  ]);
  const draft = play(acts.slice(0, 1), '2020-01-09T12:00').notices.find((n) => n.kind === 'letter-draft')!;
  expect([draft.class, isoInstant(draft.sendAt)]).toEqual(['urgent', '2020-01-09T09:00:00+07:00']);
  expect(play(acts.slice(0, 1), '2020-01-09T12:00').state.letters).toEqual([
    { rung: 'L3', since: '2020-01-09', dueOn: '2019-12-31', isChased: true, chased: 0 },
  ]);
});

it('one after the other up to the last, then there is none left', () => {
  const all = ['09:00', '09:10', '09:20', '09:30', '09:40'].map((time) => forward(`2020-01-02T${time}`));
  expect(
    play(all, '2020-01-02T12:00')
      .acts.slice(1)
      .map((a) => a.refusal?.code ?? 'ok'),
  ).toEqual(['ok', 'ok', 'ok', 'no-rung-left', 'no-rung-left']);
});

it.each<[string, string, Acts, Partial<TaskSpec>]>([
  ['on the due day, whose rung is its own', 'not-overdue', [forward('2019-12-31T09:00')], {}],
  ['before it where T-1 has passed', 'not-overdue', [forward('2019-12-30T09:00')], {}],
  ['of a row without a date', 'not-overdue', [forward('2019-12-05T09:00')], { dueOn: null }],
  [
    'while a result waits',
    'wrong-state',
    [did('2020-01-03T08:30', 'submit', 'tb-skhdt/leader', { summary: text() }), forward('2020-01-03T09:00')],
    {},
  ],
  ['by the lead', 'not-allowed', [did('2020-01-03T09:00', 'remind', 'tb-skhdt/leader', { escalate: 'yes' })], {}],
  ['by the administrator it may be done', 'ok', [did('2020-01-03T09:00', 'remind', 'admin', { escalate: 'yes' })], {}],
  [
    'on a weekend within the term that it moves to',
    'not-overdue',
    [forward('2020-02-29T09:00')],
    { dueOn: '2020-02-29' },
  ],
])('%s: %s', (_, code, acts, more) => {
  expect(answerOf(acts, more)).toBe(code);
});

it('a committed date does not stop what a person brings forward, and what it held is not said after it', () => {
  const commit = did('2020-01-02T09:00', 'report-progress', 'tb-skhdt/officer', {
    text: text(),
    commitTo: '2020-01-13',
  });
  const lines = said([commit, forward('2020-01-09T09:00')], '2020-01-03', '2020-01-14').filter(
    (line) => !line.includes('flag'),
  );
  expect(lines).toEqual(['2020-01-09 letter-draft L3 tb-sct/leader']);
  const { messages } = rehearse({
    seeds: [seed({ coordinating: [] })],
    until: at('2020-01-14T23:00'),
    acts: [...BEGUN, commit, forward('2020-01-03T09:00')].map((a) => ({ ...a, task: 'CN18-05' })),
  });
  expect(
    messages
      .flatMap((m) => m.notices)
      .filter((n) => n.kind === 'overdue' && n.rung === 'L2' && n.to === 'tb-skhdt/leader'),
  ).not.toEqual([]);
});

it('a new due date brings a new ladder', () => {
  const acts = [
    forward('2019-12-05T09:00'),
    did('2019-12-06T09:00', 'grant-extension', 'tb-vp/officer', { to: '2020-06-30', document }),
  ];
  expect(said(acts, '2019-12-07', '2020-06-16').map((line) => line.split(' ').slice(0, 3).join(' '))).toContain(
    '2020-06-16 due-soon T-10',
  );
});

import type { Act, ActFields, Command } from '../../../domain/acts';
import { decide } from '../../../domain/decide';
import { evolve, initialState } from '../../../domain/evolve';
import type { Notice } from '../../../domain/notice';
import type { Position } from '../../../domain/plan';
import type { TaskEvent, TaskState } from '../../../domain/task';
import { nextWake, tick } from '../../../domain/tick';
import type { Instant } from '../../../domain/time';
import { at, command, document, seed, text } from '../../support/builders';

type Timed = { readonly at: Instant; readonly command: Command };
const did = <A extends Act>(when: string, act: A, by: Position, fields: ActFields[A]): Timed => ({
  at: at(when),
  command: command(act, by, fields),
});
type Life = {
  readonly state: TaskState;
  readonly events: readonly TaskEvent[];
  readonly notices: readonly Notice[];
  readonly codes: readonly string[];
};

/** A life by the rules of a version, as a run that began with them decides it. */
const lived = (rules: number, acts: readonly Timed[], until: string): Life => {
  let life: Life = {
    state: initialState(seed({ coordinating: ['tb-stc'] }), rules),
    events: [],
    notices: [],
    codes: [],
  };
  const take = (answer: ReturnType<typeof decide>): void => {
    if (!answer.ok) return;
    life = {
      ...life,
      state: answer.events.reduce(evolve, life.state),
      events: [...life.events, ...answer.events],
      notices: [...life.notices, ...answer.notices],
    };
  };
  const wakeUntil = (limit: Instant): void => {
    for (let wake = nextWake(life.state); wake !== null && wake <= limit; wake = nextWake(life.state))
      take(tick(life.state, wake));
  };
  for (const one of acts) {
    wakeUntil(one.at);
    take(tick(life.state, one.at));
    const answer = decide(life.state, one.command, one.at);
    life = { ...life, codes: [...life.codes, answer.ok ? 'ok' : answer.code] };
    take(answer);
  }
  wakeUntil(at(until));
  return life;
};

const LATE = [
  did('2018-10-23T09:00', 'acknowledge', 'tb-skhdt/officer', { deliverable: text() }),
  did('2020-01-03T09:00', 'report-progress', 'tb-skhdt/officer', { text: text(), commitTo: '2020-01-06' }),
  did('2020-01-07T09:00', 'submit', 'tb-skhdt/leader', { summary: text() }),
  did('2020-01-08T09:00', 'return', 'tb-sct/officer', { reason: text(), correctBy: '2020-01-10' }),
  did('2020-01-15T09:00', 'reject-letter', 'tb-sct/leader', {}),
  did('2020-01-15T10:00', 'discontinue', 'tb-sct/officer', { document }),
];

it.each([1, 2])('rules %i tell whom they told: nobody besides, nothing on record about it', (rules) => {
  const { notices, events, state, codes } = lived(rules, LATE, '2020-02-01T00:00');
  expect(codes.every((code) => code === 'ok')).toBe(true);
  expect(
    notices.filter((n) => ['letter-rejected', 'date-committed'].includes(n.kind) || n.facts.isEnd !== undefined),
  ).toEqual([]);
  expect(notices.filter((n) => n.kind === 'returned').map((n) => n.to)).toEqual(['tb-skhdt/officer']);
  expect(JSON.stringify(events)).not.toContain('"told"');
  expect(state.told).toEqual([]);
});

it('rules 2 know no step by hand, no limit of extensions, no papers afterwards and no dates of units', () => {
  const grants = ['2020', '2021', '2022'].map((year, i) =>
    did(`2019-12-0${i + 2}T09:00`, 'grant-extension', 'tb-vp/officer', { to: `${year}-06-30`, document }),
  );
  const { codes, notices } = lived(
    2,
    [
      LATE[0]!,
      ...grants,
      did('2019-12-06T09:00', 'request-extension', 'tb-skhdt/leader', { to: '2023-06-30', reason: text() }),
      did('2019-12-09T09:00', 'remind', 'tb-sct/officer', { escalate: 'yes' }),
      did('2019-12-09T09:10', 'enter-document', 'tb-skhdt/clerk', { document }),
      did('2019-12-09T09:20', 'open-consultation', 'tb-skhdt/officer', {
        subject: text(),
        to: [{ unit: 'tb-stc', dueOn: '2019-12-20' }],
      }),
    ],
    '2019-12-10T00:00',
  );
  expect(codes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'wrong-state', 'field-invalid']);
  expect(notices.filter((n) => n.facts.act === 'remind').map((n) => n.kind)).toEqual(['reminder']);
});

import type { Command } from '../../../domain/acts';
import { rehearse } from '../../../domain/rehearsal';
import { dateAt, type Instant, minuteOfDay } from '../../../domain/time';
import { at, command, seed, text } from '../../support/builders';

type Acts = readonly { readonly at: Instant; readonly command: Command }[];
const acknowledged = { at: at('2018-10-23T09:00'), command: command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }) };
const commitTo = (when: string, on: string) => ({ at: at(when), command: command('report-progress', 'tb-skhdt/officer', { text: text(), commitTo: on }) });

/** What really leaves about being overdue, to the lead's officer by mail: rung and day. */
const told = (dueOn: string, acts: Acts, until: string): string[] => {
  const task = seed({ dueOn, startsOn: '2018-10-22' });
  const { messages, acts: taken } = rehearse({ seeds: [task], acts: acts.map((act) => ({ ...act, task: task.id })), until: at(until) });
  expect(taken.filter((act) => act.refusal !== null)).toEqual([]);
  return messages.filter((m) => m.channel === 'email').flatMap((m) => m.notices.filter((n) => n.kind === 'overdue' && n.to === 'tb-skhdt/officer')
    .map((n) => `${n.rung} ${dateAt(m.at)}`));
};

it('an assignment that was rejected and then acknowledged is reminded on the day of L1', () => {
  expect(told('2019-01-31', [
    { at: at('2019-01-30T09:00'), command: command('reject-assignment', 'tb-skhdt/officer', { reason: text() }) },
    { at: at('2019-01-31T09:00'), command: command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }) },
  ], '2019-02-02')).toEqual(['L1 2019-02-01']);
});

describe('a date that is committed before the message of L1 has left', () => {
  it('takes it back, and it is said on the first working day after the date', () => {
    expect(told('2019-03-14', [acknowledged, commitTo('2019-03-15T07:40', '2019-03-19')], '2019-03-30')).toEqual(['L1 2019-03-20', 'L2 2019-03-21']);
  });

  it('takes nothing back where it comes after, and nothing is said twice', () => {
    expect(told('2019-03-14', [acknowledged, commitTo('2019-03-15T09:00', '2019-03-19')], '2019-03-30')).toEqual(['L1 2019-03-15', 'L2 2019-03-21']);
  });

  it('is kept where a later rung is held besides: the highest alone is said', () => {
    expect(told('2019-03-14', [acknowledged, commitTo('2019-03-15T07:40', '2019-03-25')], '2019-03-30')).toEqual(['L2 2019-03-26']);
  });

  it('says nothing of a due date that was moved the same morning', () => {
    expect(told('2019-03-14', [
      acknowledged,
      { at: at('2019-03-15T07:35'), command: command('grant-extension', 'tb-vp/officer', { to: '2019-03-29', document: { number: '1/UBND', date: '2019-03-14' } }) },
      commitTo('2019-03-15T07:40', '2019-03-19'),
    ], '2019-03-30')).toEqual([]);
  });
});

it('a rung decides before the sending hours, and the tests above act between the two', () => {
  const { notices } = rehearse({ seeds: [seed({ dueOn: '2019-03-14', startsOn: '2018-10-22' })], acts: [], until: at('2019-03-16T00:00') });
  expect(notices.filter((n) => n.rung === 'L1').every((n) => minuteOfDay(n.decidedAt) < 7 * 60 + 35)).toBe(true);
});

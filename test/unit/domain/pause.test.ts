import type { Command } from '../../../domain/acts';
import { live, type Played } from '../../../domain/life';
import { tick } from '../../../domain/tick';
import { dateAt, type Instant } from '../../../domain/time';
import { at, command, document, seed, text } from '../../support/builders';

const act = (when: string, one: Command): { readonly at: Instant; readonly command: Command } => ({ at: at(when), command: one });
const acknowledged = act('2018-10-23T09:00', command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }));
const suspend = (when: string) => act(when, command('suspend', 'tb-sct/officer', { document }));
const resume = (when: string) => act(when, command('resume', 'tb-sct/officer', { document }));
const approve = (when: string) => act(when, command('approve-letter', 'tb-sct/leader', {}));
const told = ({ notices }: Played, from: string, kinds: readonly string[]): string[] =>
  [...new Set(notices.filter((n) => n.decidedAt >= at(from) && kinds.includes(n.kind)).map((n) => `${n.kind} ${n.rung} ${dateAt(n.decidedAt)}`))];
const taken = ({ acts }: Played): string[] => acts.map((a) => a.refusal?.code ?? 'ok');

describe('after a pause', () => {
  const due = { dueOn: '2019-02-28', startsOn: '2018-10-22' };

  it('the letter that waited still waits, for the new date, and is not drafted twice', () => {
    const played = live(seed(due), [acknowledged, suspend('2019-03-15T09:00'), resume('2019-03-18T09:00'), approve('2019-03-18T10:00')], at('2019-03-28T00:00'));
    expect(taken(played)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(told(played, '2019-03-14T00:00', ['letter-draft', 'overdue'])).toEqual(['letter-draft L3 2019-03-14', 'overdue L3 2019-03-18']);
    expect(played.notices.find((n) => n.kind === 'overdue' && n.rung === 'L3')?.facts.dueOn).toBe('2019-03-01');
  });

  it('the silence of a committed date goes on, longer by the pause, and what it held is said after it', () => {
    const commit = act('2019-02-27T09:00', command('report-progress', 'tb-skhdt/officer', { text: text(), commitTo: '2019-03-20' }));
    const played = live(seed(due), [acknowledged, commit, suspend('2019-03-14T09:00'), resume('2019-03-18T09:00')], at('2019-03-31T00:00'));
    expect(played.events.some((e) => e.type === 'hold-ended' && dateAt(e.at) === '2019-03-25' && e.rung === 'L3')).toBe(true);
    expect(told(played, '2019-02-27T10:00', ['letter-draft', 'overdue'])).toEqual(['letter-draft L3 2019-03-25']);
  });

  it('a silence that would have ended within the pause ends after it', () => {
    const commit = act('2019-02-27T09:00', command('report-progress', 'tb-skhdt/officer', { text: text(), commitTo: '2019-03-05' }));
    const played = live(seed(due), [acknowledged, commit, suspend('2019-03-05T09:00'), resume('2019-03-12T09:00')], at('2019-03-20T00:00'));
    expect(told(played, '2019-02-27T10:00', ['overdue'])).toEqual(['overdue L1 2019-03-13', 'overdue L2 2019-03-14']);
  });

  it('a milestone of the pause moves by it, one that was late before does not', () => {
    const milestones = [{ label: '2018', dueOn: '2018-12-31' }, { label: '2019', dueOn: '2019-12-31' }];
    const played = live(seed({ dueOn: '2021-12-31', startsOn: '2018-10-22', milestones }), [acknowledged, suspend('2019-12-10T09:00'), resume('2020-01-06T09:00')], at('2020-02-20T00:00'));
    expect(played.state.occurrences.map((o) => o.dueOn)).toEqual(['2018-12-31', '2020-02-03']);
    expect(told(played, '2020-01-01T00:00', ['milestone-due-soon', 'milestone-due-today', 'milestone-overdue'])).toEqual([
      'milestone-due-soon T-10 2020-01-13', 'milestone-due-today T-0 2020-02-03', 'milestone-overdue L1 2020-02-04', 'milestone-overdue L2 2020-02-10',
    ]);
  });
});

it('a letter that was drafted against the old lead is not the new one\'s', () => {
  const played = live(seed({ dueOn: '2019-02-28', startsOn: '2018-10-22' }), [
    acknowledged, act('2019-03-15T09:00', command('reassign', 'tb-sct/officer', { lead: 'tb-stc', document })), approve('2019-03-18T10:00'),
  ], at('2019-03-19T00:00'));
  expect(taken(played)).toEqual(['ok', 'ok', 'no-open-letter']);
  expect(told(played, '2019-03-15T10:00', ['overdue'])).toEqual([]);
});

describe('an outage', () => {
  const flags = (acts: Parameters<typeof live>[1], until: string, woken: string): string[] => {
    const { state } = live(seed({ dueOn: '2019-02-28', startsOn: '2018-10-22' }), acts, at(until));
    return tick(state, at(woken)).notices.filter((n) => n.kind === 'overdue-flag').map((n) => `${n.rung} ${n.passed?.join(' ') ?? ''}`);
  };

  it('over L1 until the day of L2 or of L3 gives the supervisor one flag that names all', () => {
    expect(flags([acknowledged], '2019-02-28T12:00', '2019-03-07T09:00')).toEqual(['L2 L1 L2']);
    expect(flags([acknowledged], '2019-02-28T12:00', '2019-03-14T09:00')).toEqual(['L3 L1 L2 L3']);
  });

  it('over rungs that a committed date holds gives one flag too', () => {
    const commit = act('2019-02-27T09:00', command('report-progress', 'tb-skhdt/officer', { text: text(), commitTo: '2019-03-20' }));
    expect(flags([acknowledged, commit], '2019-02-28T12:00', '2019-03-07T09:00')).toEqual(['L2 L1 L2']);
  });

  it('on time gives each rung its own flag', () => {
    expect(flags([acknowledged], '2019-03-01T12:00', '2019-03-07T09:00')).toEqual(['L2 ']);
  });
});

import { live } from '../../../domain/life';
import type { Notice } from '../../../domain/notice';
import { dateAt } from '../../../domain/time';
import { at, command, document, seed, text } from '../../support/builders';

const days = (notices: readonly Notice[], kind: string): string[] => [...new Set(notices.filter((n) => n.kind === kind).map((n) => `${n.rung ?? n.milestone ?? ''} ${dateAt(n.decidedAt)}`))];
const receivers = (notices: readonly Notice[], rung: string, kind?: string): string[] =>
  notices.filter((n) => n.rung === rung && (kind === undefined || n.kind === kind)).map((n) => `${n.to}:${n.channels.join('+')}`).sort();
const END = at('2020-06-30T00:00');

describe('a silent one-year task due 31/12/2019', () => {
  const { notices, state, events } = live(seed(), [], END);

  it('is assigned on day 0 to the officer and the leader of the lead, by mail and SMS, and to every coordinating unit', () => {
    const first = notices.filter((n) => dateAt(n.decidedAt) === '2018-10-22');
    expect(first.map((n) => `${n.kind} ${n.to} ${n.channels.join('+')}`).sort()).toEqual([
      'assigned tb-skhdt/leader email+sms', 'assigned tb-skhdt/officer email+sms', 'assigned-coordinator tb-sct/officer email', 'assigned-coordinator tb-stc/officer email',
    ]);
  });

  it('chases the acknowledgement on the fourth and fifth working day', () => {
    expect(notices.filter((n) => n.kind === 'acknowledgement-missing').map((n) => `${n.rung} ${dateAt(n.decidedAt)} ${n.to}`)).toEqual([
      'A+4 2018-10-26 tb-skhdt/officer', 'A+5 2018-10-29 tb-skhdt/leader',
    ]);
  });

  it('reminds before the due date and on it', () => {
    expect(days(notices, 'due-soon')).toEqual(['T-60 2019-10-08', 'T-20 2019-12-03', 'T-10 2019-12-17', 'T-5 2019-12-24', 'T-3 2019-12-26', 'T-1 2019-12-30']);
    expect(days(notices, 'due-today')).toEqual(['T-0 2019-12-31']);
    expect(receivers(notices, 'T-60')).toEqual(['tb-skhdt/officer:email']);
    expect(receivers(notices, 'T-5')).toEqual(['tb-skhdt/head:email+sms', 'tb-skhdt/leader:email+sms', 'tb-skhdt/officer:email+sms']);
  });

  it('escalates by working days across Tết; nothing above level 2 leaves by itself', () => {
    expect(days(notices, 'overdue')).toEqual(['L1 2020-01-02', 'L2 2020-01-08']);
    expect(days(notices, 'letter-draft')).toEqual(['L3 2020-01-15', 'L4 2020-02-05']);
    expect(receivers(notices, 'L2', 'overdue')).toEqual(['tb-sct/head:email', 'tb-skhdt/head:email+sms', 'tb-skhdt/leader:email+sms', 'tb-skhdt/officer:email+sms']);
    expect(receivers(notices, 'L3', 'letter-draft')).toEqual(['tb-sct/leader:email+sms']);
    expect(days(notices, 'overdue-flag')).toEqual(['L1 2020-01-02', 'L2 2020-01-08', 'L3 2020-01-15', 'L4 2020-02-05']);
  });

  it('falls back to one line a month after level 4', () => {
    expect(days(notices, 'overdue-monthly')).toEqual(['LM 2020-03-02', 'LM 2020-04-01', 'LM 2020-05-04', 'LM 2020-06-01']);
  });

  it('reminds who must decide about a letter', () => {
    expect(notices.filter((n) => n.kind === 'decision-late').map((n) => `${n.rung} ${dateAt(n.decidedAt)} ${n.to}`)).toEqual([
      'L3 2020-01-20 tb-sct/leader', 'L3 2020-01-22 tb-sct/leader', 'L4 2020-02-10 tb-sct/leader', 'L4 2020-02-12 tb-sct/leader',
    ]);
  });

  it('plans every notice once, sends inside the hours only, and remembers that it was overdue', () => {
    expect(new Set(notices.map((n) => n.key)).size).toBe(notices.length);
    expect(state.everOverdue).toBe(true);
    expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  });
});

describe('a task of several years', () => {
  const milestones = [2018, 2019].map((y) => ({ label: String(y), dueOn: `${y}-12-31` }));
  const { notices } = live(seed({ dueOn: '2020-12-31', startsOn: '2018-10-22', milestones, timing: 'period' }), [
    { at: at('2019-01-04T09:00'), command: command('report-progress', 'tb-skhdt/officer', { text: text(), milestone: '2018' }) },
  ], at('2020-12-31T17:00'));

  it('has a short ladder for each year-end, the swapped day of 31/12/2018 respected', () => {
    expect(notices.filter((n) => n.milestone === '2018').map((n) => `${n.kind} ${n.rung} ${dateAt(n.decidedAt)} ${n.to}`)).toEqual([
      'milestone-due-soon T-10 2018-12-14 tb-skhdt/officer', 'milestone-due-soon T-10 2018-12-14 tb-skhdt/head',
      'milestone-due-today T-0 2018-12-28 tb-skhdt/officer', 'milestone-due-today T-0 2018-12-28 tb-skhdt/head', 'milestone-due-today T-0 2018-12-28 tb-skhdt/leader',
      'milestone-overdue L1 2019-01-03 tb-skhdt/officer', 'milestone-overdue L1 2019-01-03 tb-skhdt/head',
    ]);
  });

  it('goes on with the next occurrence after one was reported', () => {
    expect(notices.filter((n) => n.milestone === '2019').map((n) => n.rung)).toEqual(['T-10', 'T-10', 'T-0', 'T-0', 'T-0', 'L1', 'L1', 'L2', 'L2', 'L2']);
  });
});

describe('a commitment', () => {
  const played = live(seed(), [{ at: at('2020-01-03T09:00'), command: command('report-progress', 'tb-skhdt/officer', { text: text(), commitTo: '2020-01-20' }) }], at('2020-02-29T00:00'));

  it('buys silence once, flags go on, and the highest rung passed is said once on the first working day after', () => {
    expect(days(played.notices, 'overdue')).toEqual(['L1 2020-01-02']);
    expect(days(played.notices, 'letter-draft')).toEqual(['L3 2020-01-21', 'L4 2020-02-05']);
    expect(days(played.notices, 'overdue-flag')).toEqual(['L1 2020-01-02', 'L2 2020-01-08', 'L3 2020-01-15', 'L4 2020-02-05']);
  });
});

describe('a late start', () => {
  const { notices, state } = live(seed({}, '2026-11-24T09:00'), [], at('2027-02-28T00:00'));

  it('begins on the next working day and says the highest rung up to level 2 once, naming all that passed', () => {
    const caught = notices.filter((n) => n.passed !== undefined);
    expect(caught.map((n) => `${n.kind} ${n.rung} ${dateAt(n.decidedAt)} ${n.to}`).sort()).toEqual([
      'overdue L2 2026-11-25 tb-sct/head', 'overdue L2 2026-11-25 tb-skhdt/head', 'overdue L2 2026-11-25 tb-skhdt/leader', 'overdue L2 2026-11-25 tb-skhdt/officer',
      'overdue-flag L4 2026-11-25 tb-sct/officer',
    ]);
    expect(caught[0]!.passed).toEqual(['T-60', 'T-20', 'T-10', 'T-5', 'T-3', 'T-1', 'T-0', 'L1', 'L2', 'L3', 'L4']);
  });

  it('sends no letter draft by itself; the letters stand open, the monthly line follows', () => {
    expect(notices.filter((n) => n.kind === 'letter-draft' || n.kind === 'decision-late')).toEqual([]);
    expect(state.letters.map((l) => l.rung)).toEqual(['L3', 'L4']);
    expect(days(notices, 'overdue-monthly')[0]).toBe('LM 2026-12-01');
  });

  it('chases the acknowledgement as usual', () => {
    expect(days(notices, 'acknowledgement-missing')).toEqual(['A+4 2026-12-01', 'A+5 2026-12-02']);
  });
});

describe('acts', () => {
  it('stop the clock at submission, and complete on the day of the submission', () => {
    const { notices, state } = live(seed(), [
      { at: at('2019-12-20T09:00'), command: command('submit', 'tb-skhdt/leader', { summary: text() }) },
      { at: at('2020-01-10T09:00'), command: command('confirm', 'tb-sct/officer', {}) },
    ], END);
    expect(notices.filter((n) => n.decidedAt > at('2019-12-20T08:00')).map((n) => `${n.kind} ${dateAt(n.decidedAt)} ${n.to}`)).toEqual([
      'approval-request 2019-12-20 tb-sct/officer', 'approval-late 2019-12-25 tb-sct/officer', 'approval-late 2019-12-27 tb-sct/leader',
      'confirmed 2020-01-10 tb-skhdt/officer', 'confirmed 2020-01-10 tb-sct/officer', 'confirmed 2020-01-10 tb-stc/officer',
      'confirmed 2020-01-10 tb-sct/leader',
    ]);
    expect(state).toMatchObject({ name: 'completed', completedOn: '2019-12-20', workingDaysLate: 0, everOverdue: false });
  });

  it('tell the loser of a race who decided and when, and refuse who may not act', () => {
    const { acts } = live(seed(), [
      { at: at('2019-12-20T09:00'), command: command('submit', 'tb-skhdt/leader', { summary: text() }) },
      { at: at('2019-12-20T10:00'), command: command('return', 'tb-sct/head', { reason: text(), correctBy: '2019-12-27' }) },
      { at: at('2019-12-20T10:01'), command: command('confirm', 'tb-sct/officer', {}) },
      { at: at('2019-12-20T10:02'), command: command('submit', 'tb-skhdt/officer', { summary: text() }) },
      { at: at('2019-12-20T10:03'), command: command('suspend', 'tb-sct/officer', { document }, { via: 'cli' }) },
    ], END);
    expect(acts.map((a) => a.refusal?.code ?? 'accepted')).toEqual(['accepted', 'accepted', 'already-decided', 'not-allowed', 'accepted']);
    expect(acts[2]!.refusal?.last).toEqual({ act: 'return', by: 'tb-sct/head', at: at('2019-12-20T10:00') });
  });

  it('move the due date, keep the original, and do not play rungs of the new date that are over', () => {
    const { notices, state } = live(seed(), [{ at: at('2020-01-03T09:00'), command: command('grant-extension', 'tb-vp/officer', { to: '2020-01-17', document }) }], at('2020-02-20T00:00'));
    expect(notices.filter((n) => n.decidedAt > at('2020-01-03T08:00')).map((n) => `${n.kind} ${n.rung ?? ''} ${dateAt(n.decidedAt)}`)
      .filter((line, i, all) => all.indexOf(line) === i)).toEqual([
      'extension-granted  2020-01-03', 'due-soon T-5 2020-01-10', 'due-soon T-3 2020-01-14', 'due-soon T-1 2020-01-16', 'due-today T-0 2020-01-17',
      'overdue L1 2020-01-20', 'overdue-flag L1 2020-01-20', 'overdue L2 2020-01-31', 'overdue-flag L2 2020-01-31', 'letter-draft L3 2020-02-07', 'overdue-flag L3 2020-02-07',
      'decision-late L3 2020-02-12', 'decision-late L3 2020-02-14',
    ]);
    expect(state).toMatchObject({ dueOn: '2020-01-17', dueOriginalOn: '2019-12-31', everOverdue: true });
  });

  it('move the due date by the working days suspended', () => {
    const { state, notices } = live(seed(), [
      { at: at('2019-12-02T09:00'), command: command('suspend', 'tb-sct/officer', { document }) },
      { at: at('2019-12-16T09:00'), command: command('resume', 'tb-sct/officer', { document }) },
    ], at('2019-12-31T00:00'));
    expect(state.dueOn).toBe('2020-01-15');
    expect(notices.filter((n) => n.kind === 'due-soon').map((n) => `${n.rung} ${dateAt(n.decidedAt)}`)).toEqual(['T-60 2019-10-08', 'T-20 2019-12-17', 'T-20 2019-12-17']);
  });
});

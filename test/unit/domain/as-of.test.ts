import { asOfDay } from '../../../domain/as-of';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { live } from '../../../domain/life';
import type { Notice } from '../../../domain/notice';
import { projectionOf } from '../../../domain/projection';
import { forecast, rehearse } from '../../../domain/rehearsal';
import { stillTrue } from '../../../domain/still-true';
import type { CivilDate } from '../../../domain/time';
import { at, command, seed, text } from '../../support/builders';

const acknowledged = { at: at('2018-10-23T09:00'), command: command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }) };
/** The officer's notice of a rung, as decided, and what the check would find if it left on a day. */
const decided = (dueOn: CivilDate, rung: string, kind?: string): { readonly notice: Notice; readonly on: (day: CivilDate) => string } => {
  const { notices } = live(seed({ dueOn, startsOn: '2018-10-22' }), [acknowledged], at('2019-04-30T00:00'));
  const notice = notices.find((n) => n.rung === rung && n.to === 'tb-skhdt/officer' && (kind === undefined || n.kind === kind))!;
  const until = (day: CivilDate) => live(seed({ dueOn, startsOn: '2018-10-22' }), [acknowledged], at(`${day}T08:00`)).state;
  return { notice, on: (day) => { const verdict = stillTrue(notice, projectionOf(until(day)), day); return verdict.ok ? 'said' : verdict.reason; } };
};

it('a due date is not announced as today on the day after', () => {
  const { on } = decided('2019-03-14', 'T-0');
  expect(['2019-03-14', '2019-03-15'].map(on)).toEqual(['said', 'day-over']);
});

it('a due date on a Saturday is announced until the term ends on Monday', () => {
  const { notice, on } = decided('2019-03-16', 'T-0');
  expect(notice.facts).toMatchObject({ decidedOn: '2019-03-15', effectiveDueOn: '2019-03-18', remindsTo: '2019-03-15' });
  expect(['2019-03-15', '2019-03-18', '2019-03-19'].map(on)).toEqual(['said', 'said', 'day-over']);
});

it('what is due soon is not said any more on the day it is due, which has its own word', () => {
  expect(['2019-03-13', '2019-03-14'].map(decided('2019-03-14', 'T-1').on)).toEqual(['said', 'day-over']);
  expect(['2019-03-14', '2019-03-15'].map(decided('2019-03-16', 'T-1').on)).toEqual(['said', 'day-over']);
});

it('days left, days late and the status are those of the day of reading; a step that is over is not announced', () => {
  const soon = decided('2019-03-14', 'T-5').notice;
  expect(soon.facts).toMatchObject({ workingDays: 5, decidedOn: '2019-03-07', next: { rung: 'T-3', on: '2019-03-11' } });
  expect(asOfDay(soon, SHIPPED_CALENDAR, '2019-03-08').facts).toMatchObject({ workingDays: 4, decidedOn: '2019-03-08', next: { rung: 'T-3', on: '2019-03-11' } });
  expect(asOfDay(soon, SHIPPED_CALENDAR, '2019-03-11').facts).not.toHaveProperty('next');
  const late = decided('2019-03-14', 'L1').notice;
  expect(late.facts).toMatchObject({ workingDays: 1, timeliness: 'overdue-1' });
  expect(asOfDay(late, SHIPPED_CALENDAR, '2019-03-22').facts).toMatchObject({ workingDays: 6, timeliness: 'overdue-2', decidedOn: '2019-03-22' });
  expect(asOfDay(late, SHIPPED_CALENDAR, '2019-03-15')).toBe(late);
});

it('a letter that was approved and what an act caused keep their day', () => {
  const { notices } = live(seed({ dueOn: '2019-03-14', startsOn: '2018-10-22' }), [
    acknowledged, { at: at('2019-03-29T09:00'), command: command('approve-letter', 'tb-sct/leader', {}) },
  ], at('2019-03-29T10:00'));
  const letter = notices.find((n) => n.kind === 'overdue' && n.rung === 'L3')!;
  expect(asOfDay(letter, SHIPPED_CALENDAR, '2019-04-02')).toBe(letter);
  expect(asOfDay(notices.find((n) => n.kind === 'assigned')!, SHIPPED_CALENDAR, '2019-04-02').facts.decidedOn).toBe('2018-10-22');
});

it('the rehearsal and the forecast say the same: what is decided on an evening reads as of the morning', () => {
  const one = seed({ dueOn: '2019-03-14', startsOn: '2018-10-22' });
  const acts = [{ ...acknowledged, task: one.id }, { at: at('2019-03-12T20:00'), task: one.id, command: command('remind', 'tb-sct/officer', {}) }];
  const said = rehearse({ seeds: [one], acts, until: at('2019-03-13T12:00') }).messages.flatMap((m) => m.notices).find((n) => n.kind === 'reminder')!;
  expect(said.facts).toMatchObject({ workingDays: 1, decidedOn: '2019-03-12' });
  const { notices, events } = live(one, acts, at('2019-03-11T12:00'));
  const told = forecast({
    tasks: [{ seed: one, events }], planned: notices.filter((n) => n.rung === 'T-5' || n.rung === 'T-3'), calendar: SHIPPED_CALENDAR, from: at('2019-03-12T09:00'),
    until: at('2019-03-12T12:00'), addressOf: (position) => position,
  }).flatMap((m) => m.notices.map((n) => `${n.rung} ${n.facts.workingDays}`));
  expect([...new Set(told)].sort()).toEqual(['T-3 2', 'T-5 2']);
});

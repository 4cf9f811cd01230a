import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { type DemoSnapshot, nextStep } from '../../../embedded/demo-clock';
import { at } from '../../support/builders';

/** Monday 22/10/2018, 08:00, when the plan has started and everything of that instant is done. */
const quiet: DemoSnapshot = { now: at('2018-10-22T08:00'), opening: 0, wakes: [], plannedAt: null, urgentAt: null, inFlight: 0, nextTryAt: null };
const step = (more: Partial<DemoSnapshot>, isForced = false) => nextStep(SHIPPED_CALENDAR, { ...quiet, ...more }, isForced);
const grant = (from: string, until: string) => ({ kind: 'grant', from: at(from), until: at(until) });

describe('time does not go on', () => {
  test.each([
    ['before every task has begun', { opening: 1 }, 'tasks'],
    ['before a task that is due has decided', { wakes: [at('2018-10-22T07:12:30'), at('2018-11-01T07:00')] }, 'tasks'],
    ['past a slot that did not take what was due', { plannedAt: at('2018-10-22T08:00') }, 'deliveries'],
    ['past a message of the evening before', { plannedAt: at('2018-10-19T17:00') }, 'deliveries'],
    ['past an urgent notice within the sending hours', { now: at('2018-10-22T09:07'), plannedAt: at('2018-10-22T09:05'), urgentAt: at('2018-10-22T09:05') }, 'deliveries'],
    ['while a message is under way', { inFlight: 1 }, 'messages'],
    ['while a message is being tried again', { nextTryAt: at('2018-10-22T08:00') }, 'messages'],
  ])('%s', (_name, more, what) => {
    expect(step(more)).toEqual({ kind: 'wait', for: what });
  });
});

describe('how far time goes', () => {
  test.each([
    ['it leaps to the first task of a later morning and runs to the last one, short of the slot',
      { wakes: [at('2018-10-26T07:04'), at('2018-10-26T07:21'), at('2018-10-26T08:10'), at('2018-12-03T07:04')] }, grant('2018-10-26T07:04', '2018-10-26T07:21')],
    ['then to the slot at which their notices leave', { now: at('2018-10-26T07:21'), plannedAt: at('2018-10-26T08:00'), wakes: [at('2018-12-03T07:04')] }, grant('2018-10-26T07:21', '2018-10-26T08:00')],
    ['a slot on a day off is the next working morning', { now: at('2018-10-26T17:00'), plannedAt: at('2018-10-27T09:00') }, grant('2018-10-29T08:00', '2018-10-29T08:00')],
    ['what was planned between two slots leaves with the next', { now: at('2018-10-22T09:07'), plannedAt: at('2018-10-22T09:05') }, grant('2018-10-22T09:07', '2018-10-22T09:30')],
    ['an urgent notice after hours leaves in the morning', { now: at('2018-10-22T17:05'), plannedAt: at('2018-10-22T17:05'), urgentAt: at('2018-10-22T17:05') }, grant('2018-10-23T08:00', '2018-10-23T08:00')],
    ['a message in trouble is waited for', { nextTryAt: at('2018-10-22T08:05'), wakes: [at('2018-10-26T07:04')] }, grant('2018-10-22T08:00', '2018-10-22T08:05')],
    ['a task that wakes before the slot goes first', { now: at('2018-10-22T08:20'), plannedAt: at('2018-10-22T08:30'), wakes: [at('2018-10-22T08:25'), at('2018-10-22T08:40')] }, grant('2018-10-22T08:20', '2018-10-22T08:25')],
  ])('%s', (_name, more, expected) => {
    expect(step(more)).toEqual(expected);
  });

  test('where nothing will happen by itself it stands', () => {
    expect(step({})).toEqual({ kind: 'idle' });
  });

  test('what cannot be finished holds the story up no longer than until the next slot', () => {
    expect(step({ inFlight: 1, wakes: [at('2018-12-03T07:04')] }, true)).toEqual(grant('2018-10-22T08:00', '2018-10-22T08:30'));
  });
});

import { live } from '../../../domain/life';
import { forecast, rehearse } from '../../../domain/rehearsal';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { at, command, seed, text } from '../../support/builders';

const addressOf = (position: string): string => position;
const seeds = [seed({ id: 'CN18-05', dueOn: '2019-12-31' }), seed({ id: 'CN18-06', dueOn: '2019-12-20', lead: 'tb-stc' })];
const acts = [{ at: at('2018-10-23T09:00'), task: 'CN18-05', command: command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }) }];
const line = (m: { at: number; address: string; channel: string; notices: readonly { key: string }[] }) => `${m.at} ${m.channel} ${m.address} ${m.notices.map((n) => n.key).sort().join(' ')}`;

/** Where the tasks stand at an instant, and what is decided and has not left. */
const standing = (from: number) => {
  const lives = seeds.map((one) => ({ seed: one, played: live(one, acts.filter((a) => a.task === one.id), from) }));
  return { tasks: lives.map(({ seed: s, played }) => ({ seed: s, events: played.events })), planned: lives.flatMap(({ played }) => played.notices).filter((n) => n.sendAt >= from) };
};

describe('a forecast', () => {
  it.each(['2018-10-24T10:00', '2019-06-03T07:45', '2019-12-19T16:30', '2020-01-02T07:29:59'])('from %s says what the whole rehearsal says of the days after', (from) => {
    const until = at('2020-03-31T23:59');
    const whole = rehearse({ seeds, acts, until, addressOf }).messages.filter((m) => m.at >= at(from)).map(line);
    expect(forecast({ ...standing(at(from)), calendar: SHIPPED_CALENDAR, from: at(from), until, addressOf }).map(line)).toEqual(whole);
    expect(whole.length).toBeGreaterThan(10);
  });

  it('sends what is overdue in the next sending hour, and nothing that no longer holds', () => {
    const from = at('2018-10-27T09:00');
    const { tasks } = standing(from);
    const late = live(seeds[0]!, [], at('2018-10-26T12:00')).notices.filter((n) => n.kind === 'assigned' || n.kind === 'acknowledgement-missing');
    const told = forecast({ tasks, planned: late, calendar: SHIPPED_CALENDAR, from, until: at('2018-10-29T12:00'), addressOf });
    const kinds = told.flatMap((m) => m.notices.map((n) => n.kind));
    expect(kinds).toContain('assigned');
    expect(told.filter((m) => m.notices.some((n) => n.task === 'CN18-05')).map((m) => m.at)).toEqual(expect.arrayContaining([at('2018-10-29T08:00')]));
    expect(told.every((m) => m.notices.every((n) => n.task !== 'CN18-05' || n.kind !== 'acknowledgement-missing'))).toBe(true);
  });
});

import { readFileSync } from 'node:fs';
import { seedsOf } from '../../../client/start-plan';
import { readDirectory } from '../../../config/directory';
import { readPlan } from '../../../config/read-plan';
import type { Command } from '../../../domain/acts';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import { live } from '../../../domain/life';
import { type CivilDate, instantAt } from '../../../domain/time';

const seedStartedOn = (day: CivilDate, minutes: number) => {
  const { directory } = readDirectory(readFileSync('examples/thu-muc-thai-binh.yaml', 'utf8'), 'thu-muc');
  const { plan } = readPlan({ name: 'kh.txt', bytes: readFileSync('examples/ke-hoach-25-ctr-thai-binh.txt') }, { directory: directory!, code: 'CN18' });
  return seedsOf(plan!, plan!.tasks.slice(4, 5), { calendar: SHIPPED_CALENDAR, startAt: instantAt(day, minutes), startId: 's' })[0]!;
};
const takeBack = (day: CivilDate): Command => ({ act: 'discontinue', fields: { document: { number: 'thu hồi CN18', date: day } }, actor: { by: 'tb-sct/leader', via: 'system' } });

describe('a plan that is withdrawn', () => {
  it('on the evening of its start ends without a word: nobody was told', () => {
    const played = live(seedStartedOn('2018-10-22', 18 * 60), [{ at: instantAt('2018-10-22', 18 * 60 + 5), command: takeBack('2018-10-22') }], instantAt('2018-12-31', 0));
    expect(played.state.name).toBe('discontinued');
    expect(played.notices).toEqual([]);
  });
  it('after the assignment tells those who were told', () => {
    const played = live(seedStartedOn('2018-10-22', 8 * 60), [{ at: instantAt('2018-10-22', 9 * 60), command: takeBack('2018-10-22') }], instantAt('2018-12-31', 0));
    const told = (kind: string) => played.notices.filter((n) => n.kind === kind).map((n) => n.to);
    expect(told('status-changed')).toEqual(expect.arrayContaining(['tb-skhdt/officer']));
    expect(played.notices.filter((n) => !['assigned', 'assigned-coordinator', 'status-changed'].includes(n.kind))).toEqual([]);
  });
});

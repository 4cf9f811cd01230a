import type { Act, ActFields } from '../../../domain/acts';
import { live } from '../../../domain/life';
import type { NoticeKind } from '../../../domain/notice';
import type { Position, TaskSpec } from '../../../domain/plan';
import { dateAt, isoInstant } from '../../../domain/time';
import { at, command, document, seed, text } from '../../support/builders';

const did = <A extends Act>(when: string, act: A, by: Position, fields: ActFields[A]) => ({
  at: at(when),
  command: command(act, by, fields),
});
type Acts = readonly ReturnType<typeof did>[];
/** Due 31/12/2019: L1 on 02/01/2020, L2 on 08/01, L3 on 15/01. */
const BEGUN = [did('2018-10-23T09:00', 'acknowledge', 'tb-skhdt/officer', { deliverable: text() })];
const TASK: Partial<TaskSpec> = { coordinating: ['tb-stc'] };
const playedOf = (acts: Acts, until: string, more: Partial<TaskSpec>) => {
  const played = live(seed({ ...TASK, ...more }), [...BEGUN, ...acts], at(until));
  expect(played.acts.filter((a) => a.refusal !== null)).toEqual([]);
  return played;
};
/** Notices of a kind: receiver, class and whether it is the end of something that was late. */
const said = (kind: NoticeKind, acts: Acts, more: Partial<TaskSpec> = {}): string[] =>
  playedOf(acts, '2020-12-31T00:00', more)
    .notices.filter((n) => n.kind === kind)
    .map((n) => `${n.to} ${n.class}${n.facts.isEnd ? ' end' : ''}`);

const submit = (when: string) => did(when, 'submit', 'tb-skhdt/leader', { summary: text() });
const confirm = (when: string) => did(when, 'confirm', 'tb-sct/officer', {});

describe('an act that somebody waits for is told to whoever signed', () => {
  it('a returned result, and a refused extension, to the leader of the lead too', () => {
    const returned = [
      submit('2019-12-02T09:00'),
      did('2019-12-03T09:00', 'return', 'tb-sct/officer', { reason: text(), correctBy: '2019-12-10' }),
    ];
    expect(said('returned', returned)).toEqual(['tb-skhdt/officer act', 'tb-skhdt/leader act']);
    expect(
      said('extension-refused', [
        did('2019-12-02T09:00', 'request-extension', 'tb-skhdt/leader', { to: '2020-06-30', reason: text() }),
        did('2019-12-03T09:00', 'refuse-extension', 'tb-vp/officer', { reason: text() }),
      ]),
    ).toEqual(['tb-skhdt/officer act', 'tb-skhdt/leader act']);
  });

  it('a letter that does not leave, to the officers of the supervisor and of the lead', () => {
    expect(
      said('letter-rejected', [did('2020-01-15T09:00', 'reject-letter', 'tb-sct/leader', { reason: text() })]),
    ).toEqual(['tb-sct/officer act', 'tb-skhdt/officer act']);
  });

  it('a date that the lead commits to, to the officer of the supervisor, and to nobody where it is refused or left out', () => {
    const report = (when: string, commitTo?: string) =>
      did(when, 'report-progress', 'tb-skhdt/officer', { text: text(), ...(commitTo ? { commitTo } : {}) });
    const { notices } = playedOf(
      [report('2020-01-02T09:00'), report('2020-01-03T09:00', '2020-01-20')],
      '2020-01-04T00:00',
      {},
    );
    const committed = notices.filter((n) => n.kind === 'date-committed');
    expect(committed.map((n) => [n.to, n.facts.commitTo, isoInstant(n.sendAt)])).toEqual([
      ['tb-sct/officer', '2020-01-20', '2020-01-03T09:00:00+07:00'],
    ]);
  });
});

describe('the end of a matter is told once, in a digest, to whoever was told that it was late', () => {
  it("confirmed: to each position that got overdue, a flag or a draft; the lead's officer hears of it at once and no second time", () => {
    const acts = [submit('2020-01-16T09:00'), confirm('2020-01-17T09:00')];
    expect(said('confirmed', acts)).toEqual([
      'tb-skhdt/officer act',
      'tb-stc/officer act',
      'tb-skhdt/head digest end',
      'tb-sct/officer digest end',
      'tb-skhdt/leader digest end',
      'tb-sct/head digest end',
      'tb-sct/leader digest end',
    ]);
    const ends = playedOf(acts, '2020-12-31T00:00', {}).notices.filter((n) => n.facts.isEnd);
    expect([...new Set(ends.map((n) => isoInstant(n.sendAt)))]).toEqual(['2020-01-20T08:00:00+07:00']);
    expect(ends.every((n) => n.channels.join() === 'email')).toBe(true);
  });

  it.each([['discontinue'], ['merge'], ['carry-over']] as const)('%s ends it like a confirmation', (act) => {
    expect(said('status-changed', [did('2020-01-03T09:00', act, 'tb-sct/officer', { document })])).toEqual([
      'tb-skhdt/officer act',
      'tb-stc/officer act',
      'tb-skhdt/head digest end',
      'tb-sct/officer digest end',
    ]);
  });

  it('in time nobody is told besides, and what had not left by then was told to nobody', () => {
    expect(said('confirmed', [submit('2019-12-20T09:00'), confirm('2019-12-23T09:00')])).toEqual([
      'tb-skhdt/officer act',
      'tb-stc/officer act',
    ]);
    expect(said('confirmed', [submit('2020-01-02T07:45'), confirm('2020-01-02T10:00')])).toEqual([
      'tb-skhdt/officer act',
      'tb-stc/officer act',
    ]);
  });

  it('a notice that is dropped before it leaves, because the date moves or the task ends first, told nobody', () => {
    const early = '2020-01-02T07:45';
    const grant = did(early, 'grant-extension', 'tb-vp/officer', { to: '2020-06-30', document });
    expect(said('extension-granted', [grant])).toEqual(['tb-skhdt/officer digest']);
    const over = did(early, 'discontinue', 'tb-sct/officer', { document });
    expect(said('status-changed', [over])).toEqual(['tb-skhdt/officer digest', 'tb-stc/officer digest']);
  });

  it('an extension ends the delay where the new date is to come, and keeps it where that is past as well', () => {
    const grant = (to: string) => [did('2020-01-03T09:00', 'grant-extension', 'tb-vp/officer', { to, document })];
    expect(said('extension-granted', grant('2020-06-30'))).toEqual([
      'tb-skhdt/officer act',
      'tb-skhdt/head digest end',
      'tb-sct/officer digest end',
    ]);
    expect(said('extension-granted', grant('2020-01-02'))).toEqual(['tb-skhdt/officer act']);
    const later = [...grant('2020-06-30'), submit('2020-06-01T09:00'), confirm('2020-06-02T09:00')];
    expect(said('confirmed', later)).toEqual(['tb-skhdt/officer act', 'tb-stc/officer act']);
  });

  it('a result that waited long and is returned: whoever was chased for it; the delay itself goes on', () => {
    const acts = [
      submit('2020-01-03T09:00'),
      did('2020-01-13T09:00', 'return', 'tb-sct/head', { reason: text(), correctBy: '2020-01-20' }),
    ];
    expect(said('returned', acts)).toEqual([
      'tb-skhdt/officer act',
      'tb-skhdt/leader act',
      'tb-sct/officer digest end',
      'tb-sct/leader digest end',
    ]);
    const again = [...acts, submit('2020-01-14T09:00'), confirm('2020-01-14T10:00')];
    expect(said('confirmed', again)).toEqual([
      'tb-skhdt/officer act',
      'tb-stc/officer act',
      'tb-skhdt/head digest end',
      'tb-sct/officer digest end',
    ]);
  });

  it('a new lead: the old one is told by the handover, and nobody of it later', () => {
    const moved = [did('2020-01-09T09:00', 'reassign', 'tb-sct/officer', { lead: 'tb-skhcn', document })];
    expect(said('handover', moved)).toEqual([
      'tb-skhdt/officer act',
      'tb-skhcn/officer act',
      'tb-skhdt/head digest end',
      'tb-skhdt/leader digest end',
    ]);
    const done = [
      ...moved,
      did('2020-01-10T09:00', 'submit', 'tb-skhcn/leader', { summary: text() }),
      confirm('2020-01-10T10:00'),
    ];
    expect(said('confirmed', done)).toEqual([
      'tb-skhcn/officer act',
      'tb-stc/officer act',
      'tb-sct/officer digest end',
      'tb-sct/head digest end',
    ]);
  });

  it('an obstacle that the host unit was late with: its leader hears of the decision', () => {
    const acts = [
      did('2019-03-04T09:00', 'raise-obstacle', 'tb-stc/officer', { text: text() }),
      did('2019-03-20T09:00', 'consolidate-obstacle', 'tb-sct/officer', {}),
      did('2019-03-25T09:00', 'decide-obstacle', 'tb-vp/officer', { document, text: text() }),
    ];
    expect(said('obstacle-answered', acts).filter((line) => line.endsWith('end'))).toEqual([
      'tb-sct/leader digest end',
    ]);
  });

  it('an amended window ends the delay; a mended title does not', () => {
    const amend = (fields: ActFields['amend']) => [did('2020-01-03T09:00', 'amend', 'tb-sct/officer', fields)];
    const window = { window: { startsOn: '2019-01-01', dueOn: '2020-06-30' } };
    const ends = (acts: Acts) => said('status-changed', acts).filter((line) => line.endsWith('end'));
    expect(ends(amend({ field: 'window', value: window, reason: text(), document }))).toEqual([
      'tb-skhdt/head digest end',
      'tb-sct/officer digest end',
    ]);
    expect(ends(amend({ field: 'title', value: { text: text() }, reason: text() }))).toEqual([]);
  });

  it("the approved letters are told of as well: the authority's office hears of the end", () => {
    const acts = [
      did('2020-02-05T09:00', 'approve-letter', 'tb-sct/leader', { rung: 'L4' }),
      submit('2020-02-06T09:00'),
      confirm('2020-02-07T09:00'),
    ];
    expect(said('confirmed', acts)).toContain('tb-vp/officer digest end');
    expect(dateAt(playedOf(acts, '2020-12-31T00:00', {}).notices.find((n) => n.facts.isEnd)!.sendAt)).toBe(
      '2020-02-10',
    );
  });
});

import type { Act, ActFields } from '../../../domain/acts';
import { live } from '../../../domain/life';
import type { Position } from '../../../domain/plan';
import { detailsOf } from '../../../workflows/details';
import { at, command, seed, text } from '../../support/builders';

const did = <A extends Act>(when: string, act: A, by: Position, fields: ActFields[A]) => ({ at: at(when), command: command(act, by, fields) });
const BEGUN = [did('2018-10-23T09:00', 'acknowledge', 'tb-skhdt/officer', { deliverable: text() })];
const awaitedBy = (acts: readonly ReturnType<typeof did>[]): string =>
  /Đang chờ: (.*)/.exec(detailsOf(live(seed({ coordinating: ['tb-stc', 'tb-skhcn'] }), acts, at('2019-04-23T09:00')).state))?.[1] ?? '';

test('Temporal\'s own pages name everybody that a task waits for: the lead, units that owe an answer, who decides on an extension, on an obstacle', () => {
  const acts = [
    ...BEGUN, did('2019-04-22T09:00', 'open-consultation', 'tb-skhdt/officer', { subject: text() }), did('2019-04-22T10:00', 'give-input', 'tb-skhcn/officer', { answer: 'agree' }),
    did('2019-04-22T11:00', 'request-extension', 'tb-skhdt/leader', { to: '2020-06-30', reason: text() }), did('2019-04-22T12:00', 'raise-obstacle', 'tb-stc/officer', { text: text() }),
  ];
  expect(awaitedBy(acts)).toBe('tb-skhdt; tb-stc (góp ý, hạn 08/05/2019); tb-sct (ý kiến về đề nghị gia hạn); tb-sct (khó khăn, vướng mắc số 1: chờ tiếp nhận)');
  expect(awaitedBy(BEGUN)).toBe('tb-skhdt');
});

import { projectionOf } from '../../../domain/projection';
import { live } from '../../../domain/life';
import { dateAt, parseInstant } from '../../../domain/time';
import { SILENCE_NAMES } from '../../../domain/words';
import { CONSULTATION_STORY, exampleStory } from '../../support/story';

const { seeds, acts } = exampleStory(CONSULTATION_STORY);
const played = live(seeds[0]!, acts, parseInstant('2020-04-30')!);
const days = (kind: string): string[] => [...new Set(played.notices.filter((n) => n.kind === kind).map((n) => dateAt(n.decidedAt)))];

test('the story of one task goes through: every act is taken', () => {
  expect(played.acts.filter((a) => a.refusal !== null)).toEqual([]);
  expect(new Set(acts.map((a) => a.command.act))).toEqual(new Set([
    'acknowledge', 'open-consultation', 'forward', 'give-input', 'undo', 'respond-to-input', 'raise-obstacle', 'acknowledge-obstacle', 'consolidate-obstacle',
    'decide-obstacle', 'prepare', 'request-extension', 'give-opinion', 'grant-extension', 'submit', 'return', 'confirm',
  ]));
});

test('of fifteen units eight answered, two of them late; the seven silent ones are recorded as silent', () => {
  const [consultation] = played.state.consultations;
  expect(consultation!.units).toHaveLength(15);
  expect(projectionOf(played.state)).toMatchObject({ consultationNo: null, inputsAsked: 15, inputsReceived: 8, inputsLate: 2, extensionCount: 1, openObstacles: [] });
  const silent = consultation!.units.filter((u) => u.input === null);
  expect(silent.map((u) => SILENCE_NAMES[u.silence!])).toEqual(silent.map(() => 'Không trả lời (coi như thống nhất)'));
  expect(silent).toHaveLength(7);
});

test('reminders of the consultation fall on their working days, over the long weekend and the made-up Saturday', () => {
  expect(days('consultation-due-soon')).toEqual(['2019-05-04', '2019-05-07', '2019-05-09', '2019-05-13']);
  expect(days('consultation-missed')).toEqual(['2019-05-09', '2019-05-13']);
  expect(days('inputs-status')).toEqual(['2019-05-04', '2019-05-15']);
});

test('both dates are kept; late by the second submission, not by the late confirmation', () => {
  expect(played.state).toMatchObject({
    name: 'completed', dueOn: '2020-03-31', dueOriginalOn: '2019-12-31', completedOn: '2020-04-08', workingDaysLate: 5, everOverdue: true,
  });
  expect(days('approval-late').at(-1)).toBe('2020-04-15');
});

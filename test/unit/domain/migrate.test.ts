import { decide } from '../../../domain/decide';
import { live } from '../../../domain/life';
import type { FileRef } from '../../../domain/refs';
import { evolve, initialState } from '../../../domain/evolve';
import type { TaskState } from '../../../domain/task';
import { migrate } from '../../../workflows/migrate';
import { at, command, seed, text } from '../../support/builders';

const NAME = 'Gop y cua ong Nguyen Van Thu.pdf';
const file: FileRef & { readonly name: string } = { id: 'f-1', hash: 'h', length: 9, type: 'application/pdf', name: NAME };
const { events } = live(seed(), [
  { at: at('2018-10-30T09:00'), command: command('open-consultation', 'tb-skhdt/officer', { subject: text(), to: ['tb-stc'], dueOn: '2018-11-30', file }) },
], at('2018-10-30T10:00'));

it('events of the first release, which hold the name of a file, give the state of today without it', () => {
  expect(JSON.stringify(events)).toContain(NAME);
  const state = events.reduce(evolve, initialState(seed()));
  expect(state.consultations[0]?.file).toEqual({ id: 'f-1', hash: 'h', length: 9, type: 'application/pdf' });
});

it('a state that a run of the first release carries on loses the name', () => {
  const state = events.reduce(evolve, initialState(seed()));
  const carried = { ...state, consultations: state.consultations.map((c) => ({ ...c, file })) };
  expect(JSON.stringify(migrate(carried))).not.toContain(NAME);
});

describe('a state of schema 2 that a run carries on', () => {
  const acts = [
    { at: at('2018-10-30T09:00'), command: command('acknowledge', 'tb-skhdt/officer', { deliverable: text() }) },
    { at: at('2018-11-05T09:00'), command: command('open-consultation', 'tb-skhdt/officer', { subject: text() }) },
    { at: at('2018-11-06T09:00'), command: command('give-input', 'tb-stc/officer', { answer: 'agree' }) },
    { at: at('2018-11-07T09:00'), command: command('submit', 'tb-skhdt/leader', { summary: text() }) },
  ];
  const { told: _, undocumented, submission, ...rest } = live(seed(), acts, at('2018-11-07T10:00')).state;
  const { seq, ...before } = submission!;
  const old = JSON.parse(JSON.stringify({ ...rest, schema: 2, rules: 2, submission: before })) as TaskState;

  it('knows which acts may need a paper and which event handed the result in, and goes on', () => {
    const state = { ...migrate(old), rules: 3 };
    expect(state).toMatchObject({ schema: 3, told: [], submission: { seq } });
    expect(state.undocumented.map((u) => [u.seq, u.act, u.unit])).toEqual(undocumented.map((u) => [u.seq, u.act, u.unit]));
    const enter = command('enter-document', 'tb-skhdt/clerk', { document: { number: '9/TTr', date: '2018-11-02' } });
    const answer = decide(state, enter, at('2018-11-08T09:00'));
    expect(answer.ok && answer.events.reduce(evolve, state).submission?.document).toEqual({ number: '9/TTr', date: '2018-11-02' });
  });

  it('is taken as it is by one of its own schema', () => {
    const state = live(seed(), acts, at('2018-11-07T10:00')).state;
    expect(migrate(state)).toEqual(state);
  });
});

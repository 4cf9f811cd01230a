import { live } from '../../../domain/life';
import type { FileRef } from '../../../domain/refs';
import { evolve, initialState } from '../../../domain/evolve';
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

import { refuseNewer } from '../../../workflows/version';

it('a run of a later release is refused by name; those of this one and of releases without versions are not', () => {
  expect(() => refuseNewer(3, 2)).toThrow('A run of version 3 is newer than this code (2): run the newer release.');
  expect(() => { refuseNewer(2, 2); refuseNewer(undefined, 2); }).not.toThrow();
});

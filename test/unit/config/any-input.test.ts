import fc from 'fast-check';
import { planToYaml, readPlan } from '../../../config/read-plan';
import { demoDirectory, example } from './support';

const directory = demoDirectory();
const lines = example('ke-hoach-25-ctr-thai-binh.txt').toString().split('\n');
const part = fc.oneof(fc.constantFrom(...lines), fc.string(), fc.constantFrom('|---|---|', '| a | b | c |', '\t', 'I. X', '1. A: b', '- 3 -'));

test('law: no text makes the reader throw, and what it reads without error comes back the same from YAML', () => {
  fc.assert(fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
    const read = readPlan({ name: 'a.txt', bytes: Buffer.from(parts.join('\n')) }, { directory, issuedOn: '2018-10-22' });
    if (read.plan === null || read.errors.length > 0) return;
    expect(readPlan({ name: 'a.yaml', bytes: Buffer.from(planToYaml(read.plan)) }, { directory, issuedOn: '2018-10-22' })).toEqual(read);
  }));
});

test('law: no bytes make the reader throw', () => {
  fc.assert(fc.property(fc.uint8Array(), fc.constantFrom('a.txt', 'a.yaml'), (bytes, name) => void readPlan({ name, bytes }, { directory })));
});

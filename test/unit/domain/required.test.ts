import { ACT_SCHEMAS, parseActFields } from '../../../config/act-fields';
import { type Act, ACTS, type Command } from '../../../domain/acts';
import { fieldsMissing } from '../../../domain/required';
import { command } from '../../support/builders';

const sayOf = (act: Act, fields: object): string =>
  fieldsMissing(command(act, 'tb-skhdt/officer', fields as never))?.message ?? '';
const named = (message: string): string[] => [...message.matchAll(/\((\w+)\)/gu)].map(([, name = '']) => name);

it('every act is checked', () => expect(Object.keys(ACT_SCHEMAS).sort()).toEqual([...ACTS].sort()));

it.each(ACTS.filter((act) => act !== 'prepare' && act !== 'amend'))(
  '%s: the rules miss what the checker of its fields misses',
  (act) => {
    const read = parseActFields(act, {});
    expect(named(sayOf(act, {})).sort()).toEqual(read.ok ? [] : read.problems.map((p) => p.field).sort());
  },
);

it.each<[Act, object, string[]]>([
  ['prepare', { of: 'submit' }, ['summary']],
  ['prepare', { of: 'request-extension', to: '2020-06-30' }, ['reason']],
  ['prepare', {}, ['of', 'summary']],
  ['amend', { field: 'title' }, ['value', 'reason']],
  ['suspend', { document: { number: '1/QĐ' } }, ['document']],
  ['suspend', { document: { number: '1/QĐ', date: '2019-01-02' } }, []],
])('%s with %j lacks %j', (act, fields, missing) => {
  expect(named(sayOf(act, fields))).toEqual(missing);
});

it('is refused with its code and a sentence that names what is missing', () => {
  expect(fieldsMissing(command('suspend', 'tb-sct/officer', {} as Command['fields'] as never))).toEqual({
    ok: false,
    code: 'field-missing',
    message: 'Thiếu số và ngày văn bản (document).',
  });
});

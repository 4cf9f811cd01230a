import { fieldNamesOf, isAct, parseActFields, textFieldsOf, textsOf, withTextRefs } from '../../../config/act-fields';
import { ACTS } from '../../../domain/acts';

const refOf = (field: string, text: string) => ({ id: `ref-${field}`, hash: 'h', length: text.length });

test('every act of the vocabulary is known, and no other word is', () => {
  expect(ACTS.every(isAct)).toBe(true);
  expect(isAct('opine')).toBe(false);
});

test('the acts of a consultation are read as a person types them', () => {
  expect(parseActFields('open-consultation', { subject: 'Dự thảo', to: 'tb-stc, tb-sct', beforeDue: '20' })).toEqual({ ok: true, fields: { subject: 'Dự thảo', to: ['tb-stc', 'tb-sct'], beforeDue: 20 } });
  expect(parseActFields('open-consultation', { subject: 'Dự thảo', to: ['tb-stc'] })).toMatchObject({ ok: true, fields: { to: ['tb-stc'] } });
  expect(parseActFields('give-input', { answer: 'maybe' })).toMatchObject({ ok: false, problems: [{ field: 'answer' }] });
  expect(parseActFields('respond-to-input', { unit: 'tb-stc', taken: true, text: 'Tiếp thu' })).toMatchObject({ ok: true, fields: { taken: 'yes' } });
  expect(parseActFields('prepare', { summary: 'Dự thảo' })).toMatchObject({ ok: true, fields: { of: 'submit' } });
  expect(parseActFields('prepare', { of: 'request-extension', summary: 'Dự thảo' })).toMatchObject({ ok: false });
  expect(parseActFields('forward', { to: 'tb-stc' })).toMatchObject({ ok: false, problems: [{ field: 'to' }] });
});

test('free texts of an act are named, and nothing else is', () => {
  expect(textFieldsOf('acknowledge')).toEqual(['deliverable', 'contact']);
  expect(textFieldsOf('report-progress')).toEqual(['text']);
  expect(textFieldsOf('approve-letter')).toEqual(['text']);
  expect(textFieldsOf('suspend')).toEqual([]);
  expect(fieldNamesOf('grant-extension')).toEqual(['to', 'document']);
});

test('texts become references, other fields stay', () => {
  const read = parseActFields('report-progress', { text: 'đã làm', percent: '40', milestone: 2019, commitTo: undefined });
  expect(read).toEqual({ ok: true, fields: { text: 'đã làm', percent: 40, milestone: '2019' } });
  expect(read.ok && withTextRefs('report-progress', read.fields, refOf)).toEqual({ act: 'report-progress', fields: { text: { id: 'ref-text', hash: 'h', length: 6 }, percent: 40, milestone: '2019' } });
});

test('the value of amend is a text only where the field holds one', () => {
  const title = { field: 'title', value: { text: 'Tên mới' }, reason: 'lỗi' };
  expect(textsOf('amend', title)).toEqual({ value: 'Tên mới', reason: 'lỗi' });
  expect(withTextRefs('amend', title, refOf).fields).toEqual({ field: 'title', value: { text: refOf('value', 'Tên mới') }, reason: refOf('reason', 'lỗi') });
  expect(textsOf('amend', { field: 'coordinating', value: { coordinating: ['tb-stc'] }, reason: 'lỗi' })).toEqual({ reason: 'lỗi' });
});

test('all problems of an act come at once', () => {
  expect(parseActFields('grant-extension', { to: 'mai', colour: 'red' })).toMatchObject({ ok: false, problems: [{ field: 'to' }, { field: 'document' }, { field: 'colour', accepted: 'to, document' }] });
});

test.each([
  ['prepare', { summary: 'Dự thảo', document: { number: '12\u0000/SCT', date: '2019-01-15' } }, 'document.number'],
  ['prepare', { summary: 'Dự\u0000thảo' }, 'summary'],
  ['report-progress', { text: 'đã làm', milestone: '2019\u202e' }, 'milestone'],
  ['report-progress', { text: 'đã làm \ud83d' }, 'text'],
  ['open-consultation', { subject: 'Dự thảo', to: 'tb-stc\u0007, tb-sct' }, 'to'],
  ['forward', { to: 'tb-\u0000stc/head' }, 'to'],
] as const)('what cannot be written or seen is refused before the act: %s %j', (act, fields, field) => {
  expect(parseActFields(act, fields)).toMatchObject({ ok: false, problems: [{ field, message: 'có ký tự không in được' }] });
});

test.each([
  ['a zero width space', '\u200b'], ['a byte order mark', '\ufeff'], ['directions', '\u202a\u202c'], ['a soft hyphen', '\u00ad'], ['fillers', '\u3164\u115f\uffa0'],
  ['an empty Braille cell', '\u2800'], ['a variation selector', '\ufe0f'], ['an accent alone', ' \u0301 '], ['spaces of all kinds', '\u00a0\u2003\u3000\n'],
])('%s is no text and no word', (_what, blank) => {
  expect(parseActFields('report-progress', { text: blank })).toMatchObject({ ok: false, problems: [{ field: 'text', message: 'để trống hoặc quá dài' }] });
  expect(parseActFields('confirm', { document: { number: blank, date: '2019-01-15' } })).toMatchObject({ ok: false, problems: [{ field: 'document.number' }] });
  expect(parseActFields('report-progress', { text: `Đã${blank}làm` })).toMatchObject({ ok: true });
});

test('a file is a reference: its name stays in the ledger', () => {
  const file = { id: 'f-1', hash: 'h', length: 3, type: 'application/pdf' };
  expect(parseActFields('open-consultation', { subject: 'Dự thảo', to: 'tb-stc', file })).toMatchObject({ ok: true, fields: { file } });
  expect(parseActFields('open-consultation', { subject: 'Dự thảo', to: 'tb-stc', file: { ...file, name: 'Góp ý của ông Thử.pdf' } })).toMatchObject({ ok: false });
});

test('a text keeps its lines and its emoji, whatever typed them', () => {
  expect(parseActFields('report-progress', { text: ' Một\r\nHai\tba 🙂 ' })).toEqual({ ok: true, fields: { text: 'Một\nHai\tba 🙂' } });
});

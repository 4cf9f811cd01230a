import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { registeredTexts, renderSms, SMS_CODE_LENGTH, SMS_TEMPLATES, smsTemplatesWithoutLink, withoutDiacritics } from '../../../messages';
import type { MessageInput, NoticeItem, RenderedSms } from '../../../messages';
import { isPlainSms, smsValue } from '../../../messages/gsm7';
import { ACT_NAMES } from '../../../domain/words';
import { WORST_VALUES } from '../../../messages/sms-templates';
import { CASES, input, item, units } from './fixture';

const REFUSED = /[#&%[\]{}\\<>@^~|€]/u;
const CODE = '8KQ2M7XDABCD';
const sms = (items: readonly NoticeItem[], more: Partial<MessageInput> = {}) => renderSms(input(items, { channel: 'sms', ...more }));

/** The foreign oracle: one segment of GSM-7, with the secret in the slot's place. */
const expectOneSegment = (text: string): void => {
  const message = new SegmentedMessage(text, 'auto');
  expect({ encoding: message.encodingName, segments: message.segmentsCount, text }).toEqual({ encoding: 'GSM-7', segments: 1, text });
  expect(text.length).toBeLessThanOrEqual(160);
  expect(text).not.toMatch(REFUSED);
};

const WITH_SMS = [
  'assigned', 'assigned after a reassignment', 'acknowledgement-missing A+4', 'acknowledgement-missing A+5', 'due-soon T-5', 'due-soon T-3', 'due-soon T-1', 'due-today', 'overdue L1', 'overdue L2',
  'approval-late prepared', 'approval-late', 'decision-late letter', 'decision-late assignment', 'returned', 'returned assignment', 'approval-late of an extension',
  'decision-late extension', 'decision-late obstacle raised', 'decision-late obstacle acknowledged', 'consultation-missed', 'letter-draft L3', 'letter-draft L4',
];

test.each(CASES)('%s goes by SMS only where the contract lists it', (name, notice) => {
  const out = sms([notice]);
  expect(out !== null).toBe(WITH_SMS.includes(name));
  if (out === null) return;
  expect(out.text.startsWith('SCT TB: ')).toBe(true);
  expect(out.hasLink).toBe(true);
  expect(out.text.endsWith(': https://nv.example/t/8KQ2M7XD')).toBe(true);
  expectOneSegment(out.text.replace('8KQ2M7XD', CODE));
});

test('a notice that goes by mail alone gives no SMS', () => {
  expect(sms([item('due-today', { notice: { rung: 'T-0', channels: ['email'] } })])).toBeNull();
});

test.each(Object.entries(SMS_TEMPLATES))('%s fits with the longest values and the default link', (id, { text }) => {
  const filled = text.replace(/\{(\w+)\}/gu, (__, name: keyof typeof WORST_VALUES) => WORST_VALUES[name]);
  expectOneSegment(`SCT TB: ${filled}${id.startsWith('one-time-code') ? '.' : `: https://nv.example/t/${CODE}`}`);
});

/** What the operator's phone shows: the registered text of the template with the parameters in their places. */
const asRegistered = ({ template, parameters }: RenderedSms, smsPublicUrl: string): string | undefined =>
  registeredTexts('SCT TB', smsPublicUrl).find(({ id }) => id === template)?.text.replace(/\{(\d+)\}/gu, (_, n) => parameters[Number(n) - 1] ?? '?');

const worst = (notice: NoticeItem, provisional: boolean, days: number): NoticeItem => ({
  ...notice,
  notice: { ...notice.notice, facts: { ...notice.notice.facts, lead: 'tb-ubnd-thaithuy', workingDays: days, ...(provisional ? { provisional: true, dueOn: '2031-12-31' } : {}) }, to: notice.notice.to.startsWith('tb-skhdt') ? `tb-ubnd-thaithuy/officer` : notice.notice.to },
});

test('no value, and no host, makes an SMS longer than 160', () => {
  const cases = CASES.filter(([name]) => WITH_SMS.includes(name)).map(([, notice]) => notice);
  fc.assert(fc.property(fc.subarray(cases, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.integer({ min: 0, max: 1550 }), fc.integer({ min: 1, max: 60 }), (some, provisional, days, host) => {
    const smsPublicUrl = `https://${'n'.repeat(host)}.example`;
    const out = sms(some.map((notice) => ({ ...worst(notice, provisional, days), slot: CODE })), { smsPublicUrl, pageSlot: CODE });
    expectOneSegment(out!.text);
    expect(out!.text.includes(`${smsPublicUrl}/t/${CODE}`)).toBe(out!.hasLink);
    expect(asRegistered(out!, smsPublicUrl)).toBe(out!.text);
  }), { numRuns: 300 });
});

test('where the host is too long, the text goes without its link and says when the mail was sent', () => {
  const smsPublicUrl = 'https://nhac-viec.sct.thaibinh.example';
  const notice = item('due-soon', { notice: { rung: 'T-5' }, facts: { decidedOn: '2019-12-24' } });
  expect(sms([notice], { smsPublicUrl })).toMatchObject({
    text: 'SCT TB: Nhiem vu CN18-05 (S.KHDT chu tri) con 5 ngay lam viec, han 31/12/2019. De nghi cap nhat tien do, vuong mac. Xem thu dien tu ngay 24/12/2019', hasLink: false,
  });
  expect(smsTemplatesWithoutLink('SCT TB', smsPublicUrl)).toContain('due-soon');
  expect(smsTemplatesWithoutLink('SCT TB', 'https://nv.example')).toEqual([]);
});

test('a host with characters that gateways refuse is never sent', () => {
  expect(sms([item('due-today', { notice: { rung: 'T-0' } })], { smsPublicUrl: 'https://nv.example/~a' })!.hasLink).toBe(false);
});

test('a provisional date says so and still fits', () => {
  const out = sms([worst(item('due-today', { notice: { rung: 'T-0' } }), true, 0)]);
  expect(out!.text).toContain('31/12/2031 (du kien)');
});

test('several matters give one SMS that counts them and names the first', () => {
  const out = sms([item('due-soon', { notice: { rung: 'T-3' }, task: { id: 'CN18-08' } }), item('overdue', { notice: { rung: 'L2' } }), item('overdue-flag')], { on: '2020-01-08' });
  expect(out).toMatchObject({ text: 'SCT TB: Ngay 08/01/2020 co 2 viec can xu ly, truoc het la nhiem vu CN18-05, han 31/12/2019. Xem danh sach: https://nv.example/t/PAGE2M7XDABC', hasLink: true });
});

test('of a confidential task the SMS shows code and date', () => {
  expect(sms([item('overdue', { notice: { rung: 'L2' }, task: { confidential: true } })])!.text)
    .toBe('SCT TB: Nhiem vu CN18-05, han 31/12/2019. De nghi xem van ban da gui qua duong van thu.');
});

test('values from the directory lose what gateways refuse', () => {
  const out = renderSms(input([item('overdue', { notice: { rung: 'L2' } })], { units: { ...units, 'tb-skhdt': { ...units['tb-skhdt']!, smsName: 'Sở KH&ĐT' } } }));
  expect(out!.text).toContain('(So KH-DT)');
});

test('diacritics go, the letters stay', () => {
  expect(withoutDiacritics('Ủy ban nhân dân huyện Quỳnh Phụ, Đông Hưng')).toBe('Uy ban nhan dan huyen Quynh Phu, Dong Hung');
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => isPlainSms(smsValue(text))));
  expect(SMS_CODE_LENGTH).toBe(CODE.length);
});

test.each(['https://nv.example', 'https://nhac-viec.sct.thaibinh.example', 'https://nv.example/~a'])('at %s every text to be registered fits, and no gateway refuses a character of it', (smsPublicUrl) => {
  const texts = registeredTexts('SCT TB', smsPublicUrl);
  expect(new Set(texts.map(({ id }) => id)).size).toBe(texts.length);
  expect(texts.map(({ id }) => id)).toEqual(expect.arrayContaining(['due-today-no-link', 'many-no-link', 'confidential', 'undelivered-mail-no-link']));
  for (const { example, text, parameters } of texts) {
    expectOneSegment(example);
    expect(text.match(/\{\d+\}/gu)).toHaveLength(parameters.length);
  }
});

test('a text says which approved text it is and its values in order, the slot of the link among them', () => {
  const out = sms([item('due-today', { notice: { rung: 'T-0' }, facts: { decidedOn: '2019-12-31' } })], { on: '2019-12-31' })!;
  expect(out).toMatchObject({ template: 'due-today', parameters: ['CN18-05', 'S.KHDT', '31/12/2019', '8KQ2M7XD'] });
  expect(asRegistered(out, 'https://nv.example')).toBe(out.text);
});

describe('where the mail did not arrive', () => {
  const fallback = (notice: NoticeItem): NoticeItem => ({ ...notice, isFallback: true });
  const byMailAlone = item('confirmed', { notice: { channels: ['email'] } });

  test.each(CASES)('%s is said, with its own words where it has some, and fits', (name, notice) => {
    const [own, out] = [sms([notice]), sms([fallback({ ...notice, notice: { ...notice.notice, channels: ['email'] } })])!];
    expect(out.template).toBe(own?.template ?? (notice.task?.confidential ? 'confidential' : 'undelivered-mail'));
    expectOneSegment(out.text.replace('8KQ2M7XD', CODE));
    expect(WITH_SMS.includes(name)).toBe(own !== null);
  });
  test('of a notice without an SMS text it says whose mail about what did not arrive', () => {
    expect(sms([byMailAlone])).toBeNull();
    expect(sms([fallback(byMailAlone)])!.text).toBe('SCT TB: Thu dien tu gui S.KHDT ve CN18-05 khong den noi. De nghi xem noi dung va bao lai dia chi thu: https://nv.example/t/8KQ2M7XD');
  });
  test('a text without room for its link does not point to a mail that never came', () => {
    const smsPublicUrl = 'https://nhac-viec.sct.thaibinh.example/nhac-viec';
    for (const items of [[item('due-soon', { notice: { rung: 'T-5' } })], [byMailAlone], [byMailAlone, item('overdue', { notice: { rung: 'L2' } })]]) {
      const out = sms(items.map(fallback), { smsPublicUrl })!;
      expect(out).toMatchObject({ hasLink: false, template: 'undelivered-mail-no-link' });
      expect(out.text).not.toContain('Xem thu');
      expectOneSegment(out.text);
    }
  });
  test('of a confidential task it shows code and date', () => {
    expect(sms([fallback(item('confirmed', { task: { confidential: true } }))])!.text).toBe('SCT TB: Nhiem vu CN18-05, han 31/12/2019. De nghi xem van ban da gui qua duong van thu.');
  });
});

test('a due date that is read on a later day of its term is not called today', () => {
  const late = item('due-today', { notice: { rung: 'T-0' }, facts: { decidedOn: '2022-12-30', dueOn: '2022-12-31' } });
  expect(sms([late], { on: '2023-01-03' })).toMatchObject({ template: 'due-date' });
  expect(sms([late], { on: '2023-01-03' })!.text).not.toMatch(/HOM NAY/u);
});

test('a code says what it is for: the act and the task, or what it opens', () => {
  const code = (facts: object) => renderSms(input([item('one-time-code', {
    notice: { about: { type: 'position', id: 'tb-sct/officer' }, task: null, class: 'code', channels: ['sms'] }, task: null, slot: 'X8KQ2M', facts: { dueOn: null, ...facts },
  })]));
  expect(code({ act: 'confirm', forTask: 'CN18-05' })).toMatchObject({
    text: 'SCT TB: Ma xac nhan X8KQ2M: Xac nhan hoan thanh, nhiem vu CN18-05. Hieu luc 10 phut, khong cung cap ma nay cho bat ky ai.', template: 'one-time-code',
  });
  expect(code({ opens: 'board' })).toMatchObject({ text: expect.stringContaining(': Mo bang theo doi, thu va tin nhan. Hieu luc'), template: 'one-time-code-page' });
  const weighty = Object.values(ACT_NAMES).map((viec) => smsValue(viec).length);
  expect(Math.max(...weighty)).toBeLessThanOrEqual(WORST_VALUES.viec.length);
});

import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readSettings, SettingsError } from '../../../config/env';
import { readGateway } from '../../../config/gateways/read';
import { readAnswer } from '../../../domain/sms-answer';
import type { SmsBody, SmsGatewayDescription } from '../../../domain/sms-gateway';
import { type FilledRequest, fillRequest } from '../../../domain/sms-request';

const folder = mkdtempSync(join(tmpdir(), 'dondoc-gateways-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SHIPPED = join(__dirname, '..', '..', '..', 'config', 'gateways');
type Loose = Record<string, unknown> & { request: Record<string, unknown>; answer: Record<string, unknown> };
/** A shipped description with a change, as a site would write it into a file of its own. */
const written = (change: (description: Loose) => void, name = 'esms'): string => {
  const description = parse(readFileSync(join(SHIPPED, `${name}.yaml`), 'utf8')) as Loose;
  change(description);
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, stringify(description));
  return path;
};
const read = (path: string): SmsGatewayDescription => {
  const result = readGateway(path, folder);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
};
const problems = (change: (description: Loose) => void): string[] => {
  const result = readGateway(written(change), folder);
  return result.ok ? [] : result.problems.map(({ where, message, accepted }) => `${where}: ${message} → ${accepted}`);
};

describe('a description', () => {
  test('as the documentation shows it is accepted', () => {
    const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'sms-gateways.md'), 'utf8');
    const path = join(folder, 'documented.yaml');
    writeFileSync(path, /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
    expect(read(path)).toMatchObject({ name: 'my-gateway', receipt: { from: 'query' } });
  });
  test('of a site stands in a file of its own', () => {
    expect(read(written((d) => { d['name'] = 'cua-so'; })).name).toBe('cua-so');
    expect(readGateway('khong-co.yaml', folder)).toMatchObject({ ok: false, problems: [{ where: 'SMS_GATEWAY' }] });
  });
  test.each<[string, (d: Loose) => void, string]>([
    ['an unknown entry', (d) => { d['retries'] = 3; }, 'mục không được biết: retries'],
    ['an unknown placeholder', (d) => { d.request['query'] = { a: '{phone}' }; }, 'không có giá trị {phone}'],
    ['no place for the number', (d) => { d.request['body'] = { type: 'form', fields: { t: '{text}', k: '{key}' } }; }, 'không có chỗ cho số điện thoại'],
    ['no place for the text', (d) => { d.request['body'] = { type: 'form', fields: { t: '{to}', k: '{key}' } }; }, 'không có chỗ cho nội dung'],
    ['a key that holds but is not sent', (d) => { d.request['body'] = { type: 'form', fields: { t: '{to}', x: '{text}' } }; }, 'yêu cầu không mang mã chống trùng'],
    ['no sign of success', (d) => { d.answer['rules'] = [{ when: { status: 200 }, means: 'rejected' }]; }, 'không có dấu hiệu thành công'],
    ['a rule about a value that is not read', (d) => { d.answer['rules'] = [{ when: { state: 'ok' }, means: 'accepted' }]; }, 'quy tắc dùng giá trị chưa đọc: state'],
    ['a wrong expression', (d) => { d.answer['rules'] = [{ when: { code: '(' }, means: 'accepted' }]; }, 'không phải biểu thức chính quy'],
    ['an unknown meaning', (d) => { d.answer['rules'] = [{ when: { code: '1' }, means: 'fine' }]; }, 'accepted, duplicate, rejected, deferred'],
    ['receipts about no message', (d) => { d['receipt'] = { from: 'query', values: { state: 's' }, rules: [{ when: { state: '1' }, means: 'delivered' }] }; }, 'không biết báo phát nói về tin nào'],
    ['a callback that nobody reads', (d) => { delete d['receipt']; }, 'không nêu cách đọc báo phát'],
  ])('with %s is refused, and the problem says what would be accepted', (_, change, said) => {
    expect(problems(change).join('\n')).toContain(said);
  });
});

describe('settings of a gateway', () => {
  const refusedFor = (env: Record<string, string>): SettingsError => {
    try {
      readSettings(env, folder);
    } catch (error) {
      if (error instanceof SettingsError) return error;
    }
    throw new Error('the settings were accepted');
  };
  const whole = { SMS_GATEWAY: 'esms', SMS_USER: 'u', SMS_PASSWORD: 'hunter2', SMS_SENDER: 'SCT.TB' };

  test('are those that the description names, with its own values where they may be left out', () => {
    const { sms, smsCallbackSecret } = readSettings({ ...whole, SMS_TYPE: '8', SMS_OTHER: 'x', SMS_CALLBACK_SECRET: 'a'.repeat(32) }, folder);
    expect(sms).toMatchObject({ description: { name: 'esms' }, values: { SMS_USER: 'u', SMS_PASSWORD: 'hunter2', SMS_SENDER: 'SCT.TB', SMS_TYPE: '8' } });
    expect(Object.keys(sms?.values ?? {})).not.toContain('SMS_OTHER');
    expect(smsCallbackSecret).toBe('a'.repeat(32));
    expect(readSettings({}, folder)).toMatchObject({ sms: null, smsCallbackSecret: null });
  });
  test('that are missing are named at once, together with what else is wrong, and none is repeated', () => {
    const error = refusedFor({ SMS_GATEWAY: 'kannel', SMS_PASSWORD: 'hunter2', LOG_LEVEL: 'loud', SMS_CALLBACK_SECRET: 'hunter3' });
    expect(error.problems.map((p) => p.variable).sort()).toEqual(['LOG_LEVEL', 'SMS_CALLBACK_SECRET', 'SMS_SENDER', 'SMS_URL', 'SMS_USER']);
    expect(error.message + JSON.stringify(error)).not.toMatch(/hunter/);
  });
  test('an address that is none is a problem of its variable', () => {
    expect(refusedFor({ SMS_GATEWAY: 'kannel', SMS_URL: 'kannel:13013', SMS_USER: 'u', SMS_PASSWORD: 'p', SMS_SENDER: 's' }).problems).toMatchObject([{ variable: 'SMS_URL' }]);
  });
  test('a gateway that sends by template needs the operator’s numbers in a file of the site', () => {
    const env = { SMS_URL: 'https://sms.operator.example/api', SMS_USER: 'u', SMS_API_USER: 'a', SMS_PASSWORD: 'p', SMS_SENDER: '1', SMS_CONTRACT: '2', SMS_AGENT: '3' };
    expect(refusedFor({ ...env, SMS_GATEWAY: 'vnpt' }).message).toContain('chưa có mã mẫu nào');
    const path = written((d) => { d['templates'] = { 'due-today': 386872 }; }, 'vnpt');
    expect(readSettings({ ...env, SMS_GATEWAY: path }, folder).sms?.description.templates).toEqual({ 'due-today': '386872' });
  });
});

/** Half a pair of UTF-16 has no bytes in UTF-8: it goes out as the sign for what is lost. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

describe('a request', () => {
  const filledWith = (body: SmsBody, values: { readonly text: string; readonly password?: string }, request: Partial<SmsGatewayDescription['request']> = {}): FilledRequest => {
    const base = read('esms');
    const description: SmsGatewayDescription = { ...base, text: { charset: 'unicode', maxLength: 2_000, forbidden: '' }, request: { ...base.request, body, ...request } };
    const filled = fillRequest(description, { to: '+84000000001', text: values.text, key: 'k', callback: '' }, { SMS_PASSWORD: values.password ?? 'p', SMS_URL: 'https://g.example/send' });
    if (!filled.ok) throw new Error(filled.reason);
    return filled.request;
  };
  const anyText = fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), fc.constantFrom('"}]', '&a=b', '</Content><x>', '{key}{SMS_PASSWORD}', ']]>', '%26', 'đấu "sắc" & \u00a0', 'a\ud800b'));

  test('holds any text as it is, in JSON, in a form and in a query', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(JSON.parse(filledWith({ type: 'json', value: { a: '{text}' } }, { text }).body ?? '')).toEqual({ a: text });
      expect(new URLSearchParams(filledWith({ type: 'form', fields: { a: '{text}' } }, { text }).body ?? '').get('a')).toBe(wellFormed(text));
      expect(new URL(filledWith({ type: 'none' }, { text }, { query: { a: '<{text}>' } }).url).searchParams.get('a')).toBe(`<${wellFormed(text)}>`);
    }));
  });
  test('in XML no text ends its element, and it reads back as it was', () => {
    fc.assert(fc.property(anyText, (text) => {
      const body = filledWith({ type: 'xml', template: '<a><t>{text}</t><end>1</end></a>' }, { text }).body ?? '';
      const { said } = readAnswer({ values: { t: { xml: 't' }, end: { xml: 'end' } }, rules: [] }, { status: 200, body });
      expect(said).toContain('end=1');
      expect(body.match(/</g)).toHaveLength(6);
    }));
    const body = filledWith({ type: 'xml', template: '<t>{text}</t>' }, { text: 'A & "B" <c> \'d\'' }).body ?? '';
    expect(body).toBe('<t>A &amp; &quot;B&quot; &lt;c&gt; &apos;d&apos;</t>');
    expect(readAnswer({ values: { t: { xml: 't' } }, rules: [] }, { status: 200, body }).said).toBe('200 t=A & "B" <c> \'d\': no rule');
  });
  test('no setting begins a header of its own, and none becomes part of the path of an address', () => {
    const { headers, url } = filledWith({ type: 'none' }, { text: 't', password: 'a\r\nx-evil: 1/../?b' }, { url: '{SMS_URL}/{SMS_PASSWORD}', headers: { 'X-Token': '{SMS_PASSWORD}' } });
    expect(headers).toEqual({ 'x-token': 'ax-evil: 1/../?b' });
    expect(url).toBe('https://g.example/send/a%0D%0Ax-evil%3A%201%2F..%2F%3Fb');
  });
  test('a field whose placeholder has no value is left out', () => {
    expect(filledWith({ type: 'form', fields: { t: '{text}', cb: '{callback}?key={key}' } }, { text: 'x' }).body).toBe('t=x');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readGateway, readGatewaySettings, SHIPPED_GATEWAYS } from '../../../config/gateways/read';
import { readAnswer, readReceipts } from '../../../domain/sms-answer';
import type { SmsGatewayDescription, SmsMessage } from '../../../domain/sms-gateway';
import { type FilledRequest, fillRequest, sendsByTemplate } from '../../../domain/sms-request';

/** What a gateway is recorded to take and to say; a new description needs a file like these and no code. */
type Kit = {
  readonly settings: Record<string, string>;
  readonly templates?: Record<string, string>;
  readonly request: { readonly method: string; readonly url: string; readonly json?: unknown; readonly query?: Record<string, string>; readonly basic?: unknown; readonly holds?: readonly string[] };
  readonly answers: readonly { readonly status?: number; readonly body: string; readonly outcome: string; readonly badAddress?: boolean; readonly id?: string }[];
  readonly receipts: readonly { readonly query?: string; readonly json?: string; readonly says: readonly object[] }[];
};

const KEY = '0123456789abcdef0123';
const kitOf = (name: string): Kit => parse(readFileSync(join(__dirname, '..', '..', 'fixtures', 'gateways', `${name}.yaml`), 'utf8')) as Kit;
const describedBy = (name: string): SmsGatewayDescription => {
  const read = readGateway(name, '/');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { ...read.value, templates: { ...read.value.templates, ...kitOf(name).templates } };
};
const message = (name: string): SmsMessage => ({
  to: '+84000000001', text: 'Nhiem vu "CN18-05": han 31/12/2019', key: KEY, callback: `https://nv.example/sms/receipt/${name}/s`,
  template: { id: 'due-today', parameters: ['CN18-05', 'S."KHDT"'] },
});
const filledFor = (name: string, more: Partial<SmsMessage> = {}): FilledRequest => {
  const filled = fillRequest(describedBy(name), { ...message(name), ...more }, kitOf(name).settings);
  if (!filled.ok) throw new Error(filled.reason);
  return filled.request;
};

describe.each(SHIPPED_GATEWAYS)('%s', (name) => {
  const kit = kitOf(name);
  const description = describedBy(name);

  test('is asked as its paper says, every value escaped for its place', () => {
    const { method, url, body, basic } = filledFor(name);
    expect({ method, url: url.split('?')[0], basic }).toEqual({ method: kit.request.method, url: kit.request.url, basic: kit.request.basic ?? null });
    if (kit.request.json !== undefined) expect(JSON.parse(body ?? '')).toEqual(kit.request.json);
    if (kit.request.query !== undefined) expect(Object.fromEntries(new URL(url).searchParams)).toEqual(kit.request.query);
    for (const part of kit.request.holds ?? []) expect(body).toContain(part);
  });

  test.each(kit.answers.map((a) => [`${a.status ?? 200} ${a.body.slice(0, 60)}`, a] as const))('answers %s', (_, { status = 200, body, outcome, badAddress = false, id }) => {
    const read = readAnswer(description.answer, { status, body });
    expect({ outcome: read.outcome, badAddress: read.isBadAddress, id: read.id }).toEqual({ outcome, badAddress, id });
  });

  test('reports as recorded, where it calls back at all', () => {
    expect(kit.receipts.length > 0).toBe(description.receipt !== null);
    const read = kit.receipts.map(({ query, json }) =>
      readReceipts(description.receipt!, { fields: Object.fromEntries(new URLSearchParams(query ?? '')), body: json ?? '' }).map(({ said: _said, ...report }) => report));
    expect(read).toEqual(kit.receipts.map(({ says }) => says.map((report) => ({ isBadAddress: false, ...report }))));
  });

  test('garbage says nothing: an answer is ambiguous, a receipt is none', () => {
    for (const body of ['', '<', '{', 'null', '[]', '<html></html>', '\u0000'.repeat(100), 'OK', '"100"']) {
      expect(readAnswer(description.answer, { status: 200, body }).outcome).toBe('ambiguous');
      if (description.receipt !== null) expect(readReceipts(description.receipt, { fields: { a: body }, body })).toEqual([]);
    }
  });

  test('names every setting that it needs', () => {
    const read = readGatewaySettings(name, {}, '/');
    if (read.ok) throw new Error('it was accepted without any setting');
    expect(read.problems.map((p) => p.variable)).toEqual(expect.arrayContaining(Object.keys(kit.settings)));
    const whole = readGatewaySettings(name, kit.settings, '/');
    expect(whole.ok || whole.problems.every((p) => sendsByTemplate(description) && p.variable === 'SMS_GATEWAY')).toBe(true);
  });
});

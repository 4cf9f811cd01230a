import { randomBytes } from 'node:crypto';
import type { GatewaySettings } from '../../../config/gateways/read';
import { readAnswer } from '../../../domain/sms-answer';
import type { SmsMessage } from '../../../domain/sms-gateway';
import { type FilledRequest, fillRequest } from '../../../domain/sms-request';
import { type CivilDate, dmy, type Instant } from '../../../domain/time';
import { registeredTexts } from '../../../messages';
import type { TestResult } from './result';

const MAX_ANSWER = 64 * 1024;
/** A text that operators know, about no task at all: it counts none. */
const TEXT = 'many-no-link';

/** The approved text with values that say it is a test: operators drop any other. */
export const testText = (smsPrefix: string, smsPublicUrl: string, today: CivilDate): Pick<SmsMessage, 'text' | 'template'> => {
  const form = registeredTexts(smsPrefix, smsPublicUrl).find(({ id }) => id === TEXT);
  if (form === undefined) return { text: `${smsPrefix}: Tin thu` };
  const values: Readonly<Record<string, string>> = { n: '0', nv: 'KIEM TRA', dv: smsPrefix, ngay: dmy(today), han: dmy(today), gui: dmy(today) };
  const parameters = form.parameters.map((name) => values[name] ?? '0');
  return { text: form.text.replace(/\{(\d+)\}/g, (_, n: string) => parameters[Number(n) - 1] ?? ''), template: { id: form.id, parameters } };
};

const property = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);
const NOT_CONNECTED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const withoutAnswer = (error: unknown): TestResult => {
  const code = property(property(error, 'cause'), 'code') ?? property(error, 'name');
  return { outcome: NOT_CONNECTED.includes(code) ? 'not-sent' : 'ambiguous', said: String(code) };
};

const ask = async ({ method, url, headers, basic, body }: FilledRequest, timeoutMs: number): Promise<{ readonly status: number; readonly body: string }> => {
  const authorization = basic === null ? {} : { authorization: `Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString('base64')}` };
  const response = await fetch(url, { method, headers: { ...headers, ...authorization }, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  return { status: response.status, body: (await response.text()).slice(0, MAX_ANSWER) };
};

/** Through the gateway of the site's description, once, with no receipt asked for. Settings that the answer repeats are blotted out. */
export const sendTestSms = async ({ description, values }: GatewaySettings, to: string, text: ReturnType<typeof testText>): Promise<TestResult> => {
  const filled = fillRequest(description, { ...text, to, key: randomBytes(10).toString('hex'), callback: '' }, values);
  if (!filled.ok) return { outcome: 'rejected', said: filled.reason };
  try {
    const { outcome, said } = readAnswer(description.answer, await ask(filled.request, description.limits.timeoutSeconds * 1_000));
    return { outcome, said: Object.values(values).filter((v) => v.length >= 4).reduce((words, value) => words.replaceAll(value, '***'), said) };
  } catch (error) {
    return withoutAnswer(error);
  }
};

/** To a phone of the embedded inbox. */
export const sendTestToInbox = async (inboxUrl: string, to: string, text: string, at: Instant): Promise<TestResult> => {
  try {
    const response = await fetch(`${inboxUrl}/api/sms`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to, text, key: `test-${randomBytes(8).toString('hex')}`, at }), signal: AbortSignal.timeout(10_000),
    });
    return { outcome: response.ok ? 'accepted' : 'rejected', said: String(response.status) };
  } catch (error) {
    return withoutAnswer(error);
  }
};

import type { SmsGateway } from '../ports';

const TIMEOUT_MS = 10_000;
/** Refused before anything was written: the request cannot have arrived. */
const NOT_CONNECTED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

const property = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);
const causeCode = (error: unknown): unknown => property(property(error, 'cause'), 'code');

/** Text messages to the phones of the embedded inbox; the inbox keeps one message per key. `url`: `http://127.0.0.1:8025`. */
export const createEmbeddedSms = ({ url }: { readonly url: string }): SmsGateway => ({
  name: 'inbox', ratePerSecond: null, concurrency: 10, keyHoldsMinutes: Number.POSITIVE_INFINITY,
  send: async (sms) => {
    try {
      const response = await fetch(`${url}/api/sms`, {
        method: 'POST', headers: { 'content-type': 'application/json', connection: 'close' }, body: JSON.stringify(sms), signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok) return { outcome: 'accepted', detail: `${response.status}` };
      return { outcome: response.status >= 400 && response.status < 500 ? 'rejected' : 'not-sent', detail: `${response.status}` };
    } catch (error) {
      const code = causeCode(error);
      return { outcome: NOT_CONNECTED.includes(code) ? 'not-sent' : 'ambiguous', detail: `inbox: ${String(code ?? 'no answer')}` };
    }
  },
});

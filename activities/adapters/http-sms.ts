import { readAnswer } from '../../domain/sms-answer';
import type { SmsGatewayDescription, SmsSettings } from '../../domain/sms-gateway';
import { type FilledRequest, fillRequest } from '../../domain/sms-request';
import type { OutgoingSms, SendResult, SmsGateway } from '../ports';

export type HttpSmsOptions = {
  readonly description: SmsGatewayDescription;
  readonly settings: SmsSettings;
  /** Where receipts are to be sent, with the secret in its path; null where none are asked for. */
  readonly callbackUrl: string | null;
};

/** More of an answer is never read: what it says stands at its beginning. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** The connection never stood, so that no byte of the request was written. */
const NOT_CONNECTED: readonly string[] = [
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID',
];

const property = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);

/** What a request without an answer means: only where no connection stood is it certain that nothing was taken. */
const withoutAnswer = (error: unknown): SendResult => {
  const cause = property(error, 'cause');
  const tries: unknown = property(cause, 'errors');
  const code = property(cause, 'code') ?? property(error, 'name') ?? 'unknown';
  const neverStood = (one: unknown): boolean => property(one, 'syscall') === 'connect' || NOT_CONNECTED.includes(String(property(one, 'code')));
  const isNotSent = Array.isArray(tries) && tries.length > 0 ? tries.every(neverStood) : neverStood(cause);
  return { outcome: isNotSent ? 'not-sent' : 'ambiguous', detail: `no answer: ${String(code)}` };
};

const readBody = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
};

const ask = async ({ method, url, headers, basic, body }: FilledRequest, timeoutMs: number): Promise<{ readonly status: number; readonly body: string }> => {
  const authorization = basic === null ? {} : { authorization: `Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString('base64')}` };
  const response = await fetch(url, {
    // A connection that is kept may be closed by the other side at the moment of writing, and then nobody knows: each message has its own.
    method, headers: { ...headers, ...authorization, connection: 'close' }, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, body: await readBody(response) };
};

/** Waits until one of `count` places is free. */
const places = (count: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
};

/** What an answer repeats of our own secrets is blotted out. */
const blotted = (text: string, settings: SmsSettings): string =>
  Object.values(settings).filter((value) => value.length >= 4).reduce((said, value) => said.replaceAll(value, '***'), text);

/**
 * Text messages through the gateway of a description, one request each; it never repeats by itself. The answer decides, whatever its status; an answer
 * that fits no rule, or that breaks off, is ambiguous. Only where no connection stood is a message certainly not sent.
 */
export const createHttpSms = ({ description, settings, callbackUrl }: HttpSmsOptions): SmsGateway => {
  const { name, key, limits, answer } = description;
  const place = places(limits.concurrency);
  const send = async ({ to, text, key: id, template }: OutgoingSms): Promise<SendResult> => {
    const filled = fillRequest(description, { to, text, key: id, callback: callbackUrl ?? '', ...(template === undefined ? {} : { template }) }, settings);
    if (!filled.ok) return { outcome: 'rejected', detail: filled.reason, isBadAddress: filled.isBadAddress };
    let got: Awaited<ReturnType<typeof ask>>;
    try {
      got = await ask(filled.request, limits.timeoutSeconds * 1_000);
    } catch (error) {
      return withoutAnswer(error);
    }
    const read = readAnswer(answer, got);
    const detail = blotted(read.outcome === 'ambiguous' ? `${read.said}; ${got.body.slice(0, 200)}` : read.said, settings);
    return { outcome: read.outcome, detail, ...(read.id === undefined ? {} : { providerId: read.id }), ...(read.isBadAddress ? { isBadAddress: true } : {}) };
  };
  return { name, ratePerSecond: limits.ratePerSecond, concurrency: limits.concurrency, keyHoldsMinutes: key.holdsMinutes, send: (sms) => place(() => send(sms)) };
};

/** The address for receipts that a gateway is given: `client/web/receipt-routes.ts` answers there. */
export const callbackUrlOf = (publicUrl: string, gateway: string, secret: string | null): string | null =>
  secret === null ? null : `${publicUrl}/sms/receipt/${gateway}/${encodeURIComponent(secret)}`;

/**
 * The post's hands in a process of its own, without Temporal: freeze, send, attend when the parent says so. Its ports are wrapped, so that it stops at a gate
 * of the parent's choice and waits there, to be killed or to go on. Logs go to the parent, who searches them.
 */
import { createAttend } from '../../activities/attend';
import { createHttpSms } from '../../activities/adapters/http-sms';
import { createSmtpMailer } from '../../activities/adapters/smtp';
import { createFreeze } from '../../activities/freeze';
import type { Log, Mailer, SendResult, SmsGateway } from '../../activities/ports';
import { createSend } from '../../activities/send';
import { createPace } from '../../activities/send/pace';
import type { SmsGatewayDescription } from '../../domain/sms-gateway';
import type { Instant } from '../../domain/time';
import { connectLedger } from '../../ledger/connect';
import { renderMail, renderSms } from '../../messages';
import { linkKeys, reportId } from '../support/delivery';
import { inputOf, say, serve } from './child';

export const GATES = ['planned', 'before-connect', 'body-started', 'answered', 'recorded'] as const;
export type Gate = (typeof GATES)[number];
export type WorkerInput = { readonly ledgerUrl: string; readonly smtpUrl: string; readonly gateway: SmsGatewayDescription | null; readonly silenceMs: number };
export type Order =
  | { readonly id: number; readonly do: 'freeze' | 'send'; readonly now: Instant }
  | { readonly id: number; readonly do: 'attend'; readonly now: Instant; readonly key: string };
/** `who` is left out where the gate stops everybody. */
export type ToWorker = Order | { readonly gate: { readonly at: Gate; readonly who?: string } | null } | { readonly go: true } | { readonly kept: true };
export type FromWorker =
  | { readonly ready: true } | { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: string }
  | { readonly reached: Gate } | { readonly start: { readonly key: string; readonly at: Instant } } | { readonly logged: string };

const { ledgerUrl, smtpUrl, gateway, silenceMs } = inputOf<WorkerInput>();
const ledger = connectLedger({ connectionString: ledgerUrl }, { max: 10 });
let gate: { readonly at: Gate; readonly who?: string } | null = null;
const goOn: (() => void)[] = [];
const kept: (() => void)[] = [];

const pass = async (at: Gate, who?: string): Promise<void> => {
  if (gate?.at !== at || (gate.who !== undefined && gate.who !== who)) return;
  gate = null;
  const waiting = new Promise<void>((resolve) => goOn.push(resolve));
  await say({ reached: at });
  await waiting;
};

const log: Log = {
  info: (fields, message) => { void say({ logged: JSON.stringify([fields, message]) }); },
  warn: (fields, message) => { void say({ logged: JSON.stringify([fields, message]) }); },
};
const smtp = createSmtpMailer({ url: smtpUrl, from: 'don-doc@thaibinh.example', reportId, silenceMs });
const passed = async (to: string, send: () => Promise<SendResult>): Promise<SendResult> => {
  await pass('before-connect', to);
  const result = await send();
  await pass('answered', to);
  return result;
};
const mailer: Mailer = {
  close: () => smtp.close(),
  send: ({ to, key, body }) => passed(to, () => smtp.send({
    to, key, body: async () => {
      const bytes = await body();
      await pass('body-started', to);
      return bytes;
    },
  })),
};
const http = gateway === null ? null : createHttpSms({ description: gateway, settings: {}, callbackUrl: null });
const sms: SmsGateway = {
  name: gateway?.name ?? 'none', ratePerSecond: null, concurrency: 10, keyHoldsMinutes: http?.keyHoldsMinutes ?? null,
  send: (one) => (http === null ? Promise.resolve({ outcome: 'rejected', detail: 'no gateway' }) : passed(one.to, () => http.send(one))),
};
const startMessage = async (key: string, at: Instant): Promise<void> => {
  const isKept = new Promise<void>((resolve) => kept.push(resolve));
  await say({ start: { key, at } });
  await isKept;
};
const mailFrom = 'Đôn đốc <don-doc@thaibinh.example>';
const settings = { publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example', mailFrom, linkKeys, dailyLimit: 1_000_000, keepBodiesDays: 1_095 };
const noPace = { email: createPace(null), sms: createPace(null) };
const deps = {
  ledger, mailer, sms, linkKeys, log, settings, renderMail, renderSms, startMessage, pokePost: async () => undefined, hasSms: gateway !== null, pace: noPace,
};
const hands = { freeze: createFreeze(deps), send: createSend(deps), attend: createAttend(deps) };

/** `planned` is passed before anything is frozen; in the middle of freezing, the ledger's line stops it. */
const obey = async (order: Order): Promise<void> => {
  try {
    if (order.do === 'freeze') await pass('planned');
    const { now } = order;
    const answer = order.do === 'attend' ? await hands.attend({ now, key: order.key })
      : order.do === 'send' ? await hands.send({ now, limit: 500 }) : await hands.freeze({ now });
    if (order.do === 'send') await pass('recorded');
    await say({ id: order.id, answer });
  } catch (error) {
    await say({ id: order.id, error: error instanceof Error ? error.message : String(error) });
  }
};

serve<ToWorker>((told) => {
  if ('gate' in told) gate = told.gate;
  else if ('go' in told) goOn.splice(0).forEach((go) => go());
  else if ('kept' in told) kept.shift()?.();
  else void obey(told);
});
void say({ ready: true });

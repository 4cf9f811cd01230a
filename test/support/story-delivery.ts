import type { Client } from '@temporalio/client';
import type { SmsGateway } from '../../activities/ports';
import { addressesOf } from '../../client/addresses';
import { act, type TaskWorkflow } from '../../contracts/task';
import { taskWorkflowId } from '../../contracts/ids';
import { SLOT_MINUTES } from '../../domain/calendar';
import { rehearse } from '../../domain/rehearsal';
import { type Instant, isoInstant, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { createDependencies } from '../../worker/dependencies';
import { exampleStory } from './story';

const SILENT = { info: () => undefined, warn: () => undefined };
export type Phones = { readonly to: string; readonly text: string }[];

/** The activities of a worker that really delivers: mails to an SMTP server, text messages into a list. */
export const deliveringActivities = (ledger: Ledger, client: Client, smtpUrl: string, phones: Phones = []): ReturnType<typeof createDependencies> => {
  const sms: SmsGateway = {
    name: 'phones', ratePerSecond: null, concurrency: 10, keyHoldsMinutes: null,
    send: async ({ to, text }) => { phones.push({ to, text }); return { outcome: 'accepted', detail: 'taken' }; },
  };
  return createDependencies({
    settings: { publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example', mailFrom: 'Đôn đốc <don-doc@thaibinh.example>' },
    smtpUrl, linkSecret: 'a secret of the tests, at least 32 characters', ledger, client, log: SILENT, sms,
  });
};

export type StoryAct = ReturnType<typeof exampleStory>['acts'][number];
/** One act of the story as its person would do it; refused ones are part of no story. */
export const doAct = (client: Client, { task, command }: StoryAct): Promise<unknown> =>
  client.workflow.getHandle<TaskWorkflow>(taskWorkflowId(task)).executeUpdate(act, { args: [command] });

type Sent = { readonly at: Instant; readonly channel: string; readonly class: string; readonly address: string; readonly notices: readonly string[] };
const slotOf = (at: Instant): string => isoInstant(at - (at % (SLOT_MINUTES * MINUTE_MS))).slice(0, 16);
/** Slot, channel, class, receiver and the keys of what it says: two messages with the same line are the same message. */
const lineOf = (m: Sent): string => `${slotOf(m.at)} ${m.channel} ${m.class} ${m.address} ${[...m.notices].sort().join(' ')}`;

export type Told = { readonly notices: readonly string[]; readonly messages: readonly string[] };

/** What the rehearsal of the example story says, sorted: keys with receivers, and a line for each message. */
export const rehearsed = (startId: string, until: Instant): Told => {
  const { seeds, acts, directory } = exampleStory();
  const input = { seeds: seeds.map((seed) => ({ ...seed, startId })), acts: acts.filter((a) => a.at < until), until };
  const played = rehearse({ ...input, addressOf: addressesOf(directory.seats) });
  return {
    notices: played.notices.map((n) => `${n.key} → ${n.to}`).sort(),
    messages: played.messages.map((m) => lineOf({ ...m, notices: m.notices.map((n) => n.key) })).sort(),
  };
};

/** The same of what a ledger shows as planned and as sent. */
export const delivered = async (ledger: Ledger, until: Instant): Promise<Told> => {
  const [notices, messages, deliveries] = await Promise.all([
    ledger.selectFrom('notice').select(['key', 'to_position', 'decided_at']).execute(),
    ledger.selectFrom('message').select(['key', 'channel', 'class', 'address', 'frozen_at']).where('state', '=', 'accepted').execute(),
    ledger.selectFrom('delivery').select(['message', 'notice']).where('message', 'is not', null).execute(),
  ]);
  const keysOf = new Map<string, string[]>();
  for (const { message, notice } of deliveries) if (message !== null) keysOf.set(message, [...(keysOf.get(message) ?? []), notice]);
  return {
    notices: notices.filter((n) => n.decided_at <= until).map((n) => `${n.key} → ${n.to_position}`).sort(),
    messages: messages.filter((m) => m.frozen_at <= until).map((m) => lineOf({ ...m, at: m.frozen_at, notices: keysOf.get(m.key) ?? [] })).sort(),
  };
};

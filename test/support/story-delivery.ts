import type { Client } from '@temporalio/client';
import type { SmsGateway } from '../../activities/ports';
import { addressesOf } from '../../client/addresses';
import { type ActDoor, actOnTask } from '../../client/tasks';
import { SLOT_MINUTES } from '../../domain/calendar';
import { rehearse } from '../../domain/rehearsal';
import { type Instant, isoInstant, MINUTE_MS } from '../../domain/time';
import type { Ledger } from '../../ledger/connect';
import { createDependencies } from '../../worker/dependencies';
import { LINK_SECRET } from './door';
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
    smtpUrl, linkSecret: LINK_SECRET, ledger, client, log: SILENT, sms,
  });
};

export type StoryAct = ReturnType<typeof exampleStory>['acts'][number];
/** One act of the story as its person would do it. Answers `CN18-05 submit accepted`, or with the code of the refusal. */
export const doAct = async (door: ActDoor, { at, task, command }: StoryAct): Promise<string> => {
  const answer = await actOnTask(door, task, command, at);
  return `${task} ${command.act} ${answer.ok ? 'accepted' : answer.code}`;
};

type Arrival = { readonly at: Instant; readonly channel: string; readonly address: string };
type Sent = Arrival & { readonly class: string; readonly notices: readonly string[] };
const slotOf = (at: Instant): string => isoInstant(at - (at % (SLOT_MINUTES * MINUTE_MS))).slice(0, 16);
/** Slot, channel and receiver: all that a mailbox or a phone can tell. */
export const arrivalLine = ({ at, channel, address }: Arrival): string => `${slotOf(at)} ${channel} ${address}`;
/** The same with class and the keys of what it says: two messages with the same line are the same message. */
const lineOf = (m: Sent): string => `${arrivalLine(m)} ${m.class} ${[...m.notices].sort().join(' ')}`;

export type Told = { readonly notices: readonly string[]; readonly messages: readonly string[] };
export type Rehearsed = Told & { readonly arrivals: readonly string[]; readonly acts: readonly string[] };

/** What the rehearsal of the example story says, sorted: keys with receivers, a line for each message and for its arrival; and the acts as they were taken. */
export const rehearsed = (startId: string, until: Instant): Rehearsed => {
  const { seeds, acts, directory } = exampleStory();
  const input = { seeds: seeds.map((seed) => ({ ...seed, startId })), acts: acts.filter((a) => a.at < until), until };
  const played = rehearse({ ...input, addressOf: addressesOf(directory.seats) });
  return {
    notices: played.notices.map((n) => `${n.key} → ${n.to}`).sort(),
    messages: played.messages.map((m) => lineOf({ ...m, notices: m.notices.map((n) => n.key) })).sort(),
    arrivals: played.messages.map(arrivalLine).sort(),
    acts: played.acts.map((a) => `${a.task} ${a.act} ${a.refusal?.code ?? 'accepted'}`),
  };
};

/** The same of what a ledger shows as planned and as sent. */
export const delivered = async (ledger: Ledger, until: Instant): Promise<Told> => {
  const [notices, messages, deliveries] = await Promise.all([
    ledger.selectFrom('notice').select(['key', 'to_position', 'decided_at']).execute(),
    ledger.selectFrom('message').select(['key', 'channel', 'class', 'address', 'frozen_at']).where('state', 'in', ['accepted', 'delivered']).execute(),
    ledger.selectFrom('delivery').select(['message', 'notice']).where('message', 'is not', null).execute(),
  ]);
  const keysOf = new Map<string, string[]>();
  for (const { message, notice } of deliveries) if (message !== null) keysOf.set(message, [...(keysOf.get(message) ?? []), notice]);
  return {
    notices: notices.filter((n) => n.decided_at <= until).map((n) => `${n.key} → ${n.to_position}`).sort(),
    messages: messages.filter((m) => m.frozen_at <= until).map((m) => lineOf({ ...m, at: m.frozen_at, notices: keysOf.get(m.key) ?? [] })).sort(),
  };
};

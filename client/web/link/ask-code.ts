import { randomBytes } from 'node:crypto';
import type { Act } from '../../../domain/acts';
import type { Channel, Notice } from '../../../domain/notice';
import { dateAt, HOUR_MS, MINUTE_MS } from '../../../domain/time';
import { addressOn } from '../../../domain/address';
import { insertCode, tryCode } from '../../../ledger/codes';
import type { Holder } from '../../../ledger/directory';
import { planNotices, readBadAddresses, settleDeliveries, signalOnce } from '../../../ledger/outbox';
import { readCalendar } from '../../../ledger/calendar';
import { countOne } from '../../../ledger/tally';
import { hashCode, isCode, mintCode, sealOf } from '../../../links';
import { clockOf } from '../../services';
import { pokePost } from '../../tasks';
import type { Acting, LinkDeps } from './deps';
import type { OpenLink } from './open-link';

const CODE_LIFE_MS = 10 * MINUTE_MS;
export const MOST_TRIES = 5;
/**
 * Codes for one link, and for one person by all their links: beyond, who has a link would get more guesses than are
 * safe. One link alone never uses up the person's share, so that whoever holds it cannot keep the person from acting by
 * another.
 */
const LIMITS = [
  { kind: 'code-10m', windowMs: 10 * MINUTE_MS, ofLink: 5, ofPerson: 15 },
  { kind: 'code-day', windowMs: 24 * HOUR_MS, ofLink: 20, ofPerson: 60 },
] as const;
/** The post's clock may stand a moment behind the ledger's: what is for now must be due for both. */
const DUE_BEFORE_MS = HOUR_MS;

/** What one code is for: this act with these fields by this person, pressed by this button, and nothing else. */
export type CodeFor = { readonly press: string; readonly act: string; readonly task: string; readonly fields: object; readonly person: Holder };
type Needed = LinkDeps & { readonly acting: Acting };

const subjectOf = (
  { key }: Acting, { press, act, task, fields, person }: CodeFor
): string => sealOf(key, [press, act, task, person.person, JSON.stringify(fields)]);

/** To the phone; by mail only where there is none. Undefined where the person can be reached by neither. */
export const codeChannel = async ({ ledger, acting }: Needed, person: Holder): Promise<Channel | undefined> => {
  const bad = await readBadAddresses(ledger);
  const isUsable = (channel: Channel): boolean => {
    const address = addressOn(channel, person);
    return address !== undefined && !bad.has(`${channel} ${address}`);
  };
  if (acting.hasSms && isUsable('sms')) return 'sms';
  return isUsable('email') ? 'email' : undefined;
};

/**
 * False where the link or the person had their share; what a link has beyond its own is not counted against the person.
 */
const isWithinLimits = async ({ ledger, realNow }: Needed, link: OpenLink, { person }: Holder): Promise<boolean> => {
  const now = realNow();
  const counts = [
    ...LIMITS.map(({ kind, windowMs, ofLink }) => ({ kind: `${kind}-link`, subject: `${link.row.id} ${person}`, windowMs, most: ofLink })),
    ...LIMITS.map(({ kind, windowMs, ofPerson }) => ({ kind, subject: person, windowMs, most: ofPerson })),
  ];
  for (const { most, ...count } of counts) {
    if ((await countOne(ledger, { ...count, now })) > most) return false;
  }
  return true;
};

/**
 * What the message of a code names: an act on a task (its `id`), or what it opens. `plan` is null where the ledger has
 * none.
 */
export type CodeSubject = { readonly plan: string | null; readonly lead: string; readonly supervisor: string } & (
  { readonly id: string; readonly act: Act } | { readonly opens: 'board' | 'calendar' }
);

const noticeFor = (
  link: OpenLink, subject: CodeSubject, { id, channel, person }: { readonly id: string; readonly channel: Channel; readonly person: Holder }
): Notice => ({
  key: `code|${id}`, about: { type: 'position', id: link.position }, task: null, kind: 'one-time-code', to: link.position, channels: [channel], class: 'code',
  group: id,
  reason: 'asked-for', decidedAt: link.at, sendAt: link.at - DUE_BEFORE_MS,
  facts: {
    lead: subject.lead, supervisor: subject.supervisor, decidedOn: dateAt(link.at), codeId: id, person: person.person,
    ...('act' in subject ? { act: subject.act, forTask: subject.id } : { opens: subject.opens }),
  },
});

export type CodeAsked = { readonly ok: true; readonly id: string; readonly channel: Channel } | { readonly ok: false; readonly why: 'too-many' | 'no-address' };

/**
 * Makes a code and has the post send it at once. Requests are counted in the ledger, for each link and each person.
 * @throws Unreachable where the post cannot be woken: then the code is taken back
 */
export const askCode = async (deps: Needed, link: OpenLink, subject: CodeSubject, wanted: CodeFor): Promise<CodeAsked> => {
  const { ledger, acting } = deps;
  const now = deps.realNow();
  const channel = await codeChannel(deps, wanted.person);
  if (channel === undefined) return { ok: false, why: 'no-address' };
  if (!(await isWithinLimits(deps, link, wanted.person))) return { ok: false, why: 'too-many' };
  const id = randomBytes(12).toString('hex');
  const code = { key: acting.key, codeId: id };
  await insertCode(ledger, {
    id, link: link.row.id, person: wanted.person.person, channel, hash: hashCode(code, mintCode(code)), subject: subjectOf(acting, wanted), madeAt: now,
    expiresAt: now + CODE_LIFE_MS,
  });
  const notice = noticeFor(link, subject, { id, channel, person: wanted.person });
  await planNotices(ledger, [{ notice, plan: subject.plan }]);
  try {
    const calendar = await readCalendar(ledger);
    if (calendar !== undefined) {
      await signalOnce(ledger, async () => pokePost(await acting.temporal(), { clock: await clockOf(ledger, now), calendar }));
    }
  } catch (error) {
    await settleDeliveries(ledger, [{ notice: notice.key, channel, state: 'dropped', reason: 'no-post' }]);
    throw error;
  }
  return { ok: true, id, channel };
};

export type CodeChecked = { readonly ok: true; readonly channel: Channel } | { readonly ok: false; /** Tries that are left. */ readonly left: number };

/**
 * Whether this is the code that was sent for exactly this. Each call is one try, counted before anything is compared.
 */
export const checkCode = async (
  deps: Needed, link: OpenLink, asked: { readonly id: string; readonly typed: string }, wanted: CodeFor
): Promise<CodeChecked> => {
  const tried = await tryCode(deps.ledger, asked.id, { most: MOST_TRIES, now: deps.realNow() });
  if (tried === undefined || tried.link !== link.row.id || tried.person !== wanted.person.person) return { ok: false, left: 0 };
  const isRight = isCode({ key: deps.acting.key, codeId: asked.id }, asked.typed, tried.hash) && tried.subject === subjectOf(deps.acting, wanted);
  return isRight ? { ok: true, channel: tried.channel } : { ok: false, left: MOST_TRIES - tried.tries };
};

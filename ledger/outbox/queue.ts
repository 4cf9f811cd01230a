import { type Kysely, sql } from 'kysely';
import { PRESSING } from '../../domain/delivery';
import type { Channel, MessageClass } from '../../domain/notice';
import type { Instant } from '../../domain/time';
import { anyOf } from '../rows';
import type { Awaited, MessageState, Schema } from '../schema';

type Db = Kysely<Schema>;

/** Why a code never left, on its message and its deliveries. */
const CODE_EXPIRED = 'code-expired';

/** A message that waits for the post: nobody has tried it, or nothing of it was taken and it is tried again in bulk. */
export const IS_QUEUED = sql`(state = 'frozen' and under_way_since is null
  and ((attempt = 0 and not in_trouble) or awaits = 'post'))`;
/** True for a row of `message` that the post may try now. */
export const isDue = (now: Instant) => sql<boolean>`(${IS_QUEUED} and coalesce(next_try_at <= ${new Date(now)}, true))`;
/** When the next message may be tried that waits for a time; null where none does. A sub-select. */
export const nextTurn = (now: Instant) => sql<Instant | null>`(select min(next_try_at) from message where ${IS_QUEUED} and next_try_at > ${new Date(now)})`;

/** `attempt`: how many were made. `bodyWasStarted`: its bytes never change any more. */
export type Queued = { readonly key: string; readonly attempt: number; readonly bodyWasStarted: boolean };
/** Messages of a channel that may be tried now, the most pressing first: code, urgent, act, digest; then as frozen. */
export const readQueue = async (
  db: Db, channel: Channel, limit: number, now: Instant, codesOnly = false,
): Promise<readonly Queued[]> => {
  const rows = await db.selectFrom('message').select(['key', 'attempt', 'first_started_at'])
    .where(isDue(now)).where('channel', '=', channel).$if(codesOnly, (q) => q.where('class', '=', 'code'))
    .orderBy(sql`array_position(${[...PRESSING]}::text[], class)`).orderBy('frozen_at').orderBy('key').limit(limit).execute();
  return rows.map(({ first_started_at, ...row }) => ({ ...row, bodyWasStarted: first_started_at !== null }));
};
/**
 * Ends codes that nobody has tried and whose life is over: who asked has gone, or has asked for another one. A message and its notices fail, and nothing takes
 * their place. A code lives in real time, by the database's clock, whatever the clock of the plans says.
 */
export const expireCodes = async (db: Db, now: Instant): Promise<void> => {
  await sql`
    with expired as (update message m set state = 'failed', reason = ${CODE_EXPIRED}, in_trouble = true, settled_at = ${new Date(now)}
      where m.state = 'frozen' and m.attempt = 0 and not m.in_trouble and m.class = 'code'
        and exists (select 1 from delivery d join notice n on n.key = d.notice join one_time_code c on c.id = n.facts->>'codeId' where d.message = m.key and c.expires_at < now()) returning m.key)
    update delivery d set state = 'failed', reason = ${CODE_EXPIRED} from expired where d.message = expired.key and d.state = 'claimed'`.execute(db);
};
/** How many could be tried now. */
export const countQueue = async (db: Db, now: Instant): Promise<number> =>
  Number((await db.selectFrom('message').where(isDue(now)).select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n);

/** When the next message may be tried that waits for a time after `now`; undefined where none does. */
export const readNextTurn = async (db: Db, now: Instant): Promise<Instant | undefined> =>
  (await sql<{ at: Instant | null }>`select ${nextTurn(now)} as at`.execute(db)).rows[0]?.at ?? undefined;

/**
 * A channel that nobody can reach: what waits for its first attempt stays as it is until then. For what was to be tried
 * again, it is decided anew when, and whether still.
 */
export const postponeQueue = async (db: Db, channel: Channel, now: Instant, until: Instant): Promise<void> => {
  await sql`
    update message set next_try_at = case when attempt = 0 then ${new Date(until)}::timestamptz end, awaits = null
    where channel = ${channel} and ${isDue(now)}`.execute(db);
};

export type MessageStatus = {
  readonly key: string;
  readonly plan: string | null;
  readonly channel: Channel;
  readonly state: MessageState;
  readonly attempt: number;
  readonly positions: readonly string[];
  /** The receiver has asked for the body once: from then on the bytes never change. */
  readonly bodyWasStarted: boolean;
  readonly class: MessageClass;
  readonly awaits: Awaited | null;
  readonly nextTryAt: Instant | null;
  /** An attempt that its workflow made is under way, or was left by a worker that died. */
  readonly isTried: boolean;
};
export const readStatus = async (db: Db, key: string): Promise<MessageStatus | undefined> => {
  const row = await db.selectFrom('message')
    .select(['key', 'plan', 'channel', 'state', 'attempt', 'positions', 'first_started_at', 'class', 'awaits', 'next_try_at', 'in_trouble', 'under_way_since'])
    .where('key', '=', key).executeTakeFirst();
  if (row === undefined) return undefined;
  const { first_started_at, next_try_at, in_trouble, under_way_since, ...rest } = row;
  return { ...rest, bodyWasStarted: first_started_at !== null, nextTryAt: next_try_at, isTried: in_trouble && under_way_since !== null };
};

/** What goes out: frozen bytes with slots, and the links that fill them. */
export type Sendable = {
  readonly key: string;
  readonly channel: Channel;
  readonly address: string;
  readonly content: Buffer;
  /** The approved text it was made of, with its values in order, slots included. */
  readonly template: { readonly id: string; readonly parameters: readonly string[] } | null;
  readonly links: readonly { readonly id: string; readonly keyId: string; readonly slot: string; readonly kind: string }[];
};
export const readSendables = async (db: Db, keys: readonly string[]): Promise<readonly Sendable[]> => {
  const wanted = anyOf(keys);
  const rows = await db.selectFrom('message').innerJoin('body', 'body.message', 'message.key')
    .select(['message.key', 'message.channel', 'message.address', 'body.content', 'body.template', 'body.parameters']).where('message.key', '=', wanted).execute();
  const links = await db.selectFrom('link').select(['id', 'key_id', 'slot', 'kind', 'message']).where('message', '=', wanted).execute();
  const linksOf = new Map<string | null, Sendable['links'][number][]>(rows.map((r) => [r.key, []]));
  for (const { message, key_id: keyId, ...link } of links) linksOf.get(message)?.push({ ...link, keyId });
  return rows.map(({ template, parameters, ...r }) => ({
    ...r, template: template === null ? null : { id: template, parameters: parameters ?? [] }, links: linksOf.get(r.key) ?? [],
  }));
};

import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Outcome } from '../../domain/delivery';
import type { Instant } from '../../domain/time';
import type { Schema } from '../schema';
import { IS_QUEUED } from './queue';
import { asSaid, idAsSaid } from './said';

type Db = Kysely<Schema>;

/**
 * One attempt of one message. The number is the fence: once it is ended, or another one was claimed, nothing of it counts any more. Every statement asks for it
 * in the message's own row (`attempt`, `under_way_since`) and takes that row first: after a wait, PostgreSQL looks again at the row that it waited for, and at
 * no other.
 */
export type AttemptRef = { readonly key: string; readonly number: number };
export type AttemptResult = AttemptRef & { readonly outcome: Outcome; readonly detail: string; readonly providerId?: string; readonly isBadAddress?: boolean };

const refs = (all: readonly AttemptRef[]) => sql`unnest(${all.map((a) => a.key)}::text[], ${all.map((a) => a.number)}::int[])`;

/**
 * The post's next attempts: of messages that nobody has tried, and of those that it tries again in bulk. Answers with the
 * numbers of those that are ours, by key. Where the worker dies, each is ended as a first attempt is.
 */
export const claimQueued = async (
  db: Db, keys: readonly string[], now: Instant,
): Promise<ReadonlyMap<string, number>> => {
  if (keys.length === 0) return new Map();
  const at = new Date(now);
  const { rows } = await sql<{ key: string; number: number }>`
    with mine as (update message set attempt = attempt + 1, under_way_since = ${at}, in_trouble = false,
        awaits = null, next_try_at = null
      where key = any(${[...keys]}::text[]) and ${IS_QUEUED} returning key, attempt)
    insert into attempt (message, number, started_at) select key, attempt, ${at} from mine
    returning message as key, number`.execute(db);
  return new Map(rows.map((r) => [r.key, r.number]));
};

const endOpen = async (db: Db, which: RawBuilder<unknown>, now: Instant): Promise<number> => {
  const { rows } = await sql`
    with gone as (update message m set in_trouble = true, reason = 'the worker went away', under_way_since = null,
        state = case when m.state = 'body_started' then 'ambiguous' else m.state end
      where ${which} returning m.key),
    ended as (update attempt a set ended_at = ${new Date(now)}, outcome = case when a.body_started_at is null then 'not-sent' else 'ambiguous' end,
        detail = 'the worker went away'
      from gone where a.message = gone.key and a.ended_at is null)
    select key from gone`.execute(db);
  return rows.length;
};
/**
 * Ends what a dead worker left of first attempts and puts their messages in trouble: `ambiguous` where the body was asked for, otherwise certainly not sent; and
 * whatever stands without an attempt under way and without a next step. To be called while nobody sends: a worker that still lives finds its attempt ended, and
 * neither gives a body nor writes a result. Answers with how many.
 */
export const endOpenAttempts = (db: Db, now: Instant): Promise<number> =>
  endOpen(db, sql`m.attempt > 0 and ((m.state in ('frozen', 'body_started') and not m.in_trouble) or (m.state = 'body_started' and m.under_way_since is null))`, now);
/** The same for the attempt of one message in trouble, which its own workflow made and did not bring to its end. */
export const endOpenAttempt = (db: Db, { key, number }: AttemptRef, now: Instant): Promise<number> =>
  endOpen(db, sql`m.key = ${key} and m.attempt = ${number} and m.in_trouble and m.under_way_since is not null`, now);

/**
 * One more attempt of a message in trouble, after ending what a dead worker left open; undefined where the message is settled, or where its first attempt is
 * under way. The attempt before must be the one the caller saw.
 */
export const claimNext = (db: Db, message: AttemptRef, now: Instant): Promise<number | undefined> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ attempt: number }>`
      update message set attempt = attempt + 1, in_trouble = true, awaits = null, next_try_at = null, under_way_since = ${new Date(now)},
        state = case when state = 'body_started' then 'ambiguous' else state end
      where key = ${message.key} and attempt = ${message.number} and state in ('frozen', 'body_started', 'ambiguous', 'rejected')
        and (in_trouble or under_way_since is null) returning attempt`.execute(tx);
    const number = rows[0]?.attempt;
    if (number === undefined) return undefined;
    await sql`update attempt set ended_at = ${new Date(now)}, outcome = case when body_started_at is null then 'not-sent' else 'ambiguous' end, detail = 'the worker went away'
      where message = ${message.key} and ended_at is null`.execute(tx);
    await tx.insertInto('attempt').values({ message: message.key, number, started_at: new Date(now) }).execute();
    return number;
  });

/** Whether an attempt of this message began at `since` or later. */
export const hasBegunSince = async (db: Db, key: string, since: Instant): Promise<boolean> =>
  (await db.selectFrom('attempt').select('number').where('message', '=', key).where('started_at', '>=', sql<Instant>`${new Date(since)}`).limit(1).execute()).length > 0;

/** Marks that the receiver has asked for the bodies; answers with the keys whose attempt still counts: only these may be given. One statement for all. */
export const markBodyStarted = async (db: Db, all: readonly AttemptRef[], now: Instant): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ key: string }>`
    with v as (select * from ${refs(all)} as v(key, number)),
    mine as (update message m set state = 'body_started', first_started_at = coalesce(m.first_started_at, ${new Date(now)}) from v
      where m.key = v.key and m.attempt = v.number and m.under_way_since is not null and m.state in ('frozen', 'ambiguous', 'rejected') returning m.key, m.attempt)
    update attempt a set body_started_at = ${new Date(now)} from mine where a.message = mine.key and a.number = mine.attempt returning a.message as key`.execute(db);
  return new Set(rows.map((r) => r.key));
};

/** What may have been taken once stays so, whatever becomes of a later attempt (RFC 1047). */
const wasInDoubt = sql`exists (select 1 from attempt p where p.message = v.key and p.number < v.number and p.outcome = 'ambiguous')`;

/**
 * Writes how attempts ended, with the fence: an attempt that was ended before changes nothing, nor one whose message came to its end meanwhile. Settles the
 * message and its deliveries where the outcome is final, marks an address that is to blame and takes the mark off one that answers, unless it came of a bounce, of which
 * a relay that takes a mail knows nothing; otherwise the message is
 * in trouble. Answers with the keys that counted, now or when the same was written before and the answer got lost: it may be repeated. One statement for all.
 */
export const recordResults = async (db: Db, all: readonly AttemptResult[], now: Instant): Promise<ReadonlySet<string>> => {
  const at = sql`${new Date(now)}::timestamptz`;
  const { rows } = await sql<{ key: string }>`
    with v as (select * from unnest(${all.map((a) => a.key)}::text[], ${all.map((a) => a.number)}::int[], ${all.map((a) => a.outcome)}::text[], ${all.map((a) => asSaid(a.detail))}::text[],
      ${all.map((a) => (a.providerId === undefined ? null : idAsSaid(a.providerId)))}::text[], ${all.map((a) => a.isBadAddress === true)}::boolean[]) as v(key, number, outcome, detail, provider_id, bad_address)),
    settled as (update message m set
        state = case when v.outcome not in ('not-sent', 'deferred') then v.outcome when m.state = 'ambiguous' or ${wasInDoubt} then 'ambiguous' else 'frozen' end,
        reason = case when v.outcome = 'accepted' then null else v.detail end,
        in_trouble = v.outcome <> 'accepted', awaits = null, next_try_at = null, under_way_since = null,
        settled_at = case when v.outcome in ('accepted', 'rejected') then ${at} end
      from v where m.key = v.key and m.attempt = v.number and m.under_way_since is not null and m.state in ('frozen', 'body_started', 'ambiguous', 'rejected')
      returning m.key, m.channel, m.address, v.outcome, v.detail, v.bad_address),
    ended as (update attempt a set ended_at = ${at}, outcome = v.outcome, detail = v.detail, provider_id = v.provider_id from v left join settled s on s.key = v.key
      where a.message = v.key and a.number = v.number and a.ended_at is null),
    told as (update delivery d set state = case when s.outcome = 'accepted' then 'sent' else 'failed' end, reason = case when s.outcome = 'accepted' then null else s.detail end
      from settled s where d.message = s.key and s.outcome in ('accepted', 'rejected') and d.state in ('claimed', 'failed')),
    marked as (insert into bad_address (channel, address, reason, message, marked_at) select distinct on (channel, address) channel, address, detail, key, ${at} from settled
      where outcome = 'rejected' and bad_address on conflict (channel, address) do nothing),
    healed as (delete from bad_address b using settled s where s.outcome = 'accepted' and b.channel = s.channel and b.address = s.address
      and not exists (select 1 from message o where o.key = b.message and o.state = 'bounced'))
    select key from settled
    union select v.key from v join attempt a on a.message = v.key and a.number = v.number where a.ended_at is not null and a.outcome = v.outcome and a.detail = v.detail`.execute(db);
  return new Set(rows.map((r) => r.key));
};

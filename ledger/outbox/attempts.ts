import { type Kysely, sql } from 'kysely';
import type { Outcome } from '../../domain/delivery';
import type { Instant } from '../../domain/time';
import type { Schema } from '../schema';
import { asSaid, idAsSaid } from './said';

type Db = Kysely<Schema>;

/** One attempt of one message. The number is the fence: once it is ended, or another one was claimed, nothing of it counts any more. */
export type AttemptRef = { readonly key: string; readonly number: number };
export type AttemptResult = AttemptRef & { readonly outcome: Outcome; readonly detail: string; readonly providerId?: string; readonly isBadAddress?: boolean };

const refs = (all: readonly AttemptRef[]) => sql`unnest(${all.map((a) => a.key)}::text[], ${all.map((a) => a.number)}::int[])`;

/** First attempts of messages that are still frozen and untried; answers with the keys that are ours. */
export const claimFirst = async (db: Db, keys: readonly string[], now: Instant): Promise<ReadonlySet<string>> => {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ message: string }>`
    with mine as (update message set attempt = 1 where key = any(${[...keys]}::text[]) and state = 'frozen' and attempt = 0 and not in_trouble returning key)
    insert into attempt (message, number, started_at) select key, 1, ${new Date(now)} from mine returning message`.execute(db);
  return new Set(rows.map((r) => r.message));
};

/**
 * One more attempt of a message in trouble, after ending what a dead worker left open; undefined where the message is settled. The attempt before
 * must be the one the caller saw.
 */
export const claimNext = (db: Db, message: AttemptRef, now: Instant): Promise<number | undefined> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ attempt: number }>`
      update message set attempt = attempt + 1, in_trouble = true, awaits = null, next_try_at = null,
        state = case when state = 'body_started' then 'ambiguous' else state end
      where key = ${message.key} and attempt = ${message.number} and state in ('frozen', 'body_started', 'ambiguous', 'rejected') returning attempt`.execute(tx);
    const number = rows[0]?.attempt;
    if (number === undefined) return undefined;
    await sql`update attempt set ended_at = ${new Date(now)}, outcome = case when body_started_at is null then 'not-sent' else 'ambiguous' end, detail = 'the worker went away'
      where message = ${message.key} and ended_at is null`.execute(tx);
    await tx.insertInto('attempt').values({ message: message.key, number, started_at: new Date(now) }).execute();
    return number;
  });

/** Marks that the receiver has asked for the bodies; answers with the keys whose attempt still counts: only these may be given. One statement for all. */
export const markBodyStarted = async (db: Db, all: readonly AttemptRef[], now: Instant): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ key: string }>`
    with v as (select * from ${refs(all)} as v(key, number)),
    mine as (update message m set state = 'body_started', first_started_at = coalesce(m.first_started_at, ${new Date(now)}) from v
      where m.key = v.key and m.attempt = v.number and m.state in ('frozen', 'ambiguous', 'rejected')
        and exists (select 1 from attempt a where a.message = v.key and a.number = v.number and a.ended_at is null) returning m.key, m.attempt)
    update attempt a set body_started_at = ${new Date(now)} from mine where a.message = mine.key and a.number = mine.attempt returning a.message as key`.execute(db);
  return new Set(rows.map((r) => r.key));
};

/** What may have been taken once stays so, whatever becomes of a later attempt (RFC 1047). */
const wasInDoubt = sql`exists (select 1 from attempt p where p.message = e.message and p.number < e.number and p.outcome = 'ambiguous')`;

/**
 * Writes how attempts ended, with the fence: an attempt that was ended before changes nothing, nor one whose message came to its end meanwhile. Settles the
 * message and its deliveries where the outcome is final, marks an address that is to blame and takes the mark off one that answers, unless it came of a bounce, of which
 * a relay that takes a mail knows nothing; otherwise the message is
 * in trouble. Answers with the keys that counted. One statement for all.
 */
export const recordResults = async (db: Db, all: readonly AttemptResult[], now: Instant): Promise<ReadonlySet<string>> => {
  const at = sql`${new Date(now)}::timestamptz`;
  const { rows } = await sql<{ key: string }>`
    with v as (select * from unnest(${all.map((a) => a.key)}::text[], ${all.map((a) => a.number)}::int[], ${all.map((a) => a.outcome)}::text[], ${all.map((a) => asSaid(a.detail))}::text[],
      ${all.map((a) => (a.providerId === undefined ? null : idAsSaid(a.providerId)))}::text[], ${all.map((a) => a.isBadAddress === true)}::boolean[]) as v(key, number, outcome, detail, provider_id, bad_address)),
    ended as (update attempt a set ended_at = ${at}, outcome = v.outcome, detail = v.detail, provider_id = v.provider_id from v
      where a.message = v.key and a.number = v.number and a.ended_at is null returning a.message, a.number, v.outcome, v.detail, v.bad_address),
    settled as (update message m set
        state = case when e.outcome not in ('not-sent', 'deferred') then e.outcome when m.state = 'ambiguous' or ${wasInDoubt} then 'ambiguous' else 'frozen' end,
        reason = case when e.outcome = 'accepted' then null else e.detail end,
        in_trouble = e.outcome <> 'accepted', awaits = null, next_try_at = null,
        settled_at = case when e.outcome in ('accepted', 'rejected') then ${at} end
      from ended e where m.key = e.message and m.attempt = e.number and m.state in ('frozen', 'body_started', 'ambiguous', 'rejected')
      returning m.key, m.channel, m.address, e.outcome, e.detail, e.bad_address),
    told as (update delivery d set state = case when s.outcome = 'accepted' then 'sent' else 'failed' end, reason = case when s.outcome = 'accepted' then null else s.detail end
      from settled s where d.message = s.key and s.outcome in ('accepted', 'rejected') and d.state in ('claimed', 'failed')),
    marked as (insert into bad_address (channel, address, reason, message, marked_at) select distinct on (channel, address) channel, address, detail, key, ${at} from settled
      where outcome = 'rejected' and bad_address on conflict (channel, address) do nothing),
    healed as (delete from bad_address b using settled s where s.outcome = 'accepted' and b.channel = s.channel and b.address = s.address
      and not exists (select 1 from message o where o.key = b.message and o.state = 'bounced'))
    select key from settled`.execute(db);
  return new Set(rows.map((r) => r.key));
};

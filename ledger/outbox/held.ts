import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../domain/time';
import { HELD_RESTORED, HELD_START } from '../commit';
import type { Schema } from '../schema';
import { supersede } from './supersede';
import { readUnsaid, type UnsaidOf } from './unsaid';

type Db = Kysely<Schema>;

/** A start whose messages wait for a person. `messages`: how many its first day was reckoned to cause; `notices`: how many wait by now. */
export type HeldStart = { readonly id: string; readonly plan: string; readonly tasks: number; readonly heldAt: Instant; readonly messages: number | null; readonly notices: number };
/** `restored`: notices that may have been sent before the ledger was restored from a backup. `unsaid`: what could not be put into words. */
export type Held = { readonly starts: readonly HeldStart[]; readonly restored: number; readonly unsaid: readonly UnsaidOf[] };

/** Everything that is held back: until a person releases it, or until it can be said. */
export const readHeld = async (db: Db): Promise<Held> => {
  const { rows: starts } = await sql<HeldStart>`
    select s.id, s.plan, cardinality(s.tasks) as tasks, s.held_at as "heldAt", s.messages,
      (select count(*)::int from notice n where n.task = any(s.tasks) and exists (select 1 from delivery d where d.notice = n.key and d.state = 'held' and d.reason = ${HELD_START})) as notices
    from start s where s.held_at is not null and s.released_at is null order by s.held_at, s.id`.execute(db);
  const { rows } = await sql<{ n: number }>`select count(distinct notice)::int as n from delivery where state = 'held' and reason = ${HELD_RESTORED}`.execute(db);
  return { starts, restored: rows[0]?.n ?? 0, unsaid: await readUnsaid(db) };
};

/**
 * Lets go what is held: one start, or all of them (\`start\` left out), or what a restored ledger may have sent (\`restored\`). Its notices are planned from now on; those that
 * no longer hold are left out at sending. Answers with how many notices.
 */
export const releaseHeld = (db: Db, what: { readonly start?: string } | 'restored', now: Instant): Promise<number> =>
  db.transaction().execute(async (tx) => {
    if (what === 'restored') return countOf(await sql<{ notice: string }>`update delivery set state = 'planned', reason = null where state = 'held' and reason = ${HELD_RESTORED} returning notice`.execute(tx));
    const { rows } = await sql<{ tasks: string[] }>`update start set released_at = ${new Date(now)} where held_at is not null and released_at is null
      and (${what.start ?? null}::text is null or id = ${what.start ?? null}) returning tasks`.execute(tx);
    return countOf(await sql<{ notice: string }>`update delivery d set state = 'planned', reason = null from notice n
      where n.key = d.notice and d.state = 'held' and d.reason = ${HELD_START} and n.task = any(${rows.flatMap((r) => r.tasks)}::text[]) returning d.notice`.execute(tx));
  });

/**
 * Holds everything that a ledger restored from a backup may have sent before: what was decided by `until` and is
 * planned and due, and what is frozen and was not begun, which is planned anew. Codes are left alone: whoever waits for
 * one asks again. Answers with how many notices.
 */
export const holdRestored = async (db: Db, until: Instant, now: Instant): Promise<number> => {
  const unbegun = await db.selectFrom('message').select(['key', 'attempt']).where('state', '=', 'frozen').where('first_started_at', 'is', null)
    .where('class', '!=', 'code').execute();
  if (unbegun.length > 0) await supersede(db, unbegun.map((m) => ({ ...m, reason: HELD_RESTORED, dead: [] })), now);
  return countOf(await sql<{ notice: string }>`update delivery d set state = 'held', reason = ${HELD_RESTORED} from notice n
    where n.key = d.notice and d.state = 'planned' and d.send_at <= ${new Date(now)} and n.decided_at <= ${new Date(until)} and n.class <> 'code'
    returning d.notice`.execute(db));
};

/**
 * The same for what the backup holds as begun: an attempt under way, one that was to be repeated, one whose receipt was
 * waited for. It may have been taken since, which nobody knows: a person decides (`outbox retry`). Codes are left
 * alone. All of them, or the one of the key. Answers with their keys.
 */
export const holdUnfinished = async (db: Db, now: Instant, key?: string): Promise<readonly string[]> => {
  const at = sql`${new Date(now)}::timestamptz`;
  const { rows } = await sql<{ key: string }>`
    with mine as (update message m set state = 'ambiguous', reason = ${HELD_RESTORED}, in_trouble = true,
        awaits = 'person', next_try_at = null, under_way_since = null
      where m.class <> 'code' and m.failed_over_at is null and m.state in ('frozen', 'body_started', 'ambiguous')
        and m.attempt > 0 and (${key ?? null}::text is null or m.key = ${key ?? null})
        and coalesce(m.awaits, '') <> all(array['person', 'channel']) returning m.key),
    ended as (update attempt a set ended_at = ${at}, outcome = 'ambiguous', detail = ${HELD_RESTORED} from mine
      where a.message = mine.key and a.ended_at is null)
    select key from mine order by key`.execute(db);
  return rows.map((r) => r.key);
};

/**
 * A notice that may have been sent before the ledger was restored, as a person is to decide about it: it is held, or it is
 * in a `message` in doubt.
 */
export type HeldNotice = {
  readonly key: string; readonly task: string | null; readonly kind: string; readonly position: string;
  readonly sendAt: Instant; readonly message: string | null;
};
export const readHeldNotices = async (db: Db): Promise<readonly HeldNotice[]> => {
  const { rows } = await sql<HeldNotice>`
    select n.key, n.task, n.kind, n.to_position as position, min(d.send_at) as "sendAt", m.key as message
    from delivery d join notice n on n.key = d.notice
      left join message m on m.key = d.message and m.reason = ${HELD_RESTORED} and m.awaits = 'person'
    where (d.state = 'held' and d.reason = ${HELD_RESTORED}) or m.key is not null group by n.key, m.key
    order by n.task, n.to_position, n.key, m.key`.execute(db);
  return rows;
};

const countOf = ({ rows }: { readonly rows: readonly { readonly notice: string }[] }): number => new Set(rows.map((r) => r.notice)).size;

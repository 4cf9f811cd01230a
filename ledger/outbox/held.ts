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
 * Holds everything that a ledger restored from a backup may have sent before: what was decided by `until` and is planned and due, and what is frozen and
 * was not begun, which is planned anew. What was begun and refused for now may have been taken since: it is in doubt. Codes are left alone:
 * whoever waits for one asks again. Answers with how many notices.
 */
export const holdRestored = async (db: Db, until: Instant, now: Instant): Promise<number> => {
  const unbegun = await db.selectFrom('message').select(['key', 'attempt']).where('state', '=', 'frozen').where('first_started_at', 'is', null)
    .where('class', '!=', 'code').execute();
  if (unbegun.length > 0) await supersede(db, unbegun.map((m) => ({ ...m, reason: HELD_RESTORED, dead: [] })), now);
  await sql`update message set state = 'ambiguous', awaits = null, next_try_at = null
    where state = 'frozen' and first_started_at is not null and in_trouble and under_way_since is null`.execute(db);
  return countOf(await sql<{ notice: string }>`update delivery d set state = 'held', reason = ${HELD_RESTORED} from notice n
    where n.key = d.notice and d.state = 'planned' and d.send_at <= ${new Date(now)} and n.decided_at <= ${new Date(until)} and n.class <> 'code'
    returning d.notice`.execute(db));
};

const countOf = ({ rows }: { readonly rows: readonly { readonly notice: string }[] }): number => new Set(rows.map((r) => r.notice)).size;

import { type Kysely, sql } from 'kysely';
import type { Notice } from '../../domain/notice';
import type { Instant } from '../../domain/time';
import { revokeLinks } from '../links';
import { anyOf } from '../rows';
import type { Schema } from '../schema';
import { NOTICE_COLUMNS, noticeOf } from './notice-row';

type Db = Kysely<Schema>;

/** The notices of messages, by message. */
export const readNotices = async (db: Db, messages: readonly string[]): Promise<ReadonlyMap<string, readonly { readonly notice: Notice; readonly plan: string | null }[]>> => {
  const rows = await db.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice').select([...NOTICE_COLUMNS, 'delivery.send_at', 'delivery.message'])
    .where('delivery.message', '=', anyOf(messages)).orderBy('notice.key').execute();
  const byMessage = new Map<string, { notice: Notice; plan: string | null }[]>();
  for (const row of rows) {
    if (row.message === null) continue;
    const there = byMessage.get(row.message) ?? [];
    byMessage.set(row.message, there);
    there.push({ notice: noticeOf(row), plan: row.plan });
  }
  return byMessage;
};

/** `attempt`: the one the caller saw; a message tried in between stays as it is. */
export type Supersession = {
  readonly key: string;
  readonly attempt: number;
  readonly reason: string;
  readonly dead: readonly { readonly notice: string; readonly reason: string }[];
};

/**
 * Ends frozen messages of which no byte ever left: what no longer holds is dropped with its reason, the rest is planned again and frozen anew; links die, and
 * the plan's file goes with the next message. Answers with the keys that were superseded.
 */
export const supersede = (db: Db, all: readonly Supersession[], now: Instant): Promise<readonly string[]> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ key: string }>`
      update message m set state = 'superseded', reason = v.reason, in_trouble = false, under_way_since = null,
        settled_at = ${new Date(now)}, next_try_at = null, awaits = null
      from unnest(${all.map((s) => s.key)}::text[], ${all.map((s) => s.attempt)}::int[], ${all.map((s) => s.reason)}::text[]) as v(key, attempt, reason)
      where m.key = v.key and m.attempt = v.attempt and m.state = 'frozen' and m.first_started_at is null returning m.key`.execute(tx);
    const keys = rows.map((r) => r.key);
    if (keys.length === 0) return keys;
    const ours = new Set(keys);
    const dead = all.filter((s) => ours.has(s.key)).flatMap((s) => s.dead.map((d) => ({ ...d, key: s.key })));
    await sql`update delivery d set state = 'dropped', reason = v.reason
      from unnest(${dead.map((d) => d.key)}::text[], ${dead.map((d) => d.notice)}::text[], ${dead.map((d) => d.reason)}::text[]) as v(message, notice, reason)
      where d.message = v.message and d.notice = v.notice`.execute(tx);
    await sql`update delivery set state = 'planned', message = null, position = null where message = any(${keys}::text[]) and state = 'claimed'`.execute(tx);
    await tx.deleteFrom('plan_receipt').where('message', '=', anyOf(keys)).execute();
    await revokeLinks(tx, keys, 'superseded', now);
    return keys;
  });

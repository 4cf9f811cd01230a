import { type Kysely, sql } from 'kysely';
import type { Channel, MessageClass } from '../../domain/notice';
import type { Instant } from '../../domain/time';
import type { MessageState, Schema } from '../schema';

type Db = Kysely<Schema>;

/** Why the next channel is used, on the delivery; the text that goes out says that the first way failed. */
export const FALLBACK = 'fallback';
/** Reasons of a dropped delivery that no longer hold when it is the only way left. */
const REVIVED = ['no-text', 'asked-for-less', 'no-phone', 'no-email', 'not-needed'];

export type LostMessage = { readonly key: string; readonly plan: string | null; readonly channel: Channel; readonly class: MessageClass; readonly state: MessageState; readonly reason: string | null; readonly positions: readonly string[] };

/** True for a row of `message` that did not arrive and has not gone over to the next channel. */
export const IS_LOST = sql<boolean>`failed_over_at is null and (state in ('rejected', 'bounced', 'failed') or (state = 'ambiguous' and awaits = 'channel'))`;

/** What did not arrive and has not gone over to the next channel. */
export const readLost = async (db: Db): Promise<readonly LostMessage[]> =>
  (await sql<LostMessage>`select key, plan, channel, class, state, reason, positions from message where ${IS_LOST} order by key`.execute(db)).rows;

/**
 * Of these messages, what did not arrive goes by the next channel at once, each message one time: its notices get a delivery on the other channel unless there was
 * one. A code does not: the person asks for another one.
 */
export const failOver = async (db: Db, lostKeys: readonly string[], now: Instant): Promise<void> => {
  if (lostKeys.length === 0) return;
  const at = sql`${new Date(now)}::timestamptz`;
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ key: string }>`
      update message set failed_over_at = ${at}, awaits = null where key = any(${[...lostKeys]}::text[]) and ${IS_LOST} returning key`.execute(tx);
    const keys = rows.map((r) => r.key);
    const lost = sql`delivery d join message m on m.key = d.message and m.key = any(${keys}::text[]) and m.class <> 'code'`;
    await sql`
      insert into delivery (notice, channel, state, reason, send_at)
      select d.notice, case m.channel when 'email' then 'sms' else 'email' end, 'planned', ${FALLBACK}, ${at} from ${lost}
      on conflict (notice, channel) do update set state = 'planned', reason = ${FALLBACK}, send_at = excluded.send_at
        where delivery.state = 'dropped' and delivery.reason = any(${REVIVED}::text[])`.execute(tx);
    await sql`update delivery d set state = 'failed', reason = coalesce(m.reason, m.state) from message m where m.key = d.message and m.key = any(${keys}::text[]) and d.state = 'claimed'`.execute(tx);
  });
};

/** Addresses that a receiver refused for good, as `channel address`. */
export const readBadAddresses = async (db: Db): Promise<ReadonlySet<string>> =>
  new Set((await db.selectFrom('bad_address').select(['channel', 'address']).execute()).map((b) => `${b.channel} ${b.address}`));

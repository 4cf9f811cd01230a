import { type Kysely, sql } from 'kysely';
import type { ReceiptStatus } from '../../domain/delivery';
import { DAY_MS, type Instant } from '../../domain/time';
import { asTime, insertAll } from '../rows';
import type { Schema } from '../schema';
import { asSaid, idAsSaid } from './said';

type Db = Kysely<Schema>;

/** What a receiver says of a submission afterwards: by its own id or by our message's key. `source`: a gateway's name, or `mailbox`. */
export type NewReceipt = {
  readonly source: string;
  readonly providerId?: string;
  readonly key?: string;
  readonly status: ReceiptStatus;
  readonly isBadAddress?: boolean;
  /** For the ledger only: a receiver's words may name an address. */
  readonly detail: string;
};
export const MAILBOX = 'mailbox';

/** A receipt of something that we never sent is forgotten after a week. */
const KEPT_MS = 7 * DAY_MS;

/**
 * Applies what waits: accepted or ambiguous becomes delivered or bounced, once; a message that has come to its end stays as it is. A bounce fails its deliveries
 * and, where the address itself is to blame, marks it; a delivery takes such a mark away. What has no result yet waits on, as does what says something of a message
 * that is tried once more in the same moment. Answers with how many were applied. Messages are found by their key (no index has
 * `state || ''`): after many have changed their state, the index of states looks cheaper than it is, and each receipt would go through all that it has.
 */
export const applyReceipts = async (db: Db, now: Instant): Promise<number> => {
  const at = sql`${new Date(now)}::timestamptz`;
  const { rows } = await sql<{ id: number }>`
    with known as (
      select r.id, r.status, r.bad_address, r.detail, m.key, m.state from receipt r join message m
        on m.key = coalesce(nullif(r.message, ''), (select a.message from attempt a join message o on o.key = a.message
          where r.provider_id <> '' and a.provider_id = r.provider_id and (o.channel = 'email') = (r.source = ${MAILBOX}) order by a.started_at desc limit 1))
      where r.applied_at is null and m.state not in ('frozen', 'body_started')),
    verdict as (select distinct on (key) key, status, bad_address, detail from known where status <> 'delayed' order by key, id),
    moved as (update message m set
        state = case v.status when 'delivered' then 'delivered' else 'bounced' end, reason = case v.status when 'delivered' then null else v.detail end,
        in_trouble = v.status <> 'delivered', awaits = null, next_try_at = null, under_way_since = null, settled_at = coalesce(m.settled_at, ${at})
      from verdict v where m.key = v.key and m.state || '' in ('accepted', 'ambiguous') returning m.key, m.channel, m.address, v.status, v.bad_address, v.detail),
    told as (update delivery d set state = case w.status when 'delivered' then 'sent' else 'failed' end, reason = case w.status when 'delivered' then null else 'bounced' end
      from moved w where d.message = w.key and d.state in ('claimed', 'sent', 'failed')),
    marked as (insert into bad_address (channel, address, reason, message, marked_at) select w.channel, w.address, w.detail, w.key, ${at} from moved w where w.status = 'failed' and w.bad_address
      on conflict (channel, address) do nothing),
    healed as (delete from bad_address b using moved w where w.status = 'delivered' and b.channel = w.channel and b.address = w.address)
    update receipt r set applied_at = ${at} from known where r.id = known.id
      and (known.status = 'delayed' or known.state not in ('accepted', 'ambiguous') or known.key in (select key from moved)) returning r.id`.execute(db);
  return rows.length;
};

/**
 * Takes receipts in any order, each once: one that comes before the answer of its submission is kept and applied when that is recorded. `kept` counts
 * those of unknown submissions too. Joins the caller's transaction where there is one.
 */
export const recordReceipt = (db: Db, receipts: readonly NewReceipt[], now: Instant): Promise<{ readonly applied: number; readonly kept: number; readonly repeated: number }> => {
  const record = async (tx: Db) => {
    if (receipts.length === 0) return { applied: 0, kept: 0, repeated: 0 };
    await tx.deleteFrom('receipt').where('applied_at', 'is', null).where(sql<boolean>`received_at < ${new Date(now - KEPT_MS)}`).execute();
    const fresh = await insertAll(tx, 'receipt', receipts.map((r) => ({
      source: r.source, provider_id: idAsSaid(r.providerId ?? ''), message: r.key ?? '', status: r.status, bad_address: r.isBadAddress === true,
      detail: asSaid(r.detail).slice(0, 500), received_at: asTime(now),
    }))).onConflict((c) => c.doNothing()).returning('id').execute();
    const applied = Math.min(fresh.length, await applyReceipts(tx, now));
    return { applied, kept: fresh.length - applied, repeated: receipts.length - fresh.length };
  };
  return db.isTransaction ? record(db) : db.transaction().execute(record);
};

/** What was said of one message, in the order in which it came. */
export const readReceiptsOf = async (db: Db, key: string): Promise<readonly { readonly source: string; readonly status: ReceiptStatus; readonly detail: string | null; readonly at: Instant }[]> => {
  const { rows } = await sql<{ source: string; status: ReceiptStatus; detail: string | null; at: Instant }>`
    select r.source, r.status, r.detail, r.received_at as at from receipt r
    where r.message = ${key} or (r.provider_id <> '' and r.provider_id in (select a.provider_id from attempt a where a.message = ${key})) order by r.id`.execute(db);
  return rows;
};

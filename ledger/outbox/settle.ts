import { type Kysely, sql } from 'kysely';
import type { Channel, Notice } from '../../domain/notice';
import type { Instant } from '../../domain/time';
import { anyOf, asTime, insertAll } from '../rows';
import type { DeliveryState, Schema } from '../schema';
import { FALLBACK } from './fail-over';
import { noticeRow } from './notice-row';

type Db = Kysely<Schema>;

export type DeliveryRef = { readonly notice: string; readonly channel: Channel };
/** What becomes of a planned delivery that no message takes. */
export type Settlement = DeliveryRef & { readonly state: Extract<DeliveryState, 'dropped' | 'failed'>; readonly reason: string };

const columns = (refs: readonly DeliveryRef[]) => sql`unnest(${refs.map((r) => r.notice)}::text[], ${refs.map((r) => r.channel)}::text[])`;

/** Drops or fails planned deliveries, each with its reason; one that is no longer planned stays as it is. */
export const settleDeliveries = async (db: Db, all: readonly Settlement[]): Promise<void> => {
  if (all.length === 0) return;
  await sql`
    update delivery d set state = v.state, reason = v.reason
    from unnest(${all.map((s) => s.notice)}::text[], ${all.map((s) => s.channel)}::text[], ${all.map((s) => s.state)}::text[], ${all.map((s) => s.reason)}::text[])
      as v(notice, channel, state, reason)
    where d.notice = v.notice and d.channel = v.channel and d.state = 'planned'`.execute(db);
};

/** Planned deliveries that wait for a later day. */
export const postponeDeliveries = async (db: Db, refs: readonly DeliveryRef[], sendAt: Instant): Promise<void> => {
  if (refs.length === 0) return;
  await sql`
    update delivery d set send_at = ${new Date(sendAt)} from ${columns(refs)} as v(notice, channel)
    where d.notice = v.notice and d.channel = v.channel and d.state = 'planned'`.execute(db);
};

/** The way that the plan does not name, for notices whose own way leads nowhere, or leads to whoever stands in now; one that is under way stays as it is. */
export const planDetours = async (db: Db, refs: readonly DeliveryRef[], now: Instant): Promise<void> => {
  if (refs.length === 0) return;
  const planned = { state: 'planned', reason: FALLBACK } as const;
  await insertAll(db, 'delivery', refs.map(({ notice, channel }) => ({ notice, channel, ...planned, send_at: asTime(now) })))
    .onConflict((c) => c.columns(['notice', 'channel'])
      .doUpdateSet({ ...planned, message: null, position: null, send_at: new Date(now) }).where('delivery.state', '=', 'failed')).execute();
};

/** Plans notices that are about no task, each with one delivery per channel; returns how many were not planned before. */
export const planNotices = async (db: Db, notices: readonly { readonly notice: Notice; readonly plan: string | null }[]): Promise<number> => {
  if (notices.length === 0) return 0;
  return db.transaction().execute(async (tx) => {
    const fresh = await insertAll(tx, 'notice', notices.map(({ notice, plan }) => noticeRow(notice, plan)))
      .onConflict((c) => c.column('key').doNothing()).returning('key').execute();
    await sql`insert into delivery (notice, channel, state, send_at) select key, unnest(channels), 'planned', send_at from notice
      where key = ${anyOf(fresh.map((n) => n.key))}`.execute(tx);
    return fresh.length;
  });
};

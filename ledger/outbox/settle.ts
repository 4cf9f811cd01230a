import { type Kysely, sql } from 'kysely';
import type { Channel, Notice } from '../../domain/notice';
import type { Instant } from '../../domain/time';
import type { DeliveryState, Schema } from '../schema';
import { FALLBACK } from './fail-over';

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
  await db.insertInto('delivery').values(refs.map((r) => ({ ...r, reason: FALLBACK, send_at: new Date(now) })))
    .onConflict((c) => c.columns(['notice', 'channel']).doUpdateSet({ state: 'planned', reason: FALLBACK, message: null, position: null, send_at: new Date(now) }).where('delivery.state', '=', 'failed')).execute();
};

/** Plans notices that are about no task, each with one delivery per channel; returns how many were not planned before. */
export const planNotices = async (db: Db, notices: readonly { readonly notice: Notice; readonly plan: string | null }[]): Promise<number> => {
  if (notices.length === 0) return 0;
  return db.transaction().execute(async (tx) => {
    const fresh = await tx.insertInto('notice').values(notices.map(({ notice: n, plan }) => ({
      key: n.key, about_type: n.about.type, about_id: n.about.id, task: n.task, plan, kind: n.kind, rung: n.rung ?? null, milestone: n.milestone ?? null,
      passed: n.passed === undefined ? null : [...n.passed], to_position: n.to, channels: [...n.channels], class: n.class, grp: n.group, reason: n.reason,
      decided_at: new Date(n.decidedAt), send_at: new Date(n.sendAt), facts: JSON.stringify(n.facts),
    }))).onConflict((c) => c.column('key').doNothing()).returning(['key', 'channels', 'send_at']).execute();
    if (fresh.length === 0) return 0;
    await tx.insertInto('delivery')
      .values(fresh.flatMap((n) => n.channels.map((channel) => ({ notice: n.key, channel, send_at: new Date(n.send_at) })))).execute();
    return fresh.length;
  });
};

import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DayCount } from '../../domain/delivery';
import type { Channel, MessageClass } from '../../domain/notice';
import type { Position } from '../../domain/plan';
import type { CivilDate, Instant } from '../../domain/time';
import { insertLinks, type NewLink } from '../links';
import { asBytes, asTime, insertAll } from '../rows';
import type { Schema } from '../schema';
import type { DeliveryRef } from './settle';

export type FrozenMessage = {
  readonly key: string;
  readonly plan: string;
  readonly channel: Channel;
  readonly address: string;
  readonly class: MessageClass;
  readonly group: string;
  readonly positions: readonly Position[];
  readonly subject: string | null;
  /** Bytes with slots where secrets go. */
  readonly content: Buffer;
  readonly contentType: string;
  /** The approved text it was made of, for gateways that take ids and values instead of words. */
  readonly template: { readonly id: string; readonly parameters: readonly string[] } | null;
  /** What the outbox shows, slots blanked. */
  readonly preview: Readonly<Record<string, string>>;
  readonly links: readonly NewLink[];
  /** `position`: where the notice ended, the deputy's or the one above an empty seat. */
  readonly deliveries: readonly (DeliveryRef & { readonly position: Position })[];
  /** Units that get the plan's file with it. */
  readonly receipts: readonly { readonly plan: string; readonly unit: string }[];
};

/** Another pass took one of the notices in between: nothing of the batch was written. */
export class FreezeConflict extends Error {
  override readonly name = 'FreezeConflict';
}

const messageRow = (m: FrozenMessage, now: Instant) => ({
  key: m.key, plan: m.plan, channel: m.channel, address: m.address, class: m.class, grp: m.group, positions: m.positions, subject: m.subject,
  frozen_at: asTime(now),
});
const bodyRow = (now: Instant) => (m: FrozenMessage) => ({
  frozen_at: asTime(now),
  message: m.key, content: asBytes(m.content), hash: createHash('sha256').update(m.content).digest('hex'), content_type: m.contentType,
  preview: m.preview, template: m.template?.id ?? null, parameters: m.template?.parameters ?? null,
});

/** PostgreSQL takes 256 MB as one JSON, in which a byte is two characters. */
const MOST_BYTES = 16 * 1024 * 1024;
const pagesOf = (messages: readonly FrozenMessage[]): readonly (readonly FrozenMessage[])[] => {
  const pages: FrozenMessage[][] = [];
  let left = 0;
  for (const message of messages) {
    left -= message.content.length;
    if (left >= 0) pages.at(-1)?.push(message);
    else {
      pages.push([message]);
      left = MOST_BYTES - message.content.length;
    }
  }
  return pages;
};

const claim = async (tx: Transaction<Schema>, messages: readonly FrozenMessage[]): Promise<void> => {
  const rows = messages.flatMap((m) => m.deliveries.map((d) => ({ ...d, message: m.key })));
  const { rows: taken } = await sql<{ notice: string }>`
    update delivery d set state = 'claimed', message = v.message, position = v.position, reason = null
    from unnest(${rows.map((r) => r.notice)}::text[], ${rows.map((r) => r.channel)}::text[], ${rows.map((r) => r.message)}::text[], ${rows.map((r) => r.position)}::text[])
      as v(notice, channel, message, position)
    where d.notice = v.notice and d.channel = v.channel and d.state = 'planned' returning d.notice`.execute(tx);
  if (taken.length !== rows.length) throw new FreezeConflict('a notice was taken by another message');
};

/** Messages, bodies, links, receipts and the claims of their notices: all of the batch or nothing. @throws FreezeConflict */
export const writeFrozen = (db: Kysely<Schema>, messages: readonly FrozenMessage[], now: Instant): Promise<void> =>
  db.transaction().execute(async (tx) => {
    if (messages.length === 0) return;
    await claim(tx, messages);
    const written = await insertAll(tx, 'message', messages.map((m) => messageRow(m, now))).onConflict((c) => c.doNothing()).returning('key').execute();
    if (written.length !== messages.length) throw new FreezeConflict('another message of this address and group came first');
    for (const some of pagesOf(messages)) await insertAll(tx, 'body', some.map(bodyRow(now))).execute();
    await insertLinks(tx, messages.flatMap((m) => m.links.map((l) => ({ ...l, message: m.key }))), now);
    const receipts = messages.flatMap((m) => m.receipts.map((r) => ({ ...r, message: m.key })));
    if (receipts.length > 0) await insertAll(tx, 'plan_receipt', receipts).onConflict((c) => c.doNothing()).execute();
  });

/** Units that got the file of a plan, as `plan unit`. */
export const readReceipts = async (db: Kysely<Schema>): Promise<Set<string>> =>
  new Set((await db.selectFrom('plan_receipt').select(['plan', 'unit']).execute()).map((r) => `${r.plan} ${r.unit}`));

/** True for a row of `message`: a digest or an urgent message of an earlier day of which no byte ever left. What it says belongs into today's. */
export const isStale = (today: CivilDate) => sql<boolean>`(state = 'frozen' and first_started_at is null and class in ('digest', 'urgent') and grp < ${today}
  and not exists (select 1 from attempt a where a.message = message.key and a.ended_at is null))`;

export const readStale = (db: Kysely<Schema>, today: CivilDate): Promise<readonly { readonly key: string; readonly attempt: number }[]> =>
  db.selectFrom('message').select(['key', 'attempt']).where(isStale(today)).orderBy('key').execute();

/** Messages frozen since an instant, those that were superseded apart: in all, and of each address. */
export const countFrozen = async (db: Kysely<Schema>, since: Instant): Promise<DayCount> => {
  const rows = await db.selectFrom('message').select((e) => ['channel', 'address', e.fn.countAll<number>().as('n')])
    .where(sql<boolean>`frozen_at >= ${new Date(since)}`).where('state', '!=', 'superseded').groupBy(['channel', 'address']).execute();
  const byAddress = new Map(rows.map((r) => [`${r.channel} ${r.address}`, Number(r.n)]));
  return { inAll: rows.reduce((n, r) => n + Number(r.n), 0), ofAddress: (channel, address) => byAddress.get(`${channel} ${address}`) ?? 0 };
};

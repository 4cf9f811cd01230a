import { sql } from 'kysely';
import type { Channel, MessageClass } from '../../domain/notice';
import type { Position } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../connect';
import { readReceiptsOf } from '../outbox';
import { anyOf } from '../rows';
import { type Awaited, type DeliveryState, MESSAGE_STATES, type MessageState } from '../schema';

export type MessageRow = {
  readonly key: string;
  readonly plan: string | null;
  readonly channel: Channel;
  readonly address: string;
  readonly class: MessageClass;
  readonly group: string;
  readonly positions: readonly string[];
  readonly subject: string | null;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly attempt: number;
  readonly frozenAt: Instant;
  readonly settledAt: Instant | null;
  readonly nextTryAt: Instant | null;
  /** What the next step of a message in trouble is; `nextTryAt` says when, where it has a time. */
  readonly awaits: Awaited | null;
  /** Since when its notices go by the next channel. */
  readonly failedOverAt: Instant | null;
};
export type AttemptRow = { readonly number: number; readonly startedAt: Instant; readonly bodyStartedAt: Instant | null; readonly endedAt: Instant | null; readonly outcome: string | null; readonly detail: string | null };
/** A notice on one channel: in a message, or left out with its reason. */
export type WayRow = { readonly channel: Channel; readonly state: DeliveryState; readonly reason: string | null; readonly message: string | null };
/** A notice of a message. `planned`: why it was decided; `to`: for whom; `position`: where it ended; `others`: its other channels. */
export type MessageNotice = {
  readonly key: string; readonly kind: string; readonly task: string | null; readonly state: DeliveryState; readonly reason: string | null; readonly planned: string; readonly plannedAt: Instant;
  readonly rung: string | null; readonly milestone: string | null; readonly to: Position; readonly position: string | null; readonly others: readonly WayRow[];
};
type Receipts = ReturnType<typeof readReceiptsOf> extends Promise<infer R extends readonly unknown[]> ? R : never;
export type ReceiptRow = Receipts[number];
export type MessageDetail = MessageRow & {
  readonly attempts: readonly AttemptRow[];
  /** What receivers reported afterwards, as it came. */
  readonly receipts: readonly ReceiptRow[];
  readonly notices: readonly MessageNotice[];
  /** Characters of an SMS as it is sent, its link included; null for a mail. */
  readonly characters: number | null;
  /** What the receiver sees, link secrets blanked; undefined once the body's retention is over. */
  readonly preview: unknown;
};
/** `keys`: those alone. */
export type OutboxFilter = { readonly state?: MessageState; readonly keys?: readonly string[]; readonly limit?: number; readonly offset?: number };

const COLUMNS = [
  'key', 'plan', 'channel', 'address', 'class', 'grp', 'positions', 'subject', 'state', 'reason', 'attempt', 'frozen_at', 'settled_at', 'next_try_at', 'awaits', 'failed_over_at',
] as const;

type Selected = {
  key: string; plan: string | null; channel: Channel; address: string; class: MessageClass; grp: string; positions: string[]; subject: string | null; state: MessageState;
  reason: string | null; attempt: number; frozen_at: Instant; settled_at: Instant | null; next_try_at: Instant | null;
  awaits: Awaited | null; failed_over_at: Instant | null;
};
const toRow = ({ grp, frozen_at, settled_at, next_try_at, failed_over_at, ...rest }: Selected): MessageRow => (
  { ...rest, group: grp, frozenAt: frozen_at, settledAt: settled_at, nextTryAt: next_try_at, failedOverAt: failed_over_at }
);

/** Messages, newest first. */
export const listMessages = async (db: Ledger, filter: OutboxFilter = {}): Promise<readonly MessageRow[]> => {
  const rows = await db
    .selectFrom('message')
    .select(COLUMNS)
    .$if(filter.state !== undefined, (q) => q.where('state', '=', filter.state ?? 'frozen'))
    .$if(filter.keys !== undefined, (q) => q.where('key', '=', anyOf(filter.keys ?? [])))
    .orderBy('frozen_at', 'desc')
    .orderBy('key')
    .limit(filter.limit ?? 200)
    .offset(filter.offset ?? 0)
    .execute();
  return rows.map(toRow);
};

/** The key itself, else the keys that begin with it (two at most: enough to see that it is not unique). */
export const messageKeys = async (db: Ledger, start: string): Promise<readonly string[]> => {
  const exact = await db.selectFrom('message').select('key').where('key', '=', start).execute();
  if (exact.length > 0 || start === '') return exact.map((r) => r.key);
  const rows = await db.selectFrom('message').select('key').where(sql<boolean>`starts_with(key, ${start})`).orderBy('key').limit(2).execute();
  return rows.map((r) => r.key);
};

/** How many messages are in each state, each counted up to `most`: a page need not count what years have brought. */
export const countMessagesUpTo = async (db: Ledger, most: number): Promise<Readonly<Record<string, number>>> => {
  const { rows } = await sql<{ state: string; n: number }>`
    select s.state, (select count(*)::int from (select 1 from message m where m.state = s.state limit ${most}) as counted) as n
    from unnest(${[...MESSAGE_STATES]}::text[]) as s(state)`.execute(db);
  return Object.fromEntries(rows.map((r) => [r.state, r.n]));
};

/** How many messages are in each state. */
export const countMessages = async (db: Ledger): Promise<Readonly<Record<string, number>>> => {
  const rows = await db.selectFrom('message').select((e) => ['state', e.fn.countAll<number>().as('n')]).groupBy('state').execute();
  return Object.fromEntries(rows.map((r) => [r.state, Number(r.n)]));
};

const NOTICE_COLUMNS = [
  'notice.key', 'notice.kind', 'notice.task', 'notice.rung', 'notice.milestone', 'notice.to_position as to', 'notice.reason as planned', 'notice.decided_at as plannedAt',
  'delivery.state', 'delivery.reason', 'delivery.position',
] as const;
const noticesOf = async (db: Ledger, message: string, channel: Channel): Promise<readonly MessageNotice[]> => {
  const rows = await db.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice').select(NOTICE_COLUMNS).where('delivery.message', '=', message).orderBy('notice.key').execute();
  const others = await db.selectFrom('delivery').select(['notice', 'channel', 'state', 'reason', 'message'])
    .where('notice', '=', anyOf(rows.map((r) => r.key))).where('channel', '!=', channel).execute();
  return rows.map((row) => ({ ...row, others: others.filter((o) => o.notice === row.key).map(({ notice: _, ...way }) => way) }));
};

/** One message with its whole way: its notices, its attempts, what was reported of it, and what the receiver sees. */
export const findMessage = async (db: Ledger, key: string): Promise<MessageDetail | undefined> => {
  const row = await db.selectFrom('message').select(COLUMNS).where('key', '=', key).executeTakeFirst();
  if (!row) return undefined;
  const attempts = await db.selectFrom('attempt').selectAll().where('message', '=', key).orderBy('number').execute();
  const [notices, receipts] = await Promise.all([noticesOf(db, key, row.channel), readReceiptsOf(db, key)]);
  const body = await db.selectFrom('body').select(['preview', 'content']).where('message', '=', key).executeTakeFirst();
  const slots = await db.selectFrom('link').select('slot').where('message', '=', key).execute();
  return {
    ...toRow(row),
    attempts: attempts.map((a) => ({ number: a.number, startedAt: a.started_at, bodyStartedAt: a.body_started_at, endedAt: a.ended_at, outcome: a.outcome, detail: a.detail })),
    notices, receipts,
    characters: row.channel === 'sms' && body !== undefined ? [...body.content.toString('utf8')].length : null,
    preview: body && blanked(body.preview, slots.map((l) => l.slot)),
  };
};

const BLANK = '••••••';
/** Neither a slot nor anything else that stands where a secret does is shown. */
const blanked = (value: unknown, slots: readonly string[]): unknown => {
  if (typeof value === 'string') return slots.reduce((text, slot) => text.replaceAll(slot, BLANK), value).replace(/\/t\/[^\s"'<>&)•]+/g, `/t/${BLANK}`);
  if (Array.isArray(value)) return value.map((inner) => blanked(inner, slots));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, blanked(inner, slots)]));
};

import { sql } from 'kysely';
import type { Channel, MessageClass } from '../../domain/notice';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../connect';
import type { MessageState } from '../schema';

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
};
export type AttemptRow = { readonly number: number; readonly startedAt: Instant; readonly bodyStartedAt: Instant | null; readonly endedAt: Instant | null; readonly outcome: string | null; readonly detail: string | null };
export type MessageDetail = MessageRow & {
  readonly attempts: readonly AttemptRow[];
  readonly notices: readonly { readonly key: string; readonly kind: string; readonly task: string | null; readonly state: string; readonly reason: string | null }[];
  /** What the receiver sees, link secrets blanked; undefined once the body's retention is over. */
  readonly preview: unknown;
};
/** `trouble`: not sent, and a person should look. */
export type OutboxFilter = { readonly state?: MessageState; readonly limit?: number; readonly offset?: number };

const COLUMNS = [
  'key', 'plan', 'channel', 'address', 'class', 'grp', 'positions', 'subject', 'state', 'reason', 'attempt', 'frozen_at', 'settled_at', 'next_try_at',
] as const;

type Selected = {
  key: string; plan: string | null; channel: Channel; address: string; class: MessageClass; grp: string; positions: string[]; subject: string | null; state: MessageState;
  reason: string | null; attempt: number; frozen_at: Instant; settled_at: Instant | null; next_try_at: Instant | null;
};
const toRow = ({ grp, frozen_at, settled_at, next_try_at, ...rest }: Selected): MessageRow => (
  { ...rest, group: grp, frozenAt: frozen_at, settledAt: settled_at, nextTryAt: next_try_at }
);

/** Messages, newest first. */
export const listMessages = async (db: Ledger, filter: OutboxFilter = {}): Promise<readonly MessageRow[]> => {
  const rows = await db
    .selectFrom('message')
    .select(COLUMNS)
    .$if(filter.state !== undefined, (q) => q.where('state', '=', filter.state ?? 'frozen'))
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

/** How many messages are in each state. */
export const countMessages = async (db: Ledger): Promise<Readonly<Record<string, number>>> => {
  const rows = await db.selectFrom('message').select((e) => ['state', e.fn.countAll<number>().as('n')]).groupBy('state').execute();
  return Object.fromEntries(rows.map((r) => [r.state, Number(r.n)]));
};

/** One message with its attempts, its notices and what the receiver sees. */
export const findMessage = async (db: Ledger, key: string): Promise<MessageDetail | undefined> => {
  const row = await db.selectFrom('message').select(COLUMNS).where('key', '=', key).executeTakeFirst();
  if (!row) return undefined;
  const attempts = await db.selectFrom('attempt').selectAll().where('message', '=', key).orderBy('number').execute();
  const notices = await db.selectFrom('delivery').innerJoin('notice', 'notice.key', 'delivery.notice').select(
    ['notice.key', 'notice.kind', 'notice.task', 'delivery.state', 'delivery.reason']
  ).where('delivery.message', '=', key).orderBy('notice.key').execute();
  const body = await db.selectFrom('body').select('preview').where('message', '=', key).executeTakeFirst();
  const slots = await db.selectFrom('link').select('slot').where('message', '=', key).execute();
  return {
    ...toRow(row),
    attempts: attempts.map((a) => ({ number: a.number, startedAt: a.started_at, bodyStartedAt: a.body_started_at, endedAt: a.ended_at, outcome: a.outcome, detail: a.detail })),
    notices,
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

import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Trouble } from '../../domain/delivery';
import type { Instant } from '../../domain/time';
import type { Schema } from '../schema';

type Db = Kysely<Schema>;

/** A message whose last attempt was not accepted and whose next step is not decided. */
export type Undecided = Omit<Trouble, 'keyHoldsUntil'> & {
  readonly key: string;
  /** When a receiver first asked for its body. */
  readonly firstStartedAt: Instant | null;
  /** A person had one more attempt made of what had gone over to the next channel before. */
  readonly isPassedOn: boolean;
};

/** What has gone over and may have been taken is over. */
const inTrouble = async (db: Db, which: RawBuilder<unknown>): Promise<readonly Undecided[]> => {
  const { rows } = await sql<Undecided>`
    select m.key, m.channel, m.class, m.attempt as attempts, m.frozen_at as "frozenAt", m.first_started_at as "firstStartedAt", m.failed_over_at is not null as "isPassedOn",
      case when m.state = 'ambiguous' then 'ambiguous' else coalesce(a.outcome, case when a.body_started_at is null then 'not-sent' else 'ambiguous' end) end as outcome
    from message m join attempt a on a.message = m.key and a.number = m.attempt
    where m.in_trouble and m.under_way_since is null and (m.state = 'frozen' or (m.state = 'ambiguous' and m.failed_over_at is null)) and ${which}
    order by m.key`.execute(db);
  return rows;
};
/** All of them, or the one with the key. */
export const readUndecided = (db: Db, key?: string): Promise<readonly Undecided[]> =>
  inTrouble(db, key === undefined ? sql`m.awaits is null` : sql`m.awaits is null and m.key = ${key}`);
/** The one with the key where another attempt was decided; undefined where something else was. */
export const readRepeatable = async (db: Db, key: string): Promise<Undecided | undefined> =>
  (await inTrouble(db, sql`m.awaits = 'attempt' and m.key = ${key}`))[0];

/**
 * `attempt`, `post` and `receipt` at a time; `person`: until somebody decides; `channel`: given up. `attempts`: as many as had
 * been made when it was decided.
 */
export type Decided = { readonly key: string; readonly attempts: number }
  & ({ readonly awaits: 'attempt' | 'post' | 'receipt'; readonly at: Instant } | { readonly awaits: 'person' | 'channel' });

/**
 * Writes what comes next, unless another attempt was made meanwhile. What is given up has failed where certainly nothing was taken; what may have been taken stays
 * ambiguous and goes by the next channel as well.
 */
export const setNextSteps = async (db: Db, all: readonly Decided[], now: Instant): Promise<void> => {
  if (all.length === 0) return;
  await sql`
    update message m set awaits = v.awaits, next_try_at = v.at,
      state = case when v.awaits = 'channel' and m.state = 'frozen' then 'failed' else m.state end,
      settled_at = case when v.awaits = 'channel' then ${new Date(now)}::timestamptz else m.settled_at end
    from unnest(${all.map((d) => d.key)}::text[], ${all.map((d) => d.attempts)}::int[], ${all.map((d) => d.awaits)}::text[],
      ${all.map((d) => ('at' in d ? new Date(d.at) : null))}::timestamptz[]) as v(key, attempts, awaits, at)
    where m.key = v.key and m.attempt = v.attempts and m.under_way_since is null and m.state in ('frozen', 'ambiguous') and m.in_trouble`.execute(db);
};

/** Puts off what was decided, each to its time: whoever looks for what stands sees when its workflow comes back. */
export const putOff = async (db: Db, keys: readonly string[], at: Instant): Promise<void> => {
  await sql`update message set next_try_at = ${new Date(at)} where key = any(${[...keys]}::text[]) and in_trouble and awaits in ('attempt', 'receipt')`.execute(db);
};

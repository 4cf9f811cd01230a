import { type Kysely, sql } from 'kysely';
import type { WorkingCalendar } from '../domain/calendar';
import type { Channel } from '../domain/notice';
import type { TaskStateName } from '../domain/task';
import type { Instant } from '../domain/time';
import { readCalendar } from './calendar';
import type { DeliveryState, MessageState, Schema } from './schema';
import { type AuditRecord, type MailboxCheck, readAudit, readLastPass, readMailboxCheck } from './settings';

type Counted<K> = K & { readonly n: number };
/** How the whole installation stands, in counts: nothing about any person or task. */
export type Figures = {
  /** `not_started`: its workflow has written nothing yet. */
  readonly tasks: readonly Counted<{ readonly state: TaskStateName | 'not_started' }>[];
  readonly needRepair: number;
  readonly notices: readonly Counted<{ readonly channel: Channel; readonly state: Extract<DeliveryState, 'planned' | 'held'> }>[];
  /** When what is unsent and due was to leave, or was frozen; null where nothing waits. */
  readonly oldestUnsentAt: Instant | null;
  /** Not final: frozen, begun, or in doubt. */
  readonly open: readonly Counted<{ readonly channel: Channel; readonly state: MessageState }>[];
  /** Frozen in the last 24 hours, by where they are now. */
  readonly lastDay: readonly Counted<{ readonly channel: Channel; readonly state: MessageState }>[];
  readonly lastPassAt: Instant | undefined;
  readonly mailbox: MailboxCheck | undefined;
  readonly calendar: WorkingCalendar | undefined;
  readonly audit: AuditRecord | undefined;
};

/** A scrape waits no longer for one statement. */
const LIMIT_MS = 2_000;
const DAY = '24 hours';

const count = async <R>(db: Kysely<Schema>, query: ReturnType<typeof sql<R>>): Promise<readonly R[]> => (await query.execute(db)).rows;

/**
 * Counts by partial indexes (planned, held, open, the last day), and the one row of each task; no table that grows with the years is read from end to end. Each
 * statement ends after two seconds. `now` is our time.
 */
export const readFigures = (ledger: Kysely<Schema>, now: Instant): Promise<Figures> => ledger.transaction().execute(async (db) => {
  await sql`set local statement_timeout = ${sql.lit(LIMIT_MS)}`.execute(db);
  const at = new Date(now);
  const [unsent] = await count(db, sql<{ at: Instant | null }>`select least(
    (select min(send_at) from delivery where state = 'planned' and send_at <= ${at}),
    (select min(frozen_at) from message where state = 'frozen')) as at`);
  const [repair] = await count(db, sql<{ n: number }>`select count(*)::int as n from task where needs_repair is not null`);
  return {
    tasks: await count(db, sql<Figures['tasks'][number]>`select coalesce(state, 'not_started') as state, count(*)::int as n from task group by 1`),
    needRepair: repair?.n ?? 0,
    notices: await count(db, sql<Figures['notices'][number]>`
      select channel, state, count(*)::int as n from delivery where state = 'planned' group by 1, 2
      union all select channel, state, count(*)::int as n from delivery where state = 'held' group by 1, 2`),
    oldestUnsentAt: unsent?.at ?? null,
    open: await count(db, sql<Figures['open'][number]>`
      select channel, state, count(*)::int as n from message where state in ('frozen', 'body_started', 'ambiguous') group by 1, 2`),
    lastDay: await count(db, sql<Figures['lastDay'][number]>`
      select channel, state, count(*)::int as n from message where frozen_at > ${at}::timestamptz - ${DAY}::interval group by 1, 2`),
    lastPassAt: await readLastPass(db), mailbox: await readMailboxCheck(db), calendar: await readCalendar(db), audit: await readAudit(db),
  };
});

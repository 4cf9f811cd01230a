import { type Kysely, sql } from 'kysely';
import type { CivilDate, Instant } from '../../domain/time';
import type { DirectoryHeader } from '../settings';
import type { Schema } from '../schema';
import { IS_LOST } from './fail-over';
import { isStale } from './frozen';
import { isDue, nextTurn } from './queue';
import { mayStand } from './stranded';

/** What there is to do for a pass, as one statement says: a quiet pass asks for nothing else. */
export type Work = {
  readonly stamp: number;
  readonly calendarVersion: string | null;
  readonly directoryVersion: string | null;
  readonly header: DirectoryHeader | null;
  /** Deliveries that are planned and due, or held until now because they could not be said. */
  readonly isPlanned: boolean;
  readonly isUnsaid: boolean;
  /** Messages that did not arrive and have not gone over to the next channel. */
  readonly isLost: boolean;
  /** Messages that speak of a day that is over. */
  readonly isStale: boolean;
  /** Messages that could be tried now. */
  readonly due: number;
  /** Some message's next step has let its time pass, or has nobody who takes it: `findStranded` says whether it stands. */
  readonly mayStand: boolean;
  /** When the next one may be tried that waits for a time; null where none does. */
  readonly nextAt: Instant | null;
};

const setting = (name: string) => sql`(select value from setting where name = ${name})`;

export const readWork = async (db: Kysely<Schema>, now: Instant, today: CivilDate): Promise<Work> => {
  const at = sql`${new Date(now)}::timestamptz`;
  const { rows } = await sql<Work>`
    select coalesce((${setting('outbox-stamp')})::int, 0) as stamp, ${setting('calendar-version')} #>> '{}' as "calendarVersion",
      ${setting('directory-version')} #>> '{}' as "directoryVersion", ${setting('directory')} as header,
      exists (select 1 from delivery where state = 'planned' and send_at <= ${at}) as "isPlanned",
      exists (select 1 from delivery where state = 'held' and held_for is not null and send_at <= ${at}) as "isUnsaid",
      exists (select 1 from message where ${IS_LOST}) as "isLost",
      exists (select 1 from message where ${isStale(today)}) as "isStale",
      (select count(*)::int from message where ${isDue(now)}) as due,
      ${mayStand(now)} as "mayStand",
      ${nextTurn(now)} as "nextAt"`.execute(db);
  const [work] = rows;
  if (work === undefined) throw new Error('the ledger did not answer');
  return work;
};

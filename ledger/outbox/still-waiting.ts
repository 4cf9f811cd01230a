import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Schema } from '../schema';

type Db = Kysely<Schema>;

/** A message that nobody has taken and that is not given up. */
export type StillWaiting = { readonly key: string; readonly plan: string | null; readonly positions: readonly string[] };

/** What waits and is not tried again by `closes`, the end of the office day; reports to the host unit apart. A channel that is away keeps messages that were never tried: these too. */
export const readStillWaiting = async (db: Db, now: Instant, closes: Instant): Promise<readonly StillWaiting[]> => {
  const { rows } = await sql<StillWaiting>`
    select m.key, m.plan, m.positions from message m
    where m.failed_over_at is null and ((m.in_trouble and m.state in ('frozen', 'ambiguous')) or (m.state = 'frozen' and m.attempt = 0 and m.next_try_at is not null))
      and (${now >= closes} or m.next_try_at is null or m.next_try_at > ${new Date(closes)})
      and exists (select 1 from delivery d join notice n on n.key = d.notice where d.message = m.key and n.kind <> 'delivery-failed')
    order by m.key`.execute(db);
  return rows;
};

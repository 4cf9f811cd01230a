import { type Kysely, sql } from 'kysely';
import type { CivilDate, Instant } from '../domain/time';
import type { Schema } from './schema';

type Db = Kysely<Schema>;

/** Bodies of one statement: others are served in between. */
const AT_ONCE = 500;
/** What proves nothing any more: the decision that a code was for is an event, and a receipt is read behind its link, which lives for ninety days. */
const DAYS_OF_PRESSES = 180;
const DAYS_OF_CODES = 90;

/**
 * Erases bytes and preview of messages that were frozen before `before` and are over, some hundreds at a time; what was sent to whom, when and with what outcome
 * stays. Answers with how many; less than asked for means that none is left.
 */
export const eraseBodies = async (db: Db, before: Instant, limit = AT_ONCE): Promise<number> => {
  const { rows } = await sql`
    delete from body where message in (
      select m.key from body b join message m on m.key = b.message
      where b.frozen_at < ${new Date(before)} and m.state not in ('frozen', 'body_started') and not (m.in_trouble and m.awaits is not null) order by b.frozen_at limit ${limit})
    returning message`.execute(db);
  return rows.length;
};

/** A link says for so long why it does not open any more. */
const DAYS_OF_DEAD_LINKS = 365;

/**
 * Links expire by our time, and what came of them is kept by real time: on the demonstration's clock a link is old
 * within days, and stays until its presses, codes and sessions are forgotten.
 */
const isWithoutVisits = sql`not exists (select 1 from press p where p.link = l.id)
  and not exists (select 1 from one_time_code c where c.link = l.id)
  and not exists (select 1 from web_session s where s.link = l.id)`;

/**
 * Deletes links that expired a year before `today`, some at a time; answers with how many. Until then their page says
 * why they do not open.
 */
export const deleteLinks = async (db: Db, today: CivilDate, limit = AT_ONCE): Promise<number> => {
  const { rows } = await sql`
    delete from link where id in (
      select l.id from link l
      where l.expires_on < ${today}::date - ${DAYS_OF_DEAD_LINKS}::int and ${isWithoutVisits}
      order by l.expires_on limit ${limit})
    returning id`.execute(db);
  return rows.length;
};

/** Forgets presses, one-time codes, sessions and counts of long ago. Their instants are real time, and so is the database's clock. */
export const forgetVisits = async (db: Db): Promise<void> => {
  await sql`delete from press where pressed_at < now() - make_interval(days => ${DAYS_OF_PRESSES}::int)`.execute(db);
  await sql`delete from one_time_code where expires_at < now() - make_interval(days => ${DAYS_OF_CODES}::int)`.execute(db);
  await sql`delete from web_session where expires_at < now() - make_interval(days => ${DAYS_OF_CODES}::int)`.execute(db);
  await sql`delete from tally where since < now() - make_interval(days => ${DAYS_OF_CODES}::int)`.execute(db);
};

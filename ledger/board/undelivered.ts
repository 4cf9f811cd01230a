import { sql } from 'kysely';
import { addressOn } from '../../domain/address';
import type { Channel } from '../../domain/notice';
import type { Position, Seat } from '../../domain/plan';
import { type CivilDate, DAY_MS, type Instant, instantAt } from '../../domain/time';
import type { Ledger } from '../connect';
import { type ListedOddMail, listOddMails } from '../odd-mails';
import { type Held, readHeld } from '../outbox';
import { readSeats } from '../seats';
import { listUnsealed, type SeenUnsealed, UNSEALED_LISTED_DAYS } from '../unsealed';
import { listMessages, type MessageRow } from './outbox';

/** A message that did not arrive, or of which nobody can say; codes apart, since who needs one asks again. `isUnderWay`: something of it goes by another channel at this moment. */
export type UndeliveredMessage = MessageRow & { readonly isUnderWay: boolean };
/** Notices for a position that nobody can be given them for. `why`: `no-holder`, `no-address`, `no-plan`. */
export type Unplaced = { readonly position: Position; readonly why: string; readonly notices: number; readonly tasks: readonly string[] };
/** An address that a receiver refused for good, with the positions of today that have it. */
export type BadAddress = { readonly channel: Channel; readonly address: string; readonly positions: readonly Position[]; readonly reason: string; readonly markedAt: Instant };
export type Undelivered = {
  readonly messages: readonly UndeliveredMessage[]; readonly unplaced: readonly Unplaced[]; readonly badAddresses: readonly BadAddress[]; readonly held: Held; readonly oddMails: readonly ListedOddMail[];
  readonly unsealed: readonly SeenUnsealed[];
};

/** More than this nobody reads; the count on the page says that there are more. */
const MOST = 200;
const ARRIVED = sql`('accepted', 'delivered')`;

/**
 * True for a delivery `d` of a notice `n` that needs nothing more: it was said by another way, its task is over, or somebody at the position has since got a later
 * notice of the same matter.
 */
const isMended = sql<boolean>`(
  exists (select 1 from delivery o join message om on om.key = o.message where o.notice = d.notice and o.channel <> d.channel and om.state in ${ARRIVED})
  or exists (select 1 from task t where t.id = n.task and t.state in ('completed', 'discontinued', 'merged', 'carried_over'))
  or exists (select 1 from notice l join delivery ld on ld.notice = l.key join message lm on lm.key = ld.message
    where l.about_type = n.about_type and l.about_id = n.about_id and l.to_position = n.to_position and l.decided_at > n.decided_at and lm.state in ${ARRIVED}))`;

/** What is older is history: its tasks have gone on, and `outbox list` still has it. */
const LISTED_MS = 366 * DAY_MS;

const readMessages = async (db: Ledger, today: CivilDate): Promise<readonly UndeliveredMessage[]> => {
  const { rows } = await sql<{ key: string; underWay: boolean }>`
    select m.key, bool_or(exists (select 1 from delivery o where o.notice = d.notice and o.channel <> d.channel and o.state in ('planned', 'claimed'))) as "underWay"
    from message m join delivery d on d.message = m.key join notice n on n.key = d.notice
    where (m.state in ('rejected', 'bounced', 'failed', 'ambiguous') or (m.state = 'frozen' and m.in_trouble)) and m.class <> 'code'
      and m.frozen_at > ${new Date(instantAt(today, 0) - LISTED_MS)} and not ${isMended}
    group by m.key, m.frozen_at order by m.frozen_at desc limit ${MOST}`.execute(db);
  const underWay = new Map(rows.map((r) => [r.key, r.underWay]));
  const messages = await listMessages(db, { keys: rows.map((r) => r.key), limit: MOST });
  return messages.map((m) => ({ ...m, isUnderWay: underWay.get(m.key) === true }));
};

const readUnplaced = async (db: Ledger): Promise<readonly Unplaced[]> => {
  const { rows } = await sql<Unplaced>`
    select n.to_position as position, d.reason as why, count(distinct n.key)::int as notices, coalesce(array_agg(distinct n.task order by n.task) filter (where n.task is not null), '{}') as tasks
    from delivery d join notice n on n.key = d.notice
    where d.state = 'failed' and d.message is null and not ${isMended}
      and not exists (select 1 from delivery o where o.notice = d.notice and o.channel <> d.channel and o.state in ('planned', 'claimed'))
    group by n.to_position, d.reason order by n.to_position, d.reason limit ${MOST}`.execute(db);
  return rows;
};

const isOn = ({ from, to }: Seat, day: CivilDate): boolean => from <= day && (to === undefined || day <= to);

/** Only those that the directory still names: another address there mends it. */
const readBad = async (db: Ledger, today: CivilDate): Promise<readonly BadAddress[]> => {
  const rows = await db.selectFrom('bad_address').selectAll().orderBy('marked_at', 'desc').orderBy('address').execute();
  if (rows.length === 0) return [];
  const seats = (await readSeats(db)).filter((seat) => isOn(seat, today));
  return rows.flatMap(({ channel, address, reason, marked_at }) => {
    const positions = [...new Set(seats.filter((seat) => addressOn(channel, seat) === address).map((seat) => seat.position))];
    return positions.length === 0 ? [] : [{ channel, address, positions, reason, markedAt: marked_at }];
  });
};

/** Everything that did not reach its position and is not mended, and what waits for a person before it leaves. */
export const readUndelivered = async (db: Ledger, today: CivilDate): Promise<Undelivered> => {
  const [messages, unplaced, badAddresses, held, oddMails, unsealed] = await Promise.all([
    readMessages(db, today), readUnplaced(db), readBad(db, today), readHeld(db), listOddMails(db, today), listUnsealed(db, UNSEALED_LISTED_DAYS),
  ]);
  return { messages, unplaced, badAddresses, held, oddMails, unsealed };
};

/** False where the next step comes by itself: another attempt, a receipt that is waited for, another channel. */
export const needsPerson = ({ awaits, isUnderWay, failedOverAt, state }: UndeliveredMessage): boolean => {
  if (state === 'frozen' || (state === 'ambiguous' && (awaits === 'attempt' || awaits === 'receipt'))) return false;
  return !isUnderWay && (failedOverAt !== null || awaits === 'person');
};

/** How many things wait for a person: what the head of the board counts. */
export const countForPerson = ({ messages, unplaced, badAddresses, held, oddMails, unsealed }: Undelivered): number =>
  messages.filter(needsPerson).length + unplaced.length + badAddresses.length + oddMails.length + held.starts.length
  + unsealed.length + held.unsaid.length + (held.restored > 0 ? 1 : 0);

import { type Kysely, sql } from 'kysely';
import type { Position } from '../domain/plan';
import type { Instant } from '../domain/time';
import { insertOddMail, type OddMail } from './odd-mails';
import { type NewReceipt, recordReceipt } from './outbox/receipts';
import type { Schema } from './schema';
import { type MailboxCursor, moveMailboxCursor } from './settings';
import { readTexts, writeText } from './texts';

type Db = Kysely<Schema>;

/** A mail that the mailbox may speak of: to whom it went, and the only task that it is about; null where it is about several or none. */
export type SentMail = { readonly key: string; readonly address: string; readonly positions: readonly string[]; readonly task: string | null };
export type NewReply = Pick<Reply, 'id' | 'message'> & { readonly task: string | null; readonly position: string | null; readonly content: string };
/** What follows from one mail of the mailbox; nothing where none is there. `odd`: it is kept aside for a person. */
export type MailEffects = { readonly receipt?: NewReceipt; readonly reply?: NewReply; readonly odd?: OddMail };

/** More answers to one mail than people write: the rest stays in the mailbox. */
const MOST_REPLIES = 50;

/** Of possible keys, those of mails that we sent, in the order given; `providerId` is under which a relay queued one. */
export const findSentMail = async (db: Db, keys: readonly string[], providerId?: string): Promise<readonly SentMail[]> => {
  const { rows } = await sql<SentMail>`
    with named as (
      select key, min(place) as place from (select * from unnest(${[...keys]}::text[]) with ordinality as k(key, place)
        union all select a.message, null from attempt a where a.provider_id = ${providerId ?? null}::text) as k group by key)
    select m.key, m.address, m.positions,
      (select case when count(distinct n.task) = 1 then min(n.task) end from delivery d join notice n on n.key = d.notice where d.message = m.key) as task
    from named join message m on m.key = named.key where m.channel = 'email' and m.first_started_at is not null
    order by named.place nulls last, m.frozen_at desc`.execute(db);
  return rows;
};

const insertReply = async (db: Db, reply: NewReply, now: Instant): Promise<void> => {
  const { rows } = await sql<{ known: boolean; count: number }>`
    select coalesce(bool_or(id = ${reply.id}), false) as known, count(*) as count from reply where message = ${reply.message}`.execute(db);
  if (rows[0] === undefined || rows[0].known || rows[0].count >= MOST_REPLIES) return;
  const text = await writeText(db, { subject: reply.task ?? reply.message, field: 'reply', content: reply.content, now });
  const { content: _, ...row } = reply;
  await db.insertInto('reply').values({ ...row, text: text.id, received_at: new Date(now) }).onConflict((c) => c.doNothing()).execute();
};

/** What follows from one mail, and the cursor behind it, in one transaction; `repeated` where it was taken already. */
export const takeMail = (db: Db, cursor: MailboxCursor, { receipt, reply, odd }: MailEffects, now: Instant): Promise<'taken' | 'repeated'> =>
  db.transaction().execute(async (tx) => {
    if (!(await moveMailboxCursor(tx, cursor))) return 'repeated';
    if (receipt) await recordReceipt(tx, [receipt], now);
    if (reply) await insertReply(tx, reply, now);
    if (odd) await insertOddMail(tx, cursor, odd, now);
    return 'taken';
  });

/** A note that came by mail; nobody has checked who wrote it. `text` is null where it was erased; `isOfDigest`: it answers a mail about several tasks. */
export type Reply = {
  readonly id: string; readonly message: string; readonly position: Position | null; readonly text: string | null; readonly at: Instant; readonly isOfDigest: boolean;
};

type ReplyRow = { id: string; message: string; position: Position | null; text: string; at: Instant; of_digest: boolean };
const withTexts = async (db: Db, rows: readonly ReplyRow[]): Promise<readonly Reply[]> => {
  const texts = await readTexts(db, rows.map((r) => r.text));
  return rows.map(({ of_digest: isOfDigest, ...r }) => ({ ...r, text: texts.get(r.text) ?? null, isOfDigest }));
};

/** What people wrote back to mails about a task, oldest first. */
export const listReplies = async (db: Db, task: string): Promise<readonly Reply[]> => {
  const { rows } = await sql<ReplyRow>`
    select r.id, r.message, r.position, r.text, r.received_at as at, r.task is null as of_digest from reply r
    where r.task = ${task} or (r.task is null
      and exists (select 1 from delivery d join notice n on n.key = d.notice where d.message = r.message and n.task = ${task}))
    order by r.received_at, r.id`.execute(db);
  return withTexts(db, rows);
};

/** More than this nobody reads on one page. */
const MOST_LOOSE = 100;

/** What people wrote back to mails that are about no task (a new link, a withdrawn plan, a failed delivery), newest first: no task's page shows them. */
export const listLooseReplies = async (db: Db): Promise<readonly Reply[]> => {
  const { rows } = await sql<ReplyRow>`
    select r.id, r.message, r.position, r.text, r.received_at as at, false as of_digest from reply r
    where r.task is null and not exists (select 1 from delivery d join notice n on n.key = d.notice where d.message = r.message and n.task is not null)
    order by r.received_at desc, r.id limit ${MOST_LOOSE}`.execute(db);
  return withTexts(db, rows);
};

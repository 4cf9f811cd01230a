import { sql } from 'kysely';
import type { Ledger } from '../../ledger/connect';

/** How much has passed: addresses that got a digest each working day, and for how many days before `until`. */
export type Growth = { readonly addresses: number; readonly days: number; readonly until: string };

/** Links live ninety days and are kept a year longer: older ones are not there any more. */
const DAYS_OF_LINKS = 325;
/** Tasks of the lead whose pages are opened that came to their end meanwhile, with sixty events each. */
const TASKS = 1_500;

/** One of the events of a task that is over. */
const PROGRESS = {
  type: 'acted', seq: 1, at: 0, schema: 2, act: 'report-progress', fields: {}, effectiveAt: 0, result: { state: 'in_progress' },
  actor: { by: 'tb-skhdt/officer', via: 'cli' },
};

/** Indexes that a table has besides its keys, taken away while it is filled. */
const withoutIndexes = async (ledger: Ledger, fill: () => Promise<void>): Promise<void> => {
  const { rows } = await sql<{ name: string; made: string }>`
    select i.indexname as name, i.indexdef as made from pg_indexes i join pg_class c on c.relname = i.indexname join pg_index x on x.indexrelid = c.oid
    where i.schemaname = 'public' and not x.indisunique`.execute(ledger);
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(ledger);
  await fill();
  for (const { made } of rows) await sql.raw(made).execute(ledger);
};

/**
 * Fills a furnished ledger with years of everyday life: for each address and working day one accepted digest with two notices (left out as SMS), its attempt,
 * its bytes (short ones) and its links, and every thousandth one that did not arrive; events and texts of the tasks beside it. In SQL, some millions of rows a
 * minute.
 */
export const grow = (ledger: Ledger, { addresses, days, until }: Growth): Promise<void> =>
  withoutIndexes(ledger, async () => {
    await sql`create temporary table made as
      select 'k' || d || '-' || a as key, d, a, ${until}::timestamptz - make_interval(days => d) as at,
        'a' || a || '@thaibinh.example' as address, 'tb-g' || a || '/officer' as position, (d * 7 + a) % 1000 = 0 as is_lost, 'G18-' || (1 + a % ${TASKS}::int) as task
      from generate_series(1, ${days}::int) d, generate_series(1, ${addresses}::int) a`.execute(ledger);
    await sql`insert into message (key, plan, channel, address, class, grp, positions, subject, state, attempt, frozen_at, first_started_at, settled_at, in_trouble, failed_over_at)
      select key, 'CN18', 'email', address, 'digest', to_char(at, 'YYYY-MM-DD'), array[position], 'Việc', case when is_lost then 'bounced' else 'accepted' end, 1, at, at, at,
        is_lost, case when is_lost then at end from made`.execute(ledger);
    await sql`insert into attempt (message, number, started_at, body_started_at, ended_at, outcome, detail, provider_id)
      select key, 1, at, at, at, 'accepted', '250 2.0.0 ok', 'Q' || key from made`.execute(ledger);
    await sql`insert into body (message, content, hash, content_type, preview, frozen_at) select key, 'x', 'h', 'message/rfc822', '{}', at from made`.execute(ledger);
    await sql`insert into notice (key, about_type, about_id, task, plan, kind, to_position, channels, class, grp, reason, decided_at, send_at, facts)
      select key || '-' || n, 'task', task, task, 'CN18', 'due-soon', position, '{email}', 'digest', to_char(at, 'YYYY-MM-DD'), 'rung-day', at, at, '{}'
      from made, generate_series(1, 2) n`.execute(ledger);
    await sql`insert into delivery (notice, channel, state, message, position, send_at)
      select key || '-' || n, 'email', case when is_lost then 'failed' else 'sent' end, key, position, at from made, generate_series(1, 2) n`.execute(ledger);
    await sql`insert into delivery (notice, channel, state, reason, send_at)
      select key || '-' || n, 'sms', 'dropped', 'asked-for-less', at from made, generate_series(1, 2) n`.execute(ledger);
    await sql`insert into link (id, hash, key_id, kind, slot, message, notice, position, task, step, version, created_at, expires_on, revoked_at)
      select key || '-l' || n, key || '-h' || n, 'k1', case n when 1 then 'page' else 'step' end, 's', key, key || '-1', position, case n when 1 then null else task end,
        'due-soon', 1, at, (at + interval '90 days')::date, null
      from made, generate_series(1, 3) n where d <= ${DAYS_OF_LINKS}`.execute(ledger);
    await sql`insert into receipt (source, provider_id, message, status, received_at, applied_at)
      select 'mailbox', '', key, 'failed', at, at from made where is_lost`.execute(ledger);
    await sql`insert into text (id, subject, field, hash, length, content, created_at)
      select 't' || key, task, 'text', 'h', 1, 'x', at from made where a % 50 = 0`.execute(ledger);
    await sql`insert into press (id, link, task, act, person, pressed_at, seq)
      select 'p' || key, key || '-l2', task, 'report-progress', 'p1', at, 1 from made where a % 50 = 0 and d <= 180`.execute(ledger);
    await sql`insert into task (id, plan, seed, seq, projection, state, lead, supervisor, due_on, opened_at)
      select 'G18-' || n, plan, seed, 60, projection || '{"state": "completed"}', 'completed', lead, supervisor, due_on, opened_at from task, generate_series(1, ${TASKS}::int) n
      where id = 'CN18-05'`.execute(ledger);
    await sql`insert into event (task, seq, type, act, via, effective_at, decided_at, schema, body)
      select 'G18-' || n, seq, 'acted', case seq % 60 when 0 then 'amend' else 'report-progress' end, 'link', now(), now(), 2, ${JSON.stringify(PROGRESS)}::jsonb
      from generate_series(1, ${TASKS}::int) n, generate_series(1, 60) seq`.execute(ledger);
    await sql`drop table made`.execute(ledger);
  });

/** Statistics as after the nightly autovacuum. */
export const analyse = async (ledger: Ledger): Promise<void> => { await sql`vacuum analyze`.execute(ledger); };

/** All tables and indexes on disk. */
export const databaseBytes = async (ledger: Ledger): Promise<number> =>
  (await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(ledger)).rows[0]?.bytes ?? 0;

import { sql } from 'kysely';
import { createTelling } from './people';
import type { Site } from './site';

/** Milliseconds between `body_started` and the record of how the attempt ended, without any fault. */
export type Window = { readonly n: number; readonly medianMs: number; readonly p99Ms: number };

const PASSES = 5;
const MAILS = 200;

/** The ledger's rows carry our time, which stands still during a pass: the database itself writes down when they change. */
const STATEMENTS = [
  'create table seen (message text, number int, started timestamptz, ended timestamptz, primary key (message, number))',
  `create function see() returns trigger language plpgsql as $$ begin
    if new.body_started_at is not null and old.body_started_at is null then insert into seen values (new.message, new.number, clock_timestamp()); end if;
    if new.ended_at is not null and old.ended_at is null then
      update seen set ended = clock_timestamp() where message = new.message and number = new.number; end if;
    return new; end $$`,
  'create trigger see after update on attempt for each row execute function see()',
];

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** A thousand mails in passes of two hundred. */
export const measureWindow = async (site: Site): Promise<Window> => {
  const all: number[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    await site.fresh();
    for (const statement of STATEMENTS) await sql.raw(statement).execute(site.ledger);
    await createTelling(site.ledger, 'email').tell(MAILS, site.hands.now(), false);
    await site.hands.settle();
    const { rows } = await sql<{ ms: number }>`
      select extract(epoch from ended - started)::float8 * 1000 as ms from seen where ended is not null`.execute(site.ledger);
    all.push(...rows.map((r) => r.ms));
  }
  const sorted = all.sort((a, b) => a - b);
  return { n: sorted.length, medianMs: at(sorted, 0.5), p99Ms: at(sorted, 0.99) };
};

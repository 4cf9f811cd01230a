import { sql } from 'kysely';
import type { TaskSeed } from '../../domain/task';
import type { Ledger } from '../../ledger/connect';
import { projectionFor, seedOf } from './task-values';

/** More than a statement takes parameters. */
export const MANY = 70_000;
export const all = <T>(make: (i: number) => T): readonly T[] => Array.from({ length: MANY }, (_, i) => make(i + 1));

/** A seed without the ladder and the calendar, which are the larger part of one and are of no account here. */
export const slimSeed = (id: string): TaskSeed => ({
  ...seedOf(id), calendar: { version: 'none', years: [] }, ladder: { version: 'none', acknowledgement: [], main: [], occurrence: [] },
});

const amended = {
  type: 'acted', seq: 1, at: 0, schema: 1, act: 'amend', fields: { field: 'title', value: { text: { id: 'tx-#', hash: 'h', length: 9 } } },
  actor: { by: 'tb-sct/officer', via: 'cli', person: 'p-#' }, effectiveAt: 0, result: { state: 'assigned' },
};
/** A value in which each `#` is the row's number. */
const numbered = (value: unknown) => sql`replace(${JSON.stringify(value)}::text, '#', i::text)::jsonb`;
const numbers = sql`generate_series(1, ${MANY}::int) as i`;

/**
 * A ledger of many rows: tasks `T-1`… of one start that is held, each with an amended title `tx-1`…, a file, a notice `n-1`…, and a mail `m-1`… that nobody
 * has tried, with its link; a person on a seat for each.
 */
export const fillLedger = async (db: Ledger): Promise<void> => {
  const at = sql`timestamptz '2018-10-22T01:00:00Z'`;
  for (const statement of [
    sql`insert into plan (code, hash, header, spec, file_name, file, started_at)
      select 'CN18', 'h', '{"title": "x"}', jsonb_agg(jsonb_build_object('id', 'T-' || i, 'no', i::text, 'displayTitle', 'x')), 'x', '', ${at} from ${numbers}`,
    sql`insert into start (id, plan, tasks, started_at, held_at) select 'start-1', 'CN18', array_agg('T-' || i), ${at}, ${at} from ${numbers}`,
    sql`insert into task (id, plan, seed, seq, projection, state, lead, supervisor, next_wake_at, opened_at)
      select 'T-' || i, 'CN18', ${numbered(slimSeed('T-#'))}, 1, ${numbered(projectionFor('T-#', 1))}, 'assigned', 'tb-skhdt', 'tb-sct', ${at}, ${at} from ${numbers}`,
    sql`insert into event (task, seq, type, act, person, via, effective_at, decided_at, recorded_at, schema, body)
      select 'T-' || i, 1, 'acted', 'amend', 'p-' || i, 'cli', ${at}, ${at}, ${at}, 1, ${numbered(amended)} from ${numbers}`,
    sql`insert into text (id, subject, field, hash, length, content, created_at) select 'tx-' || i, 'T-' || i, 'value', 'h', 9, 'title ' || i, ${at} from ${numbers}`,
    sql`insert into task_file (id, task, position, name, content_type, size, hash, content, added_at)
      select 'f-' || i, 'T-' || i, 'tb-skhdt/officer', 'x.pdf', 'application/pdf', 0, 'h', '', ${at} from ${numbers}`,
    sql`insert into notice (key, about_type, about_id, task, plan, kind, to_position, channels, class, grp, reason, decided_at, send_at, facts)
      select 'n-' || i, 'task', 'T-' || i, 'T-' || i, 'CN18', 'assigned', 'u-' || i || '/officer', '{email}', 'act', 'g-' || i, 'assigned', ${at}, ${at}, '{}' from ${numbers}`,
    sql`insert into delivery (notice, channel, state, message, send_at) select 'n-' || i, 'email', 'claimed', 'm-' || i, ${at} from ${numbers}`,
    sql`insert into message (key, plan, channel, address, class, grp, positions, frozen_at)
      select 'm-' || i, 'CN18', 'email', 'u' || i || '@x.example', 'act', 'g-' || i, array['u-' || i || '/officer'], ${at} from ${numbers}`,
    sql`insert into body (message, content, hash, content_type, preview) select 'm-' || i, 'x', 'h', 'message/rfc822', '{}' from ${numbers}`,
    sql`insert into link (id, hash, key_id, kind, slot, message, notice, position, task, created_at, expires_on)
      select 'l-' || i, 'h-' || i, 'k', 'step', 's-' || i, 'm-' || i, 'n-' || i, 'u-' || i || '/officer', 'T-' || i, ${at}, '2019-01-22' from ${numbers}`,
    sql`insert into seat (position, person, name, email, from_on) select 'u-' || i || '/officer', 'p-' || i, 'Nguyễn Văn ' || i, 'u' || i || '@x.example', '2018-01-01' from ${numbers}`,
    sql`analyze`,
  ]) await statement.execute(db);
};

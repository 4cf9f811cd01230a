import { sql } from 'kysely';
import type { Notice } from '../../domain/notice';
import { CLOSED_STATES, type TaskEvent, type TaskSeed } from '../../domain/task';
import type { Instant } from '../../domain/time';
import type { Ledger } from '../connect';
import { readPlanned } from '../outbox';
import { readEventsOf } from '../tasks';

export type Outlook = {
  /** Tasks that go on by themselves, and those that something planned is about, with everything that happened to them. */
  readonly tasks: readonly { readonly seed: TaskSeed; readonly events: readonly TaskEvent[] }[];
  /** Decided and not in a message yet, each with the channels on which it waits. */
  readonly planned: readonly Notice[];
};

/** One notice with its planned channels, whatever the number of its deliveries. */
const byNotice = (rows: Awaited<ReturnType<typeof readPlanned>>): readonly Notice[] => {
  const merged = new Map<string, Notice>();
  for (const { notice, channel } of rows) {
    const channels = [...(merged.get(notice.key)?.channels ?? []), channel];
    merged.set(notice.key, { ...notice, channels });
  }
  return [...merged.values()];
};

/** Everything that a forecast goes on from. What is held leaves nothing before a person releases it, and a task that needs repair does not go on. */
export const readOutlook = async (db: Ledger, until: Instant): Promise<Outlook> => {
  const planned = byNotice(await readPlanned(db, until));
  const about = planned.flatMap((n) => n.task ?? []);
  const { rows } = await sql<{ id: string; seed: TaskSeed }>`
    select id, seed from task t where id = any(${about}::text[]) or (needs_repair is null and coalesce(state, '') <> all(${[...CLOSED_STATES]}::text[])
      and not exists (select 1 from start s, unnest(s.tasks) as held(task) where s.held_at is not null and s.released_at is null and held.task = t.id)) order by id`.execute(db);
  const events = await readEventsOf(db, rows.map((r) => r.id));
  return { planned, tasks: rows.map(({ id, seed }) => ({ seed, events: events.get(id) ?? [] })) };
};

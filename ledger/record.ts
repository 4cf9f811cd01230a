import type { Kysely } from 'kysely';
import { withPapers } from '../domain/documents';
import { evolve, initialState } from '../domain/evolve';
import type { TaskEvent, TaskState } from '../domain/task';
import type { Instant } from '../domain/time';
import { eventTexts } from './event-texts';
import type { Schema } from './schema';
import { readEvents, readSeed } from './tasks';
import { readTexts } from './texts';

/**
 * A task's events up to an instant, each with the paper that was entered for it, the state after them, and every free
 * text that they refer to, by its id (null: erased).
 */
export type TaskRecord = { readonly events: readonly TaskEvent[]; readonly state: TaskState; readonly texts: ReadonlyMap<string, string | null> };

/** What had happened to a task by an instant, that instant included; undefined for a task that is not known. */
export const readRecord = async (db: Kysely<Schema>, task: string, until: Instant): Promise<TaskRecord | undefined> => {
  const seed = await readSeed(db, task);
  if (seed === undefined) return undefined;
  const events = (await readEvents(db, task)).filter((e) => e.at <= until);
  const texts = await readTexts(db, events.flatMap((e) => eventTexts(e).map(([, ref]) => ref.id)));
  return { events: withPapers(events), state: events.reduce(evolve, initialState(seed)), texts };
};

import { NO_REQUESTS } from '../domain/evolve';
import { fileRef } from '../domain/refs';
import type { Pending } from '../contracts/task';
import { STATE_SCHEMA, type TaskEvent, type TaskState } from '../domain/task';

/** Schema 2 knows consultations, requests for extensions, obstacles, and what a prepared submission is prepared for. */
const toSchema2 = (state: TaskState): TaskState => ({
  ...NO_REQUESTS, ...state, schema: STATE_SCHEMA, prepared: state.prepared && { ...state.prepared, of: state.prepared.of ?? 'submit' } as TaskState['prepared'],
  extensionCount: state.recent.filter((r) => r.act === 'grant-extension').length,
});

/** What a run before kept of its commits, as this code keeps it. */
export const keptCommits = (committed: readonly (Pending | TaskEvent)[]): readonly Pending[] =>
  committed.map((one) => ('events' in one ? one : { events: [one], notices: [] }));

/** A file's name has no place in a history: what the first release carried on loses it here. */
const withoutFileNames = (state: TaskState): TaskState => ({
  ...state, consultations: state.consultations.map((c) => (c.file === undefined ? c : { ...c, file: fileRef(c.file) })),
});

/** Brings a carried state to the schema of this code at the start of a run; refuses one that is newer by name. */
export const migrate = (state: TaskState): TaskState => {
  if (state.schema > STATE_SCHEMA) throw new Error(`State of schema ${state.schema} is newer than this code (${STATE_SCHEMA}): run the newer release.`);
  return withoutFileNames(state.schema < STATE_SCHEMA ? toSchema2(state) : state);
};

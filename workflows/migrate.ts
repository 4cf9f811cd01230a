import { STATE_SCHEMA, type TaskState } from '../domain/task';

/** Brings a carried state to the schema of this code at the start of a run; refuses one that is newer by name. */
export const migrate = (state: TaskState): TaskState => {
  if (state.schema > STATE_SCHEMA) throw new Error(`State of schema ${state.schema} is newer than this code (${STATE_SCHEMA}): run the newer release.`);
  return state;
};

import { type Act, ACTS } from '../domain/acts';
import { isWeighty } from '../domain/authority';
import { NO_REQUESTS, NOTHING_TOLD } from '../domain/evolve';
import { fileRef } from '../domain/refs';
import type { Pending } from '../contracts/task';
import { STATE_SCHEMA, type TaskEvent, type TaskState } from '../domain/task';
import { dateAt } from '../domain/time';

const isAct = (name: string): name is Act => (ACTS as readonly string[]).includes(name);

/** Acts whose own field holds their paper. */
const WITH_DOCUMENT: readonly string[] = [
  'grant-extension',
  'reassign',
  'suspend',
  'resume',
  'discontinue',
  'merge',
  'carry-over',
  'enter-event',
  'decide-obstacle',
];

/**
 * Schema 3 knows who was told of a delay, and which acts have no paper yet: of those that a state before remembers,
 * every one whose paper it cannot know.
 */
const toSchema3 = (state: TaskState): TaskState => {
  const asked = state.recent.flatMap((r) =>
    isAct(r.act) && isWeighty(r.act) && !WITH_DOCUMENT.includes(r.act) ? [{ ...r, act: r.act }] : [],
  );
  const seq = state.recent.filter((r) => r.act === 'submit').at(-1)?.seq;
  return {
    ...state, schema: STATE_SCHEMA, ...NOTHING_TOLD,
    submission: state.submission && (seq === undefined ? state.submission : { ...state.submission, seq }),
    undocumented: asked.map(({ seq: no, act, by, at }) => ({
      seq: no, act, unit: by === 'admin' ? state.seed.hostUnit : by.slice(0, by.lastIndexOf('/')), on: dateAt(at),
    })),
  };
};

/** Schema 2 knows consultations, requests for extensions, obstacles, and what a prepared submission is prepared for. */
const toSchema2 = (state: TaskState): TaskState => ({
  ...NO_REQUESTS,
  ...state,
  schema: 2,
  prepared: state.prepared && ({ ...state.prepared, of: state.prepared.of ?? 'submit' } as TaskState['prepared']),
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
  const second = state.schema < 2 ? toSchema2(state) : state;
  return withoutFileNames(second.schema < STATE_SCHEMA ? toSchema3(second) : second);
};

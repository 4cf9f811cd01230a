import type { TextRef } from '../domain/refs';
import type { TaskEvent, TaskState } from '../domain/task';

/** Who signs for a unit, as a document names him: `KT.` before the title where it is a deputy. */
export type Signer = { readonly name: string; readonly isDeputy: boolean };

/** What has happened to a task, for letters and tables: its events in order, the state after them, and the free texts behind their references (null: erased). */
export type TaskRecord = {
  readonly events: readonly TaskEvent[];
  readonly state: TaskState;
  readonly texts: ReadonlyMap<string, string | null>;
  readonly signer?: Signer;
};

const ERASED = '(nội dung đã được xóa)';

/** A free text of the record in one line; undefined where there is none. */
export const textOf = ({ texts }: Pick<TaskRecord, 'texts'>, ref: TextRef | undefined): string | undefined => {
  const text = ref === undefined ? undefined : texts.get(ref.id);
  return text === undefined ? undefined : text === null ? ERASED : text.replace(/\s+/gu, ' ').trim();
};

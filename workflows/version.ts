import { patched } from '@temporalio/workflow';

/**
 * Answers whether a run takes a change of its steps that is older than versions in inputs: a run whose input says a version takes all of them; of
 * another one its history is asked. A change since then is asked of the version itself.
 */
export const takes = (version: number | undefined) => (change: string): boolean => version !== undefined || patched(change);

/** @throws where a run was begun by a newer release: Temporal repeats the step until a worker of that release takes it. */
export const refuseNewer = (version: number | undefined, newest: number): void => {
  if (version !== undefined && version > newest) throw new Error(`A run of version ${version} is newer than this code (${newest}): run the newer release.`);
};

/** The rules that a task decides by to the end of its run: its input's, or those of the release that started it without saying. */
export const rulesOf = (version: number | undefined): number => version ?? (patched('rules-2') ? 2 : 1);

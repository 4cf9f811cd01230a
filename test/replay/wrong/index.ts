import { sleep } from '@temporalio/workflow';

/** Waits before it opens: not what any recorded history did. */
export async function task(): Promise<string> {
  await sleep('1 day');
  return 'wrong';
}
export const post = task;
export const message = task;

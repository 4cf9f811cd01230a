import { temporal } from '@temporalio/proto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { taskWorkflowId } from '../../contracts/ids';
import { chainOf, type History } from '../support/chain';
import { onStage } from '../support/stage';
import { startTimeSkipping, workflowBundle } from '../support/temporal';
import { BEGIN, recordedLife, ROW } from './life';
import { recordedPost } from './post-life';

/** Stack traces of failures name folders of this machine; no replay reads them. */
const withoutStacks = <T>(part: T): T => {
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return part;
  Object.values(part).forEach(withoutStacks);
  if ('stackTrace' in part) part.stackTrace = '';
  return part;
};

/**
 * Records the life of a task and of a post on the code of this checkout, one file a run of its chain, to be replayed by every later release:
 * `npm run jest -- --selectProjects replay` (it bundles the workflows), then
 * `node -r ./test/support/swc-require.cjs test/replay/record.ts rules-3`.
 */
const save = (name: string, history: History): void => {
  const path = join(__dirname, 'histories', name);
  if (existsSync(path)) throw new Error(`${name} is there already: a recorded history is never replaced`);
  writeFileSync(path, temporal.api.history.v1.History.encode(withoutStacks(history)).finish());
};

const record = async (name: string): Promise<void> => {
  const env = await startTimeSkipping();
  const saveChain = async (workflow: string, id: string): Promise<void> =>
    (await chainOf(env.client, id)).forEach((history, i) => save(`${workflow}-${name}-${i + 1}.bin`, history));
  try {
    const { activities, play } = recordedLife();
    await onStage(env, workflowBundle, activities, BEGIN, play);
    await saveChain('task', taskWorkflowId(ROW.id));
    await saveChain('post', await recordedPost(env, workflowBundle));
  } finally {
    await env.teardown();
  }
};

const [name] = process.argv.slice(2);
if (name === undefined) throw new Error('which name? node -r ./test/support/swc-require.cjs test/replay/record.ts rules-3');
void record(name);

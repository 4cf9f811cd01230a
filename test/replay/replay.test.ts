import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { workflowBundle as thisCode } from '../support/temporal';

const FOLDER = join(__dirname, 'histories');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.bin')).sort();
const history = (file: string) => temporal.api.history.v1.History.decode(readFileSync(join(FOLDER, file)));
const idOf = (file: string): string => (file.startsWith('task') ? 'task/CN18-06' : 'post');
const replay = (workflowBundle: WorkflowBundleOption, file: string): Promise<void> => Worker.runReplayHistory({ workflowBundle }, history(file), idOf(file));

it('there is a recorded history of every workflow that waits for years', () => {
  expect(files.map((f) => f.split('-')[0])).toEqual(expect.arrayContaining(['task', 'post']));
});

it.each(files)('%s replays on this code', async (file) => {
  await expect(replay(thisCode, file)).resolves.toBeUndefined();
});

it('a workflow that decides otherwise is caught', async () => {
  const wrong = await bundleWorkflowCode({ workflowsPath: join(__dirname, 'wrong', 'index.ts') });
  await expect(replay(wrong, files.find((f) => f.startsWith('task'))!)).rejects.toMatchObject({ name: 'DeterminismViolationError' });
}, 60_000);

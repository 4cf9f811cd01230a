import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { workflowBundle as thisCode } from '../support/temporal';
import { type Call, comparable, decidedCalls, recordedCalls, tellingBundle } from './decided';

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

/** What a history holds and what this code would ask of its activities on the way, both as they are compared. */
const bothOf = async (bundle: WorkflowBundleOption, file: string): Promise<{ readonly recorded: readonly Call[]; readonly decided: readonly Call[] }> => {
  const recorded = recordedCalls(history(file));
  const decided = (await decidedCalls(bundle, history(file), idOf(file))).slice(0, recorded.length);
  return { recorded: comparable(recorded, recorded), decided: comparable(decided, recorded) };
};

describe('what a run has committed is decided anew', () => {
  let telling: WorkflowBundleOption;
  beforeAll(async () => { telling = await tellingBundle(); }, 120_000);

  it.each(files)('%s', async (file) => {
    const { recorded, decided } = await bothOf(telling, file);
    expect(decided).toEqual(recorded);
  });
});

it('a workflow that decides otherwise is caught', async () => {
  const wrong = await bundleWorkflowCode({ workflowsPath: join(__dirname, 'wrong', 'index.ts') });
  await expect(replay(wrong, files.find((f) => f.startsWith('task'))!)).rejects.toMatchObject({ name: 'DeterminismViolationError' });
}, 60_000);

it('a rule that was changed without a new version replays, and is caught by what it decides', async () => {
  const changed = await tellingBundle({ '../domain/tick': join(__dirname, 'wrong', 'tick.ts') });
  const { recorded, decided } = await bothOf(changed, 'task-rules-2-1.bin');
  expect(decided.map((c) => c.activity)).toEqual(recorded.map((c) => c.activity));
  expect(decided).not.toEqual(recorded);
}, 120_000);

it('a rule that was changed with a new version decides no recorded run otherwise', async () => {
  const next = join(__dirname, 'next');
  const changed = await tellingBundle({ '../domain/tick': join(next, 'tick.ts'), '../domain/task': join(next, 'task.ts') });
  for (const file of files) {
    const { recorded, decided } = await bothOf(changed, file);
    expect(decided).toEqual(recorded);
  }
}, 120_000);

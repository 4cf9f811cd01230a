import { rehearse } from '../../domain/rehearsal';
import { DAY_MS, type Instant, parseInstant } from '../../domain/time';
import { memoryLedger } from '../support/fake-activities';
import { onStage } from '../support/stage';
import { CONSULTATION_STORY, exampleStory } from '../support/story';
import { startTimeSkipping, workflowBundle } from '../support/temporal';

let env: Awaited<ReturnType<typeof startTimeSkipping>>;
beforeAll(async () => { env = await startTimeSkipping(); });
afterAll(async () => { await env.teardown(); });

const UNTIL = parseInstant('2026-03-01')!;

/** The story lived by workflows must be the rehearsed one: the same answers to the same acts, the same notices. */
const lives = async ({ seeds, acts, startAt }: ReturnType<typeof exampleStory>, until: Instant): Promise<void> => {
  const expected = rehearse({ seeds, acts, until });
  const ledger = memoryLedger();
  const answers: string[] = [];
  await onStage(env, workflowBundle, ledger.activities, startAt, async (stage) => {
    const handles = await Promise.all(seeds.map((seed) => stage.start(seed)));
    for (const { at, task, command } of acts) {
      await stage.goTo(at);
      const answer = await stage.act(task, command);
      answers.push(`${task} ${command.act} ${'code' in answer ? answer.code : 'accepted'}`);
    }
    await stage.goTo(until + DAY_MS / 2);
    await Promise.all(handles.map((h) => h.terminate().catch(() => undefined)));
  });
  expect(answers).toEqual(expected.acts.map((a) => `${a.task} ${a.act} ${a.refusal?.code ?? 'accepted'}`));
  const planned = [...ledger.notices.values()].filter((n) => n.decidedAt <= until).map((n) => n.key).sort();
  expect(planned).toEqual(expected.notices.map((n) => n.key).sort());
  expect(ledger.troubles).toEqual([]);
};

it('a consultation with late and missing inputs, an obstacle, an extension, a return: the workflow plans the same notices and takes the same acts as the rehearsal', async () => {
  await lives(exampleStory(CONSULTATION_STORY), parseInstant('2020-05-01')!);
}, 300_000);

it('twelve tasks over eight years: the workflows plan the same notices and take the same acts as the rehearsal', async () => {
  await lives(exampleStory(), UNTIL);
}, 300_000);

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textsOf, withTextRefs } from '../../config/act-fields';
import { readDirectory } from '../../config/directory';
import { readPlan } from '../../config/read-plan';
import { readStory } from '../../config/story';
import type { Command } from '../../domain/acts';
import { SHIPPED_CALENDAR } from '../../domain/calendar-data';
import { seedOf } from '../../domain/seed';
import { parseInstant } from '../../domain/time';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const read = (name: string): string => readFileSync(join(EXAMPLES, name), 'utf8');

/** One task through a consultation, an obstacle, an extension, a return and a late confirmation. */
export const CONSULTATION_STORY = 'chuyen-lay-y-kien.yaml';

/** An example story, left out: the one over all twelve tasks, as values: plan, directory, seeds, commands, and every text that somebody typed. */
export const exampleStory = (name = 'chuyen-cn18.yaml') => {
  const { directory } = readDirectory(read('thu-muc-thai-binh.yaml'), 'directory');
  const { story } = readStory(read(name), 'story');
  if (directory === null || story === null) throw new Error('the examples cannot be read');
  const file = { name: story.plan, bytes: readFileSync(join(EXAMPLES, story.plan)) };
  const { plan } = readPlan(file, { directory, code: 'CN18' });
  if (plan === null) throw new Error('the example plan cannot be read');
  const startAt = parseInstant('2018-10-22T08:00')!;
  const texts = story.acts.flatMap((a) => Object.values(textsOf(a.act, a.fields)));
  const acts = story.acts.map((a, i) => {
    const refOf = (field: string, content: string) => ({ id: `text-${i}-${field}`, hash: createHash('sha256').update(content).digest('hex'), length: content.length });
    return { at: a.at, task: a.task, command: { ...withTextRefs(a.act, a.fields, refOf), actor: { by: a.by, via: 'link' } } as Command };
  });
  const tasks = plan.tasks.filter((task) => story.tasks?.includes(task.id) ?? true);
  return { plan, directory, file, startAt, acts, texts, seeds: tasks.map((task) => seedOf({ plan: plan.plan, task, calendar: SHIPPED_CALENDAR, startAt, startId: 'start-1' })) };
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStory, type StoryAct } from '../../config/story';
import { CONSULTATION_STORY } from '../support/story';

/** What is done in the story of one task, its texts as people type them. */
export const storyActs = (): readonly StoryAct[] => {
  const { story } = readStory(readFileSync(join(__dirname, '..', '..', 'examples', CONSULTATION_STORY), 'utf8'), CONSULTATION_STORY);
  if (story === null) throw new Error('the story cannot be read');
  return story.acts;
};

import type { Client } from '@temporalio/client';
import type { Word } from '../../words';
import type { LinkDeps } from './deps';

/** How old an answer may be, and how long a page waits for one. */
const FRESH_MS = 5_000;
const DEADLINE_MS = 1_000;
export const NO_ACTING: Word = [
  'Trang này chỉ để xem; hiện chưa thực hiện được thao tác tại đây. Đề nghị thử lại sau ít phút.',
  'This page shows only; acting is not possible at this moment. Please try again in a few minutes.',
];

const answers = async (client: Client): Promise<boolean> =>
  client.withDeadline(Date.now() + DEADLINE_MS, () => client.workflowService.getSystemInfo({})).then(() => true, () => false);

/** Whether acting is possible at this moment, asked of Temporal at most every five seconds; a word for the page where it is not. */
export const createHealth = ({ acting, realNow }: Pick<LinkDeps, 'acting' | 'realNow'>): (() => Promise<Word | undefined>) => {
  let seen: { readonly at: number; readonly isUp: boolean } | undefined;
  let asking: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), DEADLINE_MS).unref());
    const isUp = acting !== undefined && (await Promise.race([acting.temporal().then(answers, () => false), late]));
    seen = { at: realNow(), isUp };
    return isUp;
  };
  return async () => {
    if (acting === undefined) return NO_ACTING;
    const isFresh = seen !== undefined && realNow() - seen.at < FRESH_MS;
    const isUp = isFresh ? seen?.isUp === true : await (asking ??= ask().finally(() => { asking = undefined; }));
    return isUp ? undefined : NO_ACTING;
  };
};

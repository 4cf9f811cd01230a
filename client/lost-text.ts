import type { Lost } from '../ledger/lost';
import { instantText } from './history-text';
import { ACT_WORDS, type Word, wordOf } from './words';

/** What a restored ledger lacks, as the person is told who has to ask for it again. */
export const lostText = ({ kind, task, seq, act, field, position, happenedAt }: Lost): Word => {
  const [vi, en] = wordOf(ACT_WORDS, act);
  const [at, what] = [instantText(happenedAt), kind === 'file' ? 'tệp' : 'nội dung'];
  return [
    `${task}, việc số ${seq} (${vi}, ${position}, ${at}): mất ${what} của mục ${field}.`,
    `${task}, event ${seq} (${en}, ${position}, ${at}): the ${kind} of ${field} is lost.`,
  ];
};

import type { Act } from '../../../domain/acts';
import type { ActedEvent } from '../../../domain/task';
import type { HistoryRow } from '../../../ledger/board';
import type { Todo } from './todo';

/** By which act what is asked came about, newest first where there are several ways. */
const CAUSES: Readonly<Partial<Record<Act, readonly Act[]>>> = {
  'give-input': ['open-consultation'], confirm: ['submit'], submit: ['prepare', 'return'], 'request-extension': ['prepare'], 'report-progress': ['return'],
  'give-opinion': ['request-extension'], 'grant-extension': ['give-opinion', 'request-extension'], reassign: ['reject-assignment'],
  'acknowledge-obstacle': ['raise-obstacle'], 'consolidate-obstacle': ['raise-obstacle'], 'decide-obstacle': ['consolidate-obstacle', 'raise-obstacle'],
};

const isOf = (event: ActedEvent, { obstacle }: Todo): boolean => obstacle === undefined || event.result.obstacle === obstacle;

/** What a person has to read before doing what is asked: the request, the result, the obstacle; each as the history has it. */
export const aboutOf = (todo: Todo, history: readonly HistoryRow[]): readonly HistoryRow[] => {
  const causes = todo.act === undefined || todo.isPlain === true ? [] : CAUSES[todo.act] ?? [];
  return causes.flatMap((act) => history.findLast(({ event }) => event.type === 'acted' && event.act === act && isOf(event, todo)) ?? []);
};

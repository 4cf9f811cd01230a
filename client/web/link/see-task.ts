import type { Act } from '../../../domain/acts';
import type { WorkingCalendar } from '../../../domain/calendar';
import { positionOf, ROLES } from '../../../domain/plan';
import type { TaskState } from '../../../domain/task';
import { dateAt } from '../../../domain/time';
import { findTask, type HistoryRow, lastAct, taskHistory, type TaskRow, unitNames } from '../../../ledger/board';
import { type Holder, peopleOf, readDirectoryHeader } from '../../../ledger/directory';
import { listFiles, type TaskFile } from '../../../ledger/files';
import { stateFromEvents } from '../../../ledger/rebuild';
import { calendarOf } from '../../services';
import { taskLine, type TaskLine } from '../../task-line';
import type { LinkDeps } from './deps';
import { type OpenLink, partOf, unitOfLink } from './open-link';
import { offersFor, type Offers } from './offers';
import { type Papers, papersFor } from './papers';
import { possibleActs, shownWord } from './possible';

/** Everything that the page of a task shows to one position at one moment, read from the ledger alone. */
export type SeenTask = {
  readonly row: TaskRow;
  readonly line: TaskLine;
  readonly state: TaskState | undefined;
  /** Acts that the rules would take from the position now; none of a confidential task, which is handled on paper. */
  readonly acts: readonly Act[];
  /** See {@link shownWord}; empty where the task has not begun. */
  readonly shown: string;
  readonly people: readonly Holder[];
  readonly offers: Offers;
  readonly history: readonly HistoryRow[];
  readonly files: readonly TaskFile[];
  /** What the system wrote about it: letters, drafts, tables. */
  readonly papers: Papers;
  readonly names: ReadonlyMap<string, string>;
  readonly calendar: WorkingCalendar;
  readonly last: Awaited<ReturnType<typeof lastAct>>;
};

/** The task as the position of the link may see it; undefined where it has nothing to do with it (any more). */
export const seeTask = async (deps: LinkDeps, link: OpenLink, task: string): Promise<SeenTask | undefined> => {
  const { ledger } = deps;
  const row = await findTask(ledger, task);
  const header = await readDirectoryHeader(ledger);
  if (row === undefined || !partOf(unitOfLink(link), row, header === undefined ? [] : [header.hostUnit, header.authorityOffice])) return undefined;
  const [state, people, history, files, names, calendar, last] = await Promise.all([
    stateFromEvents(ledger, task), peopleOf(ledger, link.position, dateAt(link.at)), taskHistory(ledger, task), listFiles(ledger, task), unitNames(ledger),
    calendarOf(ledger), lastAct(ledger, task),
  ]);
  const colleagues = (await Promise.all(ROLES.map((role) => peopleOf(ledger, positionOf(unitOfLink(link), role), dateAt(link.at))))).flat();
  const papers = await papersFor(deps, link, { row, state });
  return {
    row, state, people, papers, offers: offersFor(
      { state, position: link.position, names, files, colleagues, drafts: papers.drafts.map(({ body }) => body.join('\n')), today: dateAt(link.at) }
    ), history, files, names, calendar, last, line: taskLine(row, calendar, dateAt(link.at)),
    acts: state === undefined || row.isConfidential ? [] : possibleActs(state, link, people.length === 1 ? people[0]?.person : undefined),
    shown: state === undefined ? '' : shownWord(deps.acting?.key ?? '', state),
  };
};

/** True where the unit lost the task after the link was made: what it was for is another unit's now. */
export const wasReassigned = ({ state, row, history }: SeenTask, link: OpenLink): boolean => {
  const unit = unitOfLink(link);
  if (state === undefined || row.lead === unit || !state.leads.some((l) => l.unit === unit)) return false;
  return history.some((h) => h.act === 'reassign' && h.decidedAt > link.row.createdAt);
};

import type { WorkingCalendar } from '../../../../domain/calendar';
import type { CivilDate } from '../../../../domain/time';
import { daysLeftWord, dayText, type TaskLine } from '../../../task-line';
import { PROVISIONAL, type Word } from '../../../words';
import { CONFIDENTIAL, Mark } from '../../pages/board';
import { CardTable } from '../../pages/layout';
import type { Ahead } from '../ahead';
import type { OpenLink } from '../open-link';
import type { Todo } from '../todo';
import { type Lang, sayIn } from '../words';

export type WaitingTask = {
  readonly line: TaskLine;
  readonly todo: readonly Todo[];
  /** What comes first on the task by itself. */
  readonly ahead: Ahead | undefined;
};

const HEADS: readonly Word[] = [
  ['Mã', 'Code'], ['Nội dung', 'Title'], ['Bước tiếp theo', 'Next step'], ['Chủ trì', 'Lead'], ['Thời hạn', 'Due date'],
  ['Còn lại', 'Left'], ['Tình trạng', 'State'],
];
type TableProps = {
  readonly link: OpenLink; readonly lang: Lang; readonly calendar: WorkingCalendar;
  readonly tasks: readonly WaitingTask[]; readonly caption: Word;
};

/** Tasks of a position, each with its next step and the way to its page. */
export const TaskTable = ({ link, lang, calendar, tasks, caption }: TableProps) => {
  const say = sayIn(lang);
  const day = (on: CivilDate | null): string => dayText(calendar, on, say(PROVISIONAL));
  const next = ({ todo, ahead }: WaitingTask): string => {
    const by = (on: CivilDate | undefined): string =>
      on === undefined ? '' : `, ${say(['chậm nhất ngày', 'by'])} ${day(on)}`;
    const asked = todo.map((t) => `${say(t.what)}${by(t.by)}`);
    const coming = ahead === undefined
      ? []
      : [`${say(['Tiếp theo', 'Next'])}: ${say(ahead.what)}, ${say(['ngày', 'on'])} ${day(ahead.on)}`];
    return [...asked, ...coming].join('; ') || '–';
  };
  const rows = tasks.map((task) => [
    <a href={`${link.path}/viec/${task.line.id}${lang === 'en' ? '?lang=en' : ''}`}>{task.line.id}</a>,
    task.line.title ?? say(CONFIDENTIAL), next(task), task.line.leadName ?? '–',
    day(task.line.dueOn), say(daysLeftWord(task.line.daysLeft)), <Mark line={task.line} />,
  ]);
  return <CardTable caption={say(caption)} heads={HEADS.map(say)} rows={rows} />;
};

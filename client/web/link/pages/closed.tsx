import type { WorkingCalendar } from '../../../../domain/calendar';
import { dateAt } from '../../../../domain/time';
import type { Word } from '../../../words';
import type { OpenLink } from '../open-link';
import { type Lang, sayIn } from '../words';
import { ForWhom, Frame } from './frame';
import { TaskTable, type WaitingTask } from './task-table';

/** Tasks on one page. */
export const PAGE_SIZE = 100;
/** Beyond this the position's page says that there are more, and does not count them. */
export const MOST_COUNTED = 500;

/** Where the closed tasks of a position stand, from its own page or on a further one. */
export const closedPath = ({ path }: OpenLink, lang: Lang, page = 1): string => {
  const asked = [...(page === 1 ? [] : [`page=${page}`]), ...(lang === 'en' ? ['lang=en'] : [])];
  return `${path}/da-ket-thuc${asked.length === 0 ? '' : `?${asked.join('&')}`}`;
};

export const closedWord = (count: number): Word =>
  count < MOST_COUNTED
    ? [`Nhiệm vụ đã kết thúc: ${count}`, `Closed tasks: ${count}`]
    : [`Nhiệm vụ đã kết thúc: từ ${MOST_COUNTED} trở lên`, `Closed tasks: ${MOST_COUNTED} or more`];

type ClosedProps = {
  readonly link: OpenLink; readonly lang: Lang; readonly calendar: WorkingCalendar;
  readonly names: ReadonlyMap<string, string>; readonly tasks: readonly WaitingTask[]; readonly page: number;
};

/** Tasks of a position's unit that are over, a page at a time. */
export const ClosedPage = (props: ClosedProps) => {
  const { link, lang, names, tasks, page } = props;
  const say = sayIn(lang);
  return (
    <Frame title={say(['Nhiệm vụ đã kết thúc', 'Closed tasks'])} today={dateAt(link.at)} lang={lang}>
      <ForWhom link={link} names={names} />
      {tasks.length === 0
        ? <p>{say(['Không có nhiệm vụ nào.', 'There are none.'])}</p>
        : <TaskTable {...props} caption={[`${tasks.length} nhiệm vụ`, `${tasks.length} tasks`]} />}
      <nav aria-label={say(['Trang', 'Pages'])}>
        {page > 1 && <a rel="prev" href={closedPath(link, lang, page - 1)}>{say(['Trang trước', 'Previous page'])}</a>}
        {tasks.length === PAGE_SIZE && (
          <a rel="next" href={closedPath(link, lang, page + 1)}>{say(['Trang sau', 'Next page'])}</a>
        )}
        <a href={`${link.path}${lang === 'en' ? '?lang=en' : ''}`}>{say(['Việc của chức danh', 'What waits'])}</a>
      </nav>
    </Frame>
  );
};

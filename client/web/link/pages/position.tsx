import type { WorkingCalendar } from '../../../../domain/calendar';
import { dateAt, dmy } from '../../../../domain/time';
import { positionText } from '../../../history-text';
import { daysLeftText, dayText, type TaskLine } from '../../../task-line';
import type { Word } from '../../../words';
import { CONFIDENTIAL, Mark } from '../../pages/board';
import { CardTable } from '../../pages/layout';
import type { OpenLink } from '../open-link';
import { type Lang, sayIn } from '../words';
import { Frame } from './frame';

export type WaitingTask = { readonly line: TaskLine; readonly todo: readonly Word[] };
type PositionProps = { readonly link: OpenLink; readonly lang: Lang; readonly calendar: WorkingCalendar; readonly names: ReadonlyMap<string, string>; readonly tasks: readonly WaitingTask[] };

/** A position's own page: what waits for it, each with its way; then everything else of its unit. */
export const PositionPage = ({ link, lang, calendar, names, tasks }: PositionProps) => {
  const say = sayIn(lang);
  const waiting = tasks.filter((t) => t.todo.length > 0);
  const others = tasks.filter((t) => t.todo.length === 0);
  const heads = ([['Mã', 'Code'], ['Nội dung', 'Title'], ['Việc cần làm', 'What is asked'], ['Chủ trì', 'Lead'], ['Thời hạn', 'Due date'], ['Còn lại', 'Left'], ['Tình trạng', 'State']] as const).map(say);
  const row = ({ line, todo }: WaitingTask) => [
    <a href={`${link.path}/viec/${line.id}${lang === 'en' ? '?lang=en' : ''}`}>{line.id}</a>, line.title ?? CONFIDENTIAL, todo.map(say).join('; ') || '–', line.leadName ?? '–', dayText(calendar, line.dueOn),
    daysLeftText(line.daysLeft), <Mark line={line} />,
  ];
  return (
    <Frame title={say(['Việc của chức danh', 'What waits for this position'])} today={dateAt(link.at)} lang={lang}>
      <p>{`${say(['Trang dành cho', 'For'])}: ${positionText(link.position, names)}. ${say(['Đường dẫn có hiệu lực đến hết ngày', 'The link is valid until'])} ${dmy(link.row.expiresOn)}; ${say(['đề nghị không chuyển tiếp', 'please do not forward it'])}.`}</p>
      <h2>{say(['Việc cần làm', 'To do'])}</h2>
      {waiting.length === 0 ? <p>{say(['Không có việc chờ xử lý.', 'Nothing waits.'])}</p> : <CardTable caption={say([`${waiting.length} việc`, `${waiting.length} matters`])} heads={heads} rows={waiting.map(row)} />}
      {others.length > 0 && (
        <>
          <h2>{say(['Nhiệm vụ khác của đơn vị', 'Other tasks of the unit'])}</h2>
          <CardTable caption={say([`${others.length} nhiệm vụ`, `${others.length} tasks`])} heads={heads} rows={others.map(row)} />
        </>
      )}
    </Frame>
  );
};

import type { WorkingCalendar } from '../../../domain/calendar';
import { type CivilDate, dmy } from '../../../domain/time';
import type { LinkRow } from '../../../ledger/board';
import { positionText } from '../../history-text';
import { daysLeftText, dayText, type TaskLine } from '../../task-line';
import { CONFIDENTIAL, Mark } from './board';
import { CardTable, Layout } from './layout';
import { TaskFacts } from './task';

type LinkProps = { readonly today: CivilDate; readonly calendar: WorkingCalendar; readonly link: LinkRow; readonly lines: readonly TaskLine[]; readonly names: ReadonlyMap<string, string> };

/** What a link opens: its task, or the tasks of its position's unit. Opening it changes nothing. */
export const LinkPage = ({ today, calendar, link, lines, names }: LinkProps) => {
  const [only] = lines;
  return (
    <Layout title={link.task !== null ? `Nhiệm vụ ${link.task}` : 'Nhiệm vụ của đơn vị'} today={today} isBoard={false}>
      <p>{`Trang dành cho: ${positionText(link.position, names)}. Đường dẫn có hiệu lực đến hết ngày ${dmy(link.expiresOn)}; đề nghị không chuyển tiếp.`}</p>
      {link.task !== null && only !== undefined ? (
        <TaskFacts line={only} calendar={calendar} />
      ) : lines.length === 0 ? (
        <p>Không có nhiệm vụ nào.</p>
      ) : (
        <CardTable
          caption={`${lines.length} nhiệm vụ`}
          heads={['Mã', 'Nội dung', 'Chủ trì', 'Thời hạn', 'Còn lại', 'Tình trạng']}
          rows={lines.map((l) => [l.id, l.title ?? CONFIDENTIAL, l.leadName ?? '–', dayText(calendar, l.dueOn), daysLeftText(l.daysLeft), <Mark line={l} />])}
        />
      )}
    </Layout>
  );
};

import type { Child } from 'hono/jsx';
import type { WorkingCalendar } from '../../../domain/calendar';
import { type CivilDate, dmy } from '../../../domain/time';
import type { HistoryRow, taskNotices } from '../../../ledger/board';
import type { Reply } from '../../../ledger/replies';
import { details, instantText, positionText, REPLY_WORD, replyDetails, replyFrom, whatHappened, whoDid, withReplies } from '../../history-text';
import { daysLeftText, dayText, type TaskLine } from '../../task-line';
import { MESSAGE_STATE_WORDS, NOTICE_WORDS, wordOf } from '../../words';
import { CONFIDENTIAL, Mark, NextRung } from './board';
import { CardTable, Facts, Layout } from './layout';

type TaskProps = {
  readonly today: CivilDate;
  readonly calendar: WorkingCalendar;
  readonly line: TaskLine;
  readonly names: ReadonlyMap<string, string>;
};
type Notices = Awaited<ReturnType<typeof taskNotices>>;
type TaskPageProps = TaskProps & { readonly history: readonly HistoryRow[]; readonly replies: readonly Reply[]; readonly notices: Notices };

/** What may be said of a task to whoever holds a link to it; of a confidential one, its code and dates. */
export const TaskFacts = ({ line, calendar }: Pick<TaskProps, 'line' | 'calendar'>) => {
  const dates: (readonly [string, Child])[] = [
    ['Mã nhiệm vụ', line.id],
    ['Thời hạn', dayText(calendar, line.dueOn)],
    ...(line.dueOriginalOn !== line.dueOn ? [['Thời hạn theo Kế hoạch', dayText(calendar, line.dueOriginalOn)] as const] : []),
  ];
  if (line.isConfidential) return <Facts pairs={[...dates, ['Nội dung', CONFIDENTIAL]]} />;
  return (
    <Facts
      pairs={[
        ['Nội dung', line.title],
        ['Đơn vị chủ trì', line.leadName],
        ['Đơn vị phối hợp', line.coordinatingNames.length === 0 ? '–' : line.coordinatingNames.join('; ')],
        ['Đơn vị giám sát', line.supervisorName],
        ...dates,
        ['Còn lại', daysLeftText(line.daysLeft)],
        ['Tình trạng', <Mark line={line} />],
        ['Bước nhắc tiếp theo', <NextRung line={line} calendar={calendar} />],
        ...(line.submittedOn === null ? [] : [['Ngày trình', dayText(calendar, line.submittedOn)] as const]),
        ...(line.completedOn === null ? [] : [['Ngày hoàn thành', `${dmy(line.completedOn)}${line.workingDaysLate ? ` (quá hạn ${line.workingDaysLate} ngày làm việc)` : ''}`] as const]),
        ...(line.everOverdue ? [['Ghi chú', 'Đã từng quá hạn'] as const] : []),
      ]}
    />
  );
};

const Lines = ({ texts }: { readonly texts: readonly string[] }) => (
  <ul class="plain">
    {texts.map((text) => (
      <li>{text}</li>
    ))}
  </ul>
);
const historyRow = (row: HistoryRow, names: ReadonlyMap<string, string>) => [
  instantText(row.effectiveAt), whatHappened(row)[0], whoDid(row, names), <Lines texts={details(row)} />,
];
const replyRow = (reply: Reply, names: ReadonlyMap<string, string>) => [
  instantText(reply.at), REPLY_WORD, replyFrom(reply, names), <Lines texts={replyDetails(reply)} />,
];
/** What happened and what was written back, in the order in which it came. */
const History = ({ history, replies, names }: Pick<TaskPageProps, 'history' | 'replies' | 'names'>) => {
  const rows = withReplies(history.map((row) => [row.decidedAt, historyRow(row, names)]), replies.map((reply) => [reply.at, replyRow(reply, names)]));
  if (rows.length === 0) return <p>Chưa có sự kiện nào.</p>;
  const caption = `${history.length} sự kiện${replies.length === 0 ? '' : ` và ${replies.length} thư trả lời`}, cũ trước`;
  return <CardTable caption={caption} heads={['Thời điểm', 'Việc', 'Ai, bằng cách nào', 'Nội dung']} rows={rows} />;
};

const noticeRow = (n: Notices[number], names: ReadonlyMap<string, string>) => [
  instantText(n.send_at),
  `${NOTICE_WORDS[n.kind][0]}${n.rung === null ? '' : ` (${n.rung})`}${n.milestone === null ? '' : `, mốc ${n.milestone}`}`,
  positionText(n.to_position, names),
  n.channel === 'sms' ? 'Tin nhắn' : 'Thư điện tử',
  n.message === null ? DELIVERY_WORDS[n.state] : <a href={`/outbox/${encodeURIComponent(n.message)}`}>{DELIVERY_WORDS[n.state]}</a>,
];
const DELIVERY_WORDS = { planned: 'Chờ gửi', held: 'Đang giữ lại', claimed: wordOf(MESSAGE_STATE_WORDS, 'frozen')[0], sent: 'Đã gửi', dropped: 'Không gửi nữa', failed: 'Không gửi được' } as const;

export const TaskPage = ({ today, calendar, line, names, history, replies, notices }: TaskPageProps) => (
  <Layout title={`Nhiệm vụ ${line.id}`} today={today} isBoard>
    {line.needsRepair !== null && <p class="notice">{`Nhiệm vụ dừng lại vì sổ cái và tiến trình không khớp (${line.needsRepair}). Cách xử lý: chạy lệnh dondoc repair.`}</p>}
    <TaskFacts line={line} calendar={calendar} />
    {!line.isConfidential && (
      <>
        <h2>Nhật ký</h2>
        <History history={history} replies={replies} names={names} />
        <h2>Thông báo</h2>
        {notices.length === 0 ? (
          <p>Chưa có thông báo nào.</p>
        ) : (
          <CardTable caption={`${notices.length} thông báo, mới trước`} heads={['Thời điểm gửi', 'Loại', 'Gửi tới', 'Kênh', 'Kết quả']} rows={notices.map((n) => noticeRow(n, names))} />
        )}
      </>
    )}
  </Layout>
);

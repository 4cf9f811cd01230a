import type { Child } from 'hono/jsx';
import type { WorkingCalendar } from '../../../domain/calendar';
import { type CivilDate, dateAt, dmy } from '../../../domain/time';
import type { HistoryRow, taskNotices } from '../../../ledger/board';
import type { SentLetter } from '../../../ledger/letters';
import type { Reply } from '../../../ledger/replies';
import { details } from '../../history-details';
import { instantText, positionText, REPLY_WORD, replyDetails, replyFrom, whatHappened, whoDid, withReplies } from '../../history-text';
import { daysLeftWord, dayText, type TaskLine } from '../../task-line';
import { MESSAGE_STATE_WORDS, NOTICE_WORDS, PROVISIONAL, type Word, wordOf } from '../../words';
import { type Say, useSay } from '../link/words';
import { CONFIDENTIAL, Mark, NextRung } from './board';
import { CardTable, Facts, Layout } from './layout';

type TaskProps = {
  readonly today: CivilDate;
  readonly calendar: WorkingCalendar;
  readonly line: TaskLine;
  readonly names: ReadonlyMap<string, string>;
};
type Notices = Awaited<ReturnType<typeof taskNotices>>;
type TaskPageProps = TaskProps & { readonly history: readonly HistoryRow[]; readonly replies: readonly Reply[]; readonly notices: Notices; readonly letters: readonly SentLetter[] };

/** What may be said of a task to whoever holds a link to it; of a confidential one, its code and dates. */
export const TaskFacts = ({ line, calendar }: Pick<TaskProps, 'line' | 'calendar'>) => {
  const say = useSay();
  const day = (date: CivilDate | null): string => dayText(calendar, date, say(PROVISIONAL));
  const dates: (readonly [Word, Child])[] = [
    [['Mã nhiệm vụ', 'Task'], line.id],
    [['Thời hạn', 'Due date'], day(line.dueOn)],
    ...(line.dueOriginalOn !== line.dueOn ? [[['Thời hạn theo Kế hoạch', 'Due date of the plan'], day(line.dueOriginalOn)] as const] : []),
  ];
  const pairs = line.isConfidential ? [...dates, [['Nội dung', 'Title'], say(CONFIDENTIAL)] as const] : [
    ...partiesOf(line), ...dates, ...standingOf(line, day, say), [['Bước nhắc tiếp theo', 'Next reminder'], <NextRung line={line} calendar={calendar} />] as const,
  ];
  return <Facts pairs={pairs.map(([label, value]) => [say(label), value] as const)} />;
};
const partiesOf = (line: TaskLine): (readonly [Word, Child])[] => [
  [['Nội dung', 'Title'], line.title],
  [['Đơn vị chủ trì', 'Lead'], line.leadName],
  [['Đơn vị phối hợp', 'Coordinating units'], line.coordinatingNames.length === 0 ? '–' : line.coordinatingNames.join('; ')],
  [['Đơn vị giám sát', 'Supervisor'], line.supervisorName],
];
const standingOf = (line: TaskLine, day: (date: CivilDate | null) => string, say: Say): (readonly [Word, Child])[] => [
  [['Còn lại', 'Left'], say(daysLeftWord(line.daysLeft))],
  [['Tình trạng', 'State'], <Mark line={line} />],
  ...(line.submittedOn === null ? [] : [[['Ngày trình', 'Submitted on'], day(line.submittedOn)] as const]),
  ...(line.completedOn === null ? [] : [[['Ngày hoàn thành', 'Completed on'], `${dmy(line.completedOn)}${line.workingDaysLate ? ` (${say(lateWord(line.workingDaysLate))})` : ''}`] as const]),
  ...(line.everOverdue ? [[['Ghi chú', 'Note'], say(['Đã từng quá hạn', 'Was overdue'])] as const] : []),
];
const lateWord = (days: number): Word => [`quá hạn ${days} ngày làm việc`, `${days} working days late`];

const Lines = ({ texts }: { readonly texts: readonly string[] }) => (
  <ul class="plain">
    {texts.map((text) => (
      <li>{text}</li>
    ))}
  </ul>
);
const historyRow = (row: HistoryRow, names: ReadonlyMap<string, string>) => [
  instantText(row.effectiveAt), whatHappened(row)[0], whoDid(row, names)[0], <Lines texts={details(row, names).map(([vi]) => vi)} />,
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

const LETTERS = { L3: 'Công văn đôn đốc', L4: 'Báo cáo UBND tỉnh' } as const;
/** Letters that left, as they were sent. */
const Letters = ({ task, letters }: { readonly task: string; readonly letters: readonly SentLetter[] }) => (letters.length === 0 ? <></> : (
  <>
    <h2>Văn bản đôn đốc</h2>
    <ul>
      {letters.map((l) => (
        <li>
          <a href={`/tasks/${encodeURIComponent(task)}/van-ban/${l.id}`} download>{`${LETTERS[l.rung]}${l.number === null ? '' : ` số ${l.number}`}`}</a>
          {`, duyệt ngày ${dmy(dateAt(l.approvedAt))}`}
        </li>
      ))}
    </ul>
  </>
));

export const TaskPage = ({ today, calendar, line, names, history, replies, notices, letters }: TaskPageProps) => (
  <Layout title={`Nhiệm vụ ${line.id}`} today={today} isBoard>
    {line.needsRepair !== null && <p class="notice">{`Nhiệm vụ dừng lại vì sổ cái và tiến trình không khớp (${line.needsRepair}). Cách xử lý: chạy lệnh dondoc repair.`}</p>}
    <TaskFacts line={line} calendar={calendar} />
    {!line.isConfidential && (
      <>
        <Letters task={line.id} letters={letters} />
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

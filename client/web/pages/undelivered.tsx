import type { CivilDate } from '../../../domain/time';
import { dateAt, dmy } from '../../../domain/time';
import { positionText } from '../../history-text';
import {
  countForPerson, nextStepText, ODD_MAIL_STEP, ODD_MAIL_WORDS, oddMailText, type Undelivered, type UndeliveredMessage, UNPLACED_STEPS, UNPLACED_WORDS,
  UNSEALED_STEP, UNSEALED_WORDS, unsealedText,
} from '../../outbox-words';
import { UNSAID_STEP, UNSAID_WORDS } from '../../unsaid-words';
import { wordOf } from '../../words';
import { CardTable, Layout } from './layout';
import { channelText, MessageLink, positionsText, StateMark } from './outbox';

type Names = ReadonlyMap<string, string>;
type Props = { readonly today: CivilDate; readonly undelivered: Undelivered; readonly names: Names };

const MEND_DIRECTORY = 'Sửa tệp danh bạ, rồi chạy "dondoc directory import TỆP".';

const messageRow = (m: UndeliveredMessage, names: Names) => [
  <MessageLink message={m} />, dmy(dateAt(m.frozenAt)), positionsText(m.positions, names), `${channelText(m.channel)}: ${m.address}`, <StateMark message={m} />, m.reason ?? '–', nextStepText(m),
];

const Held = ({ held }: { readonly held: Undelivered['held'] }) => (
  <>
    {held.starts.map((s) => (
      <p class="notice">{`Kế hoạch ${s.plan}, lần khởi động ${s.id}: ${s.notices} thông báo của ${s.tasks} nhiệm vụ đang giữ${s.messages === null ? '' : ` (ngày đầu khoảng ${s.messages} tin)`}. Cho gửi: dondoc outbox release ${s.id}`}</p>
    ))}
    {held.restored > 0 && <p class="notice">{`${held.restored} thông báo có thể đã gửi trước khi khôi phục sổ cái. Cho gửi: dondoc outbox release --restored`}</p>}
  </>
);

const Unplaced = ({ undelivered: { unplaced }, names }: Pick<Props, 'undelivered' | 'names'>) => (
  <>
    <h2>Chưa có nơi nhận</h2>
    <CardTable
      caption={`${unplaced.length} chức danh`}
      heads={['Chức danh', 'Lý do', 'Thông báo', 'Nhiệm vụ', 'Việc cần làm']}
      rows={unplaced.map((u) => [positionText(u.position, names), wordOf(UNPLACED_WORDS, u.why)[0], String(u.notices), u.tasks.join(', ') || '–', UNPLACED_STEPS[u.why]?.[0] ?? MEND_DIRECTORY])}
    />
  </>
);

const Unsaid = ({ undelivered: { held: { unsaid } }, names }: Pick<Props, 'undelivered' | 'names'>) => (
  <>
    <h2>Chưa lập được nội dung</h2>
    <CardTable
      caption={`${unsaid.length} dòng; các thông báo khác vẫn gửi`}
      heads={['Chức danh', 'Lý do', 'Thông báo', 'Nhiệm vụ', 'Việc cần làm']}
      rows={unsaid.map((u) => [positionText(u.position, names), UNSAID_WORDS[u.why][0], String(u.notices), u.tasks.join(', ') || '–', UNSAID_STEP[0]])}
    />
  </>
);

const BadAddresses = ({ undelivered: { badAddresses }, names }: Pick<Props, 'undelivered' | 'names'>) => (
  <>
    <h2>Địa chỉ không dùng được</h2>
    <CardTable
      caption={`${badAddresses.length} địa chỉ`}
      heads={['Địa chỉ', 'Chức danh', 'Từ ngày', 'Nơi nhận trả lời', 'Việc cần làm']}
      rows={badAddresses.map((b) => [b.address, positionsText(b.positions, names), dmy(dateAt(b.markedAt)), b.reason, `${MEND_DIRECTORY} Dòng này tự hết khi danh bạ có địa chỉ khác hoặc địa chỉ này nhận được lại.`])}
    />
  </>
);

const OddMails = ({ oddMails }: Pick<Undelivered, 'oddMails'>) => (
  <>
    <h2>Thư đến chưa đọc được</h2>
    <CardTable
      caption={`${oddMails.length} thư, mới trước`}
      heads={['Thư', 'Ngày', 'Lý do', 'Việc cần làm']}
      rows={oddMails.map((m) => [oddMailText(m), dmy(dateAt(m.foundAt)), ODD_MAIL_WORDS[m.why][0], ODD_MAIL_STEP[0]])}
    />
  </>
);

const Unsealed = ({ undelivered: { unsealed }, names }: Pick<Props, 'undelivered' | 'names'>) => (
  <>
    <h2>Việc đã hủy vì không rõ người làm</h2>
    <CardTable
      caption={`${unsealed.length} việc, mới trước`}
      heads={['Việc', 'Tự nhận là', 'Phát hiện ngày', 'Lý do', 'Việc cần làm']}
      rows={unsealed.map((a) => [unsealedText(a), positionText(a.position, names), dmy(dateAt(a.seenAt)), UNSEALED_WORDS[a.why][0], UNSEALED_STEP[0]])}
    />
  </>
);

/** What did not reach its position, each with the next step; a line stays until it is mended. */
export const UndeliveredPage = ({ today, undelivered, names }: Props) => {
  const { messages, unplaced, badAddresses, held, oddMails, unsealed } = undelivered;
  const isEmpty = countForPerson(undelivered) + messages.length === 0;
  return (
    <Layout title="Không gửi được" today={today} isBoard>
      <p>Mỗi dòng còn ở đây cho đến khi thông báo đến được chức danh bằng một cách khác, có thông báo sau về cùng việc đã đến, hoặc nhiệm vụ kết thúc.</p>
      <Held held={undelivered.held} />
      {isEmpty && <p>Không có gì cần xử lý.</p>}
      {messages.length > 0 && (
        <CardTable
          caption={`${messages.length} thư và tin nhắn, mới trước`}
          heads={['Tiêu đề', 'Ngày', 'Dành cho', 'Nơi gửi', 'Tình trạng', 'Lý do', 'Việc cần làm']}
          rows={messages.map((m) => messageRow(m, names))}
        />
      )}
      {unplaced.length > 0 && <Unplaced undelivered={undelivered} names={names} />}
      {held.unsaid.length > 0 && <Unsaid undelivered={undelivered} names={names} />}
      {badAddresses.length > 0 && <BadAddresses undelivered={undelivered} names={names} />}
      {oddMails.length > 0 && <OddMails oddMails={oddMails} />}
      {unsealed.length > 0 && <Unsealed undelivered={undelivered} names={names} />}
    </Layout>
  );
};

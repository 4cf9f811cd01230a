import type { CivilDate } from '../../../domain/time';
import type { MessageDetail, MessageRow } from '../../../ledger/board';
import { instantText, positionText } from '../../history-text';
import { previewText } from '../../preview-text';
import { CLASS_WORDS, MESSAGE_STATE_WORDS, NOTICE_WORDS, wordOf } from '../../words';
import { CardTable, Facts, Layout } from './layout';

type Names = ReadonlyMap<string, string>;
export const PAGE_SIZE = 100;
type ListProps = { readonly today: CivilDate; readonly rows: readonly MessageRow[]; readonly counts: Readonly<Record<string, number>>; readonly state: string; readonly page: number; readonly names: Names };

const stateMark = (state: string) => {
  const tone = ['accepted', 'delivered'].includes(state) ? 'good' : ['rejected', 'bounced', 'failed', 'ambiguous'].includes(state) ? 'bad' : '';
  return <span class={`mark ${tone}`}>{wordOf(MESSAGE_STATE_WORDS, state)[0]}</span>;
};
const channelText = (channel: string): string => (channel === 'sms' ? 'Tin nhắn' : 'Thư điện tử');

const row = (m: MessageRow, names: Names) => [
  <a href={`/outbox/${encodeURIComponent(m.key)}`}>{instantText(m.frozenAt)}</a>,
  m.subject ?? wordOf(CLASS_WORDS, m.class)[0],
  m.address,
  m.positions.map((p) => positionText(p, names)).join('; '),
  channelText(m.channel),
  stateMark(m.state),
];

export const OutboxPage = ({ today, rows, counts, state, page, names }: ListProps) => (
  <Layout title="Thư và tin nhắn" today={today} isBoard>
    <form method="get" action="/outbox" aria-label="Lọc thư">
      <div>
        <label for="state">Tình trạng</label>
        <select id="state" name="state">
          <option value="">Tất cả</option>
          {Object.entries(MESSAGE_STATE_WORDS).map(([value, [word]]) => (
            <option value={value} selected={value === state}>{`${word} (${counts[value] ?? 0})`}</option>
          ))}
        </select>
      </div>
      <button type="submit">Lọc</button>
    </form>
    {rows.length === 0 ? <p>Không có thư nào phù hợp.</p> : <CardTable caption="Mới trước" heads={['Thời điểm', 'Tiêu đề', 'Địa chỉ', 'Dành cho', 'Kênh', 'Tình trạng']} rows={rows.map((m) => row(m, names))} />}
    <nav aria-label="Trang">
      {page > 1 && <a rel="prev" href={`/outbox?state=${state}&page=${page - 1}`}>Mới hơn</a>}
      {rows.length === PAGE_SIZE && <a rel="next" href={`/outbox?state=${state}&page=${page + 1}`}>Cũ hơn</a>}
    </nav>
  </Layout>
);

export const MessagePage = ({ today, message: m, names }: { readonly today: CivilDate; readonly message: MessageDetail; readonly names: Names }) => (
  <Layout title={m.subject ?? wordOf(CLASS_WORDS, m.class)[0]} today={today} isBoard>
    <Facts
      pairs={[
        ['Địa chỉ', m.address],
        ['Dành cho', m.positions.map((p) => positionText(p, names)).join('; ')],
        ['Kênh', channelText(m.channel)],
        ['Loại', wordOf(CLASS_WORDS, m.class)[0]],
        ['Tình trạng', stateMark(m.state)],
        ...(m.reason === null ? [] : [['Lý do', m.reason] as const]),
        ['Lập lúc', instantText(m.frozenAt)],
        ...(m.settledAt === null ? [] : [['Kết thúc lúc', instantText(m.settledAt)] as const]),
        ...(m.nextTryAt === null ? [] : [['Gửi lại lúc', instantText(m.nextTryAt)] as const]),
      ]}
    />
    <h2>Nội dung</h2>
    <p>Đường dẫn riêng của người nhận đã được che.</p>
    <pre>{previewText(m.preview) ?? 'Nội dung không còn được lưu.'}</pre>
    <h2>Thông báo trong thư</h2>
    <CardTable
      caption={`${m.notices.length} thông báo`}
      heads={['Nhiệm vụ', 'Loại', 'Lý do']}
      rows={m.notices.map((n) => [n.task === null ? '–' : <a href={`/tasks/${n.task}`}>{n.task}</a>, wordOf(NOTICE_WORDS, n.kind)[0], n.reason ?? '–'])}
    />
    <h2>Các lần gửi</h2>
    <CardTable
      caption={`${m.attempts.length} lần`}
      heads={['Lần', 'Bắt đầu', 'Kết quả', 'Chi tiết']}
      rows={m.attempts.map((a) => [String(a.number), instantText(a.startedAt), a.outcome === null ? 'Đang gửi' : wordOf(MESSAGE_STATE_WORDS, a.outcome)[0], a.detail ?? '–'])}
    />
  </Layout>
);

import type { CivilDate } from '../../../domain/time';
import type { MessageRow } from '../../../ledger/board';
import type { Reply } from '../../../ledger/replies';
import { instantText, positionText, replyDetails, replyFrom } from '../../history-text';
import { awaitsText, CHANNEL_WORDS, stateText } from '../../outbox-words';
import { CLASS_WORDS, MESSAGE_STATE_WORDS, wordOf } from '../../words';
import { CardTable, Layout } from './layout';

type Names = ReadonlyMap<string, string>;
export const PAGE_SIZE = 100;
/** Beyond this a page says that there are more, and does not count them. */
export const MOST_COUNTED = 1_000;
const countText = (count: number): string => (count < MOST_COUNTED ? String(count) : `từ ${MOST_COUNTED} trở lên`);
/** The filter for what a person must look at. */
export const FOR_PERSON = 'for-person';
type ListProps = {
  readonly today: CivilDate; readonly rows: readonly MessageRow[]; readonly counts: Readonly<Record<string, number>>; readonly state: string; readonly page: number; readonly names: Names;
  readonly replies: readonly Reply[];
};

const GOOD: readonly string[] = ['accepted', 'delivered'];
const BAD: readonly string[] = ['rejected', 'bounced', 'failed', 'ambiguous'];

/** The state in words, with what is awaited; the colour beside it is never the only sign. */
export const StateMark = ({ message }: { readonly message: MessageRow }) => {
  const tone = GOOD.includes(message.state) ? 'good' : BAD.includes(message.state) ? 'bad' : '';
  const awaited = awaitsText(message);
  return (
    <>
      <span class={`mark ${tone}`}>{stateText(message)}</span>
      {awaited !== undefined && <div>{awaited}</div>}
    </>
  );
};
export const channelText = (channel: string): string => wordOf(CHANNEL_WORDS, channel)[0];
export const positionsText = (positions: readonly string[], names: Names): string => positions.map((p) => positionText(p, names)).join('; ');
export const MessageLink = ({ message: m }: { readonly message: MessageRow }) => <a href={`/outbox/${encodeURIComponent(m.key)}`}>{m.subject ?? wordOf(CLASS_WORDS, m.class)[0]}</a>;

const row = (m: MessageRow, names: Names) => [
  <MessageLink message={m} />, instantText(m.frozenAt), m.address, positionsText(m.positions, names), channelText(m.channel), <StateMark message={m} />,
];

const Filter = ({ counts, state }: Pick<ListProps, 'counts' | 'state'>) => (
  <form method="get" action="/outbox" aria-label="Lọc thư">
    <div>
      <label for="state">Tình trạng</label>
      <select id="state" name="state">
        <option value="">Tất cả</option>
        <option value={FOR_PERSON} selected={state === FOR_PERSON}>{`Cần người xử lý (${counts[FOR_PERSON] ?? 0})`}</option>
        {Object.entries(MESSAGE_STATE_WORDS).map(([value, [word]]) => (
          <option value={value} selected={value === state}>{`${word} (${countText(counts[value] ?? 0)})`}</option>
        ))}
      </select>
    </div>
    <button type="submit">Lọc</button>
  </form>
);

/** Answers by mail that belong to no task; nobody has checked who wrote them. */
const LooseReplies = ({ replies, names }: Pick<ListProps, 'replies' | 'names'>) => (
  <>
    <h2>Thư trả lời không thuộc nhiệm vụ nào (chưa xác thực)</h2>
    <CardTable
      caption={`${replies.length} thư, mới trước`} heads={['Thời điểm', 'Từ', 'Trả lời thư', 'Nội dung']}
      rows={replies.map((r) => [instantText(r.at), replyFrom(r, names), <a href={`/outbox/${encodeURIComponent(r.message)}`}>Xem thư</a>, replyDetails(r).join(' / ')])}
    />
  </>
);

export const OutboxPage = ({ today, rows, counts, state, page, names, replies }: ListProps) => (
  <Layout title="Thư và tin nhắn" today={today} isBoard>
    <Filter counts={counts} state={state} />
    {rows.length === 0 ? <p>Không có thư nào phù hợp.</p> : <CardTable caption="Mới trước" heads={['Tiêu đề', 'Thời điểm', 'Địa chỉ', 'Dành cho', 'Kênh', 'Tình trạng']} rows={rows.map((m) => row(m, names))} />}
    <nav aria-label="Trang">
      {page > 1 && <a rel="prev" href={`/outbox?state=${state}&page=${page - 1}`}>Mới hơn</a>}
      {rows.length === PAGE_SIZE && <a rel="next" href={`/outbox?state=${state}&page=${page + 1}`}>Cũ hơn</a>}
    </nav>
    {replies.length > 0 && <LooseReplies replies={replies} names={names} />}
  </Layout>
);

import type { Child } from 'hono/jsx';
import type { CivilDate } from '../../../domain/time';
import type { MessageDetail, MessageNotice, WayRow } from '../../../ledger/board';
import { instantText, positionText } from '../../history-text';
import { deliveryText, OUTCOME_WORDS, plannedText, receiptText, wayText } from '../../outbox-words';
import { previewParts } from '../../preview-text';
import { CLASS_WORDS, NOTICE_WORDS, wordOf } from '../../words';
import { CardTable, Facts, Layout } from './layout';
import { channelText, positionsText, StateMark } from './outbox';

type Names = ReadonlyMap<string, string>;
type MessageProps = { readonly today: CivilDate; readonly message: MessageDetail; readonly names: Names };

const factsOf = (m: MessageDetail, names: Names): readonly (readonly [string, Child])[] => [
  ['Địa chỉ', m.address],
  ['Dành cho', positionsText(m.positions, names)],
  ['Kênh', channelText(m.channel)],
  ['Loại', wordOf(CLASS_WORDS, m.class)[0]],
  ['Gộp theo', m.group],
  ['Tình trạng', <StateMark message={m} />],
  ...(m.reason === null ? [] : [['Lý do', m.reason] as const]),
  ['Lập lúc', instantText(m.frozenAt)],
  ...(m.settledAt === null ? [] : [['Kết thúc lúc', instantText(m.settledAt)] as const]),
];

const Preview = ({ message: m }: { readonly message: MessageDetail }) => {
  const { text, html, sms } = previewParts(m.preview);
  if (text === undefined && sms === undefined) return <p>Nội dung không còn được lưu.</p>;
  return (
    <>
      <p>Đường dẫn riêng của người nhận đã được che.</p>
      {sms !== undefined && <p>{`${m.characters ?? 0}/160 ký tự`}</p>}
      {html !== undefined && <p><a href={`/outbox/${encodeURIComponent(m.key)}/html`}>Xem như người nhận thấy (HTML)</a></p>}
      <pre>{sms ?? text}</pre>
    </>
  );
};

const Way = ({ way }: { readonly way: WayRow }) => (way.message === null ? <div>{wayText(way)}</div> : <div><a href={`/outbox/${encodeURIComponent(way.message)}`}>{wayText(way)}</a></div>);
const receiver = ({ to, position }: MessageNotice, names: Names): string =>
  position === null || position === to ? positionText(to, names) : `${positionText(to, names)}; chuyển đến ${positionText(position, names)}`;
const noticeRow = (n: MessageNotice, names: Names) => [
  n.task === null ? wordOf(NOTICE_WORDS, n.kind)[0] : <><a href={`/tasks/${n.task}`}>{n.task}</a>{`: ${wordOf(NOTICE_WORDS, n.kind)[0]}`}</>,
  `${plannedText(n)}, ${instantText(n.plannedAt)}`,
  receiver(n, names),
  deliveryText(n),
  n.others.length === 0 ? '–' : <>{n.others.map((way) => <Way way={way} />)}</>,
];

/** One message with its whole way: what it says and why, each attempt with the receiver's answer, what was reported afterwards. */
export const MessagePage = ({ today, message: m, names }: MessageProps) => (
  <Layout title={m.subject ?? wordOf(CLASS_WORDS, m.class)[0]} today={today} isBoard>
    <Facts pairs={factsOf(m, names)} />
    <h2>Thông báo trong thư</h2>
    <CardTable caption={`${m.notices.length} thông báo`} heads={['Việc', 'Vì sao được lập', 'Dành cho', 'Trong thư này', 'Kênh khác']} rows={m.notices.map((n) => noticeRow(n, names))} />
    <h2>Các lần gửi</h2>
    <CardTable
      caption={`${m.attempts.length} lần`}
      heads={['Lần', 'Bắt đầu', 'Kết quả', 'Nơi nhận trả lời']}
      rows={m.attempts.map((a) => [String(a.number), instantText(a.startedAt), a.outcome === null ? 'Đang gửi' : wordOf(OUTCOME_WORDS, a.outcome)[0], a.detail ?? '–'])}
    />
    {m.receipts.length > 0 && (
      <>
        <h2>Nơi nhận báo lại</h2>
        <ul class="plain">{m.receipts.map((r) => <li>{receiptText(r)}</li>)}</ul>
      </>
    )}
    <h2>Nội dung</h2>
    <Preview message={m} />
  </Layout>
);

import { isoInstant } from '../../../domain/time';
import { type AttemptRow, findMessage, type MessageDetail, messageKeys, type MessageNotice } from '../../../ledger/board';
import type { Ledger } from '../../../ledger/connect';
import { instantText } from '../../history-text';
import { awaitsText, deliveryText, OUTCOME_WORDS, plannedText, receiptText, stateText, wayText } from '../../outbox-words';
import { previewParts } from '../../preview-text';
import { CLASS_WORDS, NOTICE_WORDS, wordOf } from '../../words';
import type { Register } from '../command';
import type { Context } from '../context';
import { usage } from '../errors';
import type { Output } from '../output';
import { facts, wrap } from '../table';
import { messageJson } from './outbox-list';

type Pair = readonly [string, string];

/** The message of a key, or of its unique beginning; bad usage where none or several fit. */
export const requireMessage = async (db: Ledger, key: string): Promise<MessageDetail> => {
  const [only, ...others] = await messageKeys(db, key);
  const message = only === undefined ? undefined : await findMessage(db, only);
  if (others.length > 0) throw usage('ambiguous-key', `Có nhiều thư có mã bắt đầu bằng ${key}. Đề nghị ghi mã dài hơn.`);
  if (!message) throw usage('unknown-message', `Không có thư ${key}. Xem "dondoc outbox list".`);
  return message;
};

const isoOrNull = (at: number | null): string | null => (at === null ? null : isoInstant(at));
const showJson = (m: MessageDetail) => ({
  ...messageJson(m),
  attempts: m.attempts.map((a) => ({ ...a, startedAt: isoInstant(a.startedAt), bodyStartedAt: isoOrNull(a.bodyStartedAt), endedAt: isoOrNull(a.endedAt) })),
  receipts: m.receipts.map((r) => ({ ...r, at: isoInstant(r.at) })),
  notices: m.notices.map((n) => ({ ...n, plannedAt: isoInstant(n.plannedAt) })),
  characters: m.characters, preview: m.preview ?? null,
});

const attemptPair = (a: AttemptRow, { say, lang }: Output): Pair =>
  [say(`Lần gửi ${a.number}`, `Attempt ${a.number}`), `${instantText(a.startedAt)}: ${a.outcome === null ? '…' : wordOf(OUTCOME_WORDS, a.outcome)[lang === 'en' ? 1 : 0]}${a.detail === null ? '' : ` (${a.detail})`}`];

/** Why a notice was planned, what became of it here, and its other ways. */
const noticePair = (n: MessageNotice, { lang }: Output): Pair => {
  const l = lang === 'en' ? 1 : 0;
  const moved = n.position === null || n.position === n.to ? n.to : `${n.to} → ${n.position}`;
  return [n.task ?? '–', [`${wordOf(NOTICE_WORDS, n.kind)[l]}: ${plannedText(n, l)}, ${instantText(n.plannedAt)}; ${moved}. ${deliveryText(n, l)}.`, ...n.others.map((o) => wayText(o, l))].join('\n')];
};

const factsOf = (m: MessageDetail, out: Output): readonly Pair[] => {
  const { say } = out;
  const lang = out.lang === 'en' ? 1 : 0;
  const awaited = awaitsText(m, lang);
  return [
    [say('Mã', 'Key'), m.key],
    [say('Tới', 'To'), `${m.address} (${m.positions.join(', ')})`],
    [say('Loại', 'Class'), `${wordOf(CLASS_WORDS, m.class)[lang]} (${m.group})`],
    [say('Tiêu đề', 'Subject'), m.subject ?? '–'],
    [say('Lập lúc', 'Frozen at'), instantText(m.frozenAt)],
    [say('Tình trạng', 'State'), `${stateText(m, lang)}${m.reason === null ? '' : ` (${m.reason})`}`],
    ...(awaited === undefined ? [] : [[say('Tiếp theo', 'Next'), awaited] as const]),
    ...m.attempts.map((a) => attemptPair(a, out)),
    ...m.receipts.map((r) => [say('Nơi nhận báo', 'Receipt'), receiptText(r, lang)] as const),
  ];
};

/** The parts of a mail one after the other, an SMS with its length; nothing longer than a terminal is wide. */
const previewLines = (m: MessageDetail, out: Output, isHtml: boolean): readonly string[] => {
  const { text, html, sms } = previewParts(m.preview);
  if (sms !== undefined) return [out.say(`Tin nhắn, ${m.characters ?? 0}/160 ký tự:`, `SMS, ${m.characters ?? 0}/160 characters:`), ...wrap(sms, 80)];
  if (text === undefined) return [out.say('Nội dung không còn được lưu.', 'The body is no longer kept.')];
  if (!isHtml) return [...wrap(text, 80), ...(html === undefined ? [] : ['', out.say('Bản HTML: thêm --html.', 'The HTML part: add --html.')])];
  return (html ?? '').split('\n');
};

const show = async ({ out, ledger }: Context, key: string, options: { readonly html?: boolean }): Promise<void> => {
  const m = await requireMessage(await ledger(), key);
  out.print(showJson(m), () => {
    if (options.html === true) return previewLines(m, out, true).join('\n');
    const notices = m.notices.length === 0 ? ['–'] : [facts(m.notices.map((n) => noticePair(n, out)))];
    return [facts(factsOf(m, out)), '', out.say(`Thông báo (${m.notices.length})`, `Notices (${m.notices.length})`), ...notices, '', ...previewLines(m, out, false)].join('\n');
  });
};

export const outboxShow: Register = (outbox, run, say) => {
  outbox.command('show').description(
    say('Một thư: vì sao được lập, các lần gửi, nội dung (đường dẫn riêng được che)', 'One message: why it was made, its attempts and text (secrets blanked)')
  ).argument('<KEY>').option('--html', say('chỉ in bản HTML', 'prints the HTML part alone')).action(run(show));
};
